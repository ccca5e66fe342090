using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Protection;

/// <summary>
/// The binding management key of return routability, with the addresses that an authenticator covers (RFC 6275, Sections 5.2.5 and
/// 6.2.7), by code that is separate from the codec's.
/// </summary>
public sealed class MessageKey
{
    /// <summary>The octets of the authenticator: First (96, ...).</summary>
    public const int AuthenticatorLength = 12;

    private readonly byte[] _key;

    private MessageKey(IPAddress careOf, IPAddress correspondent, byte[] key) =>
        (CareOf, Correspondent, _key) = (careOf, correspondent, key);

    /// <summary>The care-of address that a Binding Update registers; the home address if it ends a binding.</summary>
    public IPAddress CareOf { get; }

    /// <summary>The address of the correspondent node.</summary>
    public IPAddress Correspondent { get; }

    /// <param name="homeToken">The home keygen token.</param>
    /// <param name="careOfToken">The care-of keygen token; null for the key of a Binding Update that ends a binding.</param>
    public static MessageKey Of(ulong homeToken, ulong? careOfToken, IPAddress careOf, IPAddress correspondent)
    {
        Span<byte> tokens = stackalloc byte[careOfToken is null ? sizeof(ulong) : 2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(tokens, homeToken);
        if (careOfToken is { } second)
        {
            BinaryPrimitives.WriteUInt64BigEndian(tokens[sizeof(ulong)..], second);
        }

#pragma warning disable CA5350 // RFC 6275, Section 5.2.5: the key is a SHA-1 hash.
        return new MessageKey(careOf, correspondent, SHA1.HashData(tokens));
#pragma warning restore CA5350
    }

    /// <summary>The authenticator of a message.</summary>
    /// <param name="message">The Mobility Header, whatever its checksum and its authenticator are.</param>
    /// <param name="at">The offset of the authenticator, which the code does not cover.</param>
    /// <param name="length">The octets of the authenticator that the message has.</param>
    public byte[] Authenticator(ReadOnlySpan<byte> message, int at, int length = AuthenticatorLength)
    {
        byte[] covered = [.. CareOf.GetAddressBytes(), .. Correspondent.GetAddressBytes(), .. message[..at], .. message[(at + length)..]];
        const int Addresses = 32;
        covered.AsSpan(Addresses + MessageFields.ChecksumOffset, sizeof(ushort)).Clear();
#pragma warning disable CA5350 // RFC 6275, Section 6.2.7: the function is HMAC-SHA1.
        return HMACSHA1.HashData(_key, covered)[..AuthenticatorLength];
#pragma warning restore CA5350
    }

    /// <summary>True if the first Binding Authorization Data option of a message holds the right authenticator.</summary>
    public bool Fits(MobilityOctets message) =>
        message.First(BindingAuthorizationDataKind.Type) is { Length: AuthenticatorLength } option
        && option.Data.Span.SequenceEqual(Authenticator(message.Span, option.Offset + MobilityOptionKind.HeaderLength));
}
