using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>AES in Galois/Counter Mode with an ICV of 16 octets, RFC 4106.</summary>
/// <remarks><code>
/// nonce                    = salt (4) | initialization vector (8)
/// additional authenticated = SPI (4) | sequence number (4), or SPI (4) | extended sequence number (8)
/// </code></remarks>
/// <param name="Key">16, 24 or 32 octets.</param>
/// <param name="Salt">4 octets; a key exchange delivers the salt after the key.</param>
/// <exception cref="ArgumentException">The key or the salt has a different length.</exception>
public sealed record AesGcmEspTransform(OctetString Key, OctetString Salt) : EspTransform
{
    /// <summary>RFC 4106, Section 4.</summary>
    public const int SaltLength = 4;

    private const int VectorLength = 8;
    private const int NonceLength = SaltLength + VectorLength;

    public OctetString Key
    {
        get;
        init => field = RequireAesKey(value);
    } = RequireAesKey(Key);

    public OctetString Salt
    {
        get;
        init => field = RequireSalt(value);
    } = RequireSalt(Salt);

    public override int InitializationVectorLength => VectorLength;

    private protected override int BlockLength => 4;

    private protected override void Protect(ReadOnlySpan<byte> plain, Span<byte> packet, uint? highSequenceNumber)
    {
        using var cipher = new AesGcm(Key.Span, IntegrityCheckValueLength);
        cipher.Encrypt(Nonce(packet), plain, Encrypted(packet), IntegrityCheckValue(packet), AdditionalData(packet, highSequenceNumber));
    }

    private protected override bool TryUncover(ReadOnlySpan<byte> packet, Span<byte> plain, uint? highSequenceNumber)
    {
        using var cipher = new AesGcm(Key.Span, IntegrityCheckValueLength);
        try
        {
            cipher.Decrypt(
                Nonce(packet),
                Encrypted(packet),
                IntegrityCheckValue(packet),
                plain,
                AdditionalData(packet, highSequenceNumber)
            );
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private byte[] Nonce(ReadOnlySpan<byte> packet)
    {
        var nonce = new byte[NonceLength];
        Salt.Span.CopyTo(nonce);
        InitializationVector(packet).CopyTo(nonce.AsSpan(SaltLength));
        return nonce;
    }

    private static byte[] AdditionalData(ReadOnlySpan<byte> packet, uint? highSequenceNumber)
    {
        if (highSequenceNumber is not { } high)
        {
            return packet[..EspHeader.Length].ToArray();
        }

        // RFC 4106, Section 5: the upper half of the sequence number precedes the lower half.
        var data = new byte[EspHeader.Length + sizeof(uint)];
        packet[..EspHeader.SequenceNumberOffset].CopyTo(data);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(EspHeader.SequenceNumberOffset), high);
        packet[EspHeader.SequenceNumberOffset..EspHeader.Length].CopyTo(data.AsSpan(EspHeader.Length));
        return data;
    }

    private static OctetString RequireSalt(OctetString salt) =>
        salt.Length == SaltLength ? salt : throw new ArgumentException($"A salt has {SaltLength} octets, not {salt.Length}.", nameof(salt));
}
