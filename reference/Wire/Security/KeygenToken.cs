using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>The keygen tokens that a correspondent node issues, RFC 6275, Section 5.2.5.</summary>
/// <remarks><code>
/// home keygen token    = First (64, HMAC-SHA1 (Kcn, home address    | nonce | 00))
/// care-of keygen token = First (64, HMAC-SHA1 (Kcn, care-of address | nonce | 01))
/// </code></remarks>
public static class KeygenToken
{
    private const byte HomeMark = 0;
    private const byte CareOfMark = 1;

    /// <summary>The token of a <see cref="HomeTest"/>: eight octets read in network order.</summary>
    /// <inheritdoc cref="Compute"/>
    public static ulong ForHomeAddress(ReadOnlySpan<byte> nodeKey, IPAddress homeAddress, ReadOnlySpan<byte> nonce) =>
        Compute(nodeKey, homeAddress, nonce, HomeMark);

    /// <summary>The token of a <see cref="CareOfTest"/>: eight octets read in network order.</summary>
    /// <inheritdoc cref="Compute"/>
    public static ulong ForCareOfAddress(ReadOnlySpan<byte> nodeKey, IPAddress careOfAddress, ReadOnlySpan<byte> nonce) =>
        Compute(nodeKey, careOfAddress, nonce, CareOfMark);

    /// <param name="nodeKey">Kcn, known only to the correspondent node; 20 octets in Section 5.2.1.</param>
    /// <param name="nonce">A nonce of any length; Section 5.2.2 recommends 8 octets.</param>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    private static ulong Compute(ReadOnlySpan<byte> nodeKey, IPAddress address, ReadOnlySpan<byte> nonce, byte mark)
    {
        var text = new byte[Ipv6Octets.Length + nonce.Length + 1];
        Ipv6Octets.Write(address, text);
        nonce.CopyTo(text.AsSpan(Ipv6Octets.Length));
        text[^1] = mark;

#pragma warning disable CA5350 // RFC 6275, Section 5.2.4: the function is HMAC-SHA1.
        var code = HMACSHA1.HashData(nodeKey, text);
#pragma warning restore CA5350
        return BinaryPrimitives.ReadUInt64BigEndian(code);
    }
}
