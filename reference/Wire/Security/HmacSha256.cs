using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>HMAC-SHA-256-128 over an ESP packet, RFC 4868.</summary>
internal static class HmacSha256
{
    /// <summary>RFC 4868, Section 2.1.1: the output length of SHA-256 in octets.</summary>
    private const int KeyLength = 32;

    /// <summary>The first 128 bits of the message authentication code.</summary>
    /// <param name="authenticated">The packet from the Security Parameters Index to the Next Header field.</param>
    /// <param name="highSequenceNumber">
    /// RFC 4303, Section 2.2.1: the upper half of an extended sequence number, appended to the authenticated octets; null if none.
    /// </param>
    internal static ReadOnlySpan<byte> Compute(OctetString key, ReadOnlySpan<byte> authenticated, uint? highSequenceNumber)
    {
        using var code = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        code.AppendData(authenticated);
        if (highSequenceNumber is { } high)
        {
            Span<byte> octets = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(octets, high);
            code.AppendData(octets);
        }

        return code.GetHashAndReset().AsSpan(0, EspTransform.IntegrityCheckValueLength);
    }

    /// <exception cref="ArgumentException">The key has a different length.</exception>
    internal static OctetString RequireKey(OctetString key) =>
        key.Length == KeyLength
            ? key
            : throw new ArgumentException($"A key of HMAC-SHA-256-128 has {KeyLength} octets, not {key.Length}.", nameof(key));
}
