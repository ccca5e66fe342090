using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>
/// A security association with manual keys, for ESP in one direction, RFC 4301, Section 4.1. It is inbound if the peer is not its
/// destination.
/// </summary>
public sealed record SecurityAssociation
{
    /// <summary>RFC 4303, Section 2.1: values up to this one are reserved.</summary>
    private const uint HighestReservedIndex = 255;

    /// <summary>RFC 4868, Section 2.1.1.</summary>
    private const int IntegrityKeyLength = 32;

    /// <param name="securityParametersIndex">The SPI in the packets; above 255.</param>
    /// <param name="peer">The node at the other end.</param>
    /// <param name="destination">The destination of the packets: the peer, or an address of this node.</param>
    /// <param name="key">As <paramref name="transform"/> requires.</param>
    /// <exception cref="ArgumentException">The index is reserved, or the key has another length.</exception>
    public SecurityAssociation(
        uint securityParametersIndex,
        IPAddress peer,
        IPAddress destination,
        SecurityTransform transform,
        SecretBytes key
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(securityParametersIndex, HighestReservedIndex);
        if (!IsLengthOf(key.Length, transform))
        {
            throw new ArgumentException($"{transform} has no key of {key.Length} octets.", nameof(key));
        }

        (SecurityParametersIndex, Peer, Destination, Transform, Key) = (securityParametersIndex, peer, destination, transform, key);
    }

    public uint SecurityParametersIndex { get; }

    public IPAddress Peer { get; }

    public IPAddress Destination { get; }

    public SecurityTransform Transform { get; }

    public SecretBytes Key { get; }

    public EspMode Mode { get; init; }

    /// <summary>The messages that the association protects, in transport mode; null for messages of every type.</summary>
    public MobilityHeaderType? MessageType { get; init; }

    public bool IsInbound => !Destination.Equals(Peer);

    /// <summary>Whether the association is one for a Mobility Header of a type.</summary>
    public bool Protects(byte messageType) => MessageType is null || (byte)MessageType == messageType;

    /// <summary>The transform with the keys of the association.</summary>
    public EspTransform ToEspTransform()
    {
        var octets = Key.Reveal().Span;
        var integrity = new OctetString(octets[^IntegrityKeyLength..]);
        return Transform == SecurityTransform.NullHmacSha256
            ? new NullHmacSha256EspTransform(integrity)
            : new AesCbcHmacSha256EspTransform(new OctetString(octets[..^IntegrityKeyLength]), integrity);
    }

    private static bool IsLengthOf(int length, SecurityTransform transform) =>
        transform switch
        {
            SecurityTransform.NullHmacSha256 => length == IntegrityKeyLength,
            SecurityTransform.AesCbcHmacSha256 => length is 16 + IntegrityKeyLength or 24 + IntegrityKeyLength or 32 + IntegrityKeyLength,
            _ => false,
        };
}
