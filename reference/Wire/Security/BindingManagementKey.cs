using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>Kbm, with which a mobile node and a correspondent node authenticate binding messages, RFC 6275, Section 5.2.5.</summary>
/// <param name="Octets">20 octets.</param>
/// <exception cref="ArgumentException">The key has a different length.</exception>
public sealed record BindingManagementKey(OctetString Octets)
{
    /// <summary>RFC 6275, Section 5.2.5: the output length of SHA-1 in octets.</summary>
    public const int Length = 20;

    public OctetString Octets
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Octets);

    /// <summary>The key to register a binding: SHA-1 (home keygen token | care-of keygen token).</summary>
    public static BindingManagementKey ForRegistration(ulong homeKeygenToken, ulong careOfKeygenToken)
    {
        Span<byte> tokens = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(tokens, homeKeygenToken);
        BinaryPrimitives.WriteUInt64BigEndian(tokens[sizeof(ulong)..], careOfKeygenToken);
        return Hash(tokens);
    }

    /// <summary>The key to delete a binding, which does not depend on the care-of address: SHA-1 (home keygen token).</summary>
    public static BindingManagementKey ForDeletion(ulong homeKeygenToken)
    {
        Span<byte> token = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(token, homeKeygenToken);
        return Hash(token);
    }

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => nameof(BindingManagementKey);

    /// <summary>RFC 6275, Section 6.2.7: First (96, HMAC-SHA1 (Kbm, care-of address | correspondent | MH data)).</summary>
    /// <param name="mobilityHeaderData">The message from its start to the authenticator, with a checksum of zero.</param>
    internal byte[] Authenticator(IPAddress careOfAddress, IPAddress correspondent, ReadOnlySpan<byte> mobilityHeaderData)
    {
        var text = new byte[2 * Ipv6Octets.Length + mobilityHeaderData.Length];
        Ipv6Octets.Write(careOfAddress, text);
        Ipv6Octets.Write(correspondent, text.AsSpan(Ipv6Octets.Length));
        mobilityHeaderData.CopyTo(text.AsSpan(2 * Ipv6Octets.Length));

#pragma warning disable CA5350 // RFC 6275, Section 5.2.4: the function is HMAC-SHA1.
        return HMACSHA1.HashData(Octets.Span, text)[..BindingAuthorizationDataOption.ReturnRoutabilityLength];
#pragma warning restore CA5350
    }

    private static BindingManagementKey Hash(ReadOnlySpan<byte> tokens)
    {
#pragma warning disable CA5350 // RFC 6275, Section 5.2.5: the key is a SHA-1 hash.
        return new BindingManagementKey(new OctetString(SHA1.HashData(tokens)));
#pragma warning restore CA5350
    }

    private static OctetString RequireLength(OctetString octets) =>
        octets.Length == Length
            ? octets
            : throw new ArgumentException($"A binding management key has {Length} octets, not {octets.Length}.", nameof(octets));
}
