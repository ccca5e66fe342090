using System.Buffers.Binary;
using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>
/// A neighbour discovery message as the tester reads it, by separate code. Every readable part is used, even if the rest is
/// malformed: a message that the shared codec rejects must not be treated as if it had not arrived.
/// </summary>
/// <remarks>
/// RFC 4861, Sections 4.2-4.4 and 4.6: Type, Code, Checksum; then fields that depend on the type; options in units of 8 octets.
/// </remarks>
public sealed class NeighborDiscoveryOctets
{
    public const int RouterAdvertisementType = 134;
    public const int NeighborSolicitationType = 135;
    public const int NeighborAdvertisementType = 136;

    private const int SourceLinkLayerAddress = 1;
    private const int TargetLinkLayerAddress = 2;
    private const int PrefixInformation = 3;
    private const int MtuOption = 5;

    private readonly ReadOnlyMemory<byte> _octets;
    private readonly List<(int Type, ReadOnlyMemory<byte> Bytes)> _options = [];

    private NeighborDiscoveryOctets(ReadOnlyMemory<byte> octets)
    {
        _octets = octets;
        var at = Type == RouterAdvertisementType ? 16 : 24;
        while (at + 2 <= octets.Length && octets.Span[at + 1] > 0)
        {
            var length = Math.Min(octets.Span[at + 1] * 8, octets.Length - at);
            _options.Add((octets.Span[at], octets.Slice(at, length)));
            at += length;
        }
    }

    public int Type => _octets.Span[0];

    /// <summary>The target of a Neighbor Solicitation or Advertisement; <c>::</c> if the message is too short.</summary>
    public IPAddress Target => _octets.Length >= 24 ? new IPAddress(_octets.Span[8..24]) : IPAddress.IPv6None;

    /// <summary>The router lifetime of a Router Advertisement in seconds; 0 if the message is too short.</summary>
    public int RouterLifetime => _octets.Length >= 8 ? BinaryPrimitives.ReadUInt16BigEndian(_octets.Span[6..]) : 0;

    /// <summary>The prefixes of all Prefix Information options of sufficient length.</summary>
    public IReadOnlyList<AdvertisedPrefix> Prefixes =>
        [
            .. _options
                .Where(option => option.Type == PrefixInformation && option.Bytes.Length >= 32)
                .Select(option => new AdvertisedPrefix(
                    new IPAddress(option.Bytes.Span[16..32]),
                    option.Bytes.Span[2],
                    (option.Bytes.Span[3] & 0x80) != 0
                )),
        ];

    /// <summary>The value of the MTU option; null if there is no such option of sufficient length.</summary>
    public uint? Mtu =>
        _options
            .Where(option => option.Type == MtuOption && option.Bytes.Length >= 8)
            .Select(option => (uint?)BinaryPrimitives.ReadUInt32BigEndian(option.Bytes.Span[4..]))
            .FirstOrDefault();

    /// <summary>The link-layer address that a neighbour states for itself; null if the message does not contain it.</summary>
    public MacAddress? LinkLayerAddress =>
        _options
            .Where(option =>
                option.Type == (Type == NeighborAdvertisementType ? TargetLinkLayerAddress : SourceLinkLayerAddress)
                && option.Bytes.Length >= 8
            )
            .Select(option => (MacAddress?)new MacAddress(option.Bytes.Span[2..8]))
            .FirstOrDefault();

    /// <summary>Reads an ICMPv6 message; null if it is not a neighbour discovery message that the tester evaluates.</summary>
    public static NeighborDiscoveryOctets? Of(ReadOnlyMemory<byte> icmp) =>
        icmp.Length >= 8 && icmp.Span[0] is (RouterAdvertisementType or NeighborSolicitationType or NeighborAdvertisementType)
            ? new NeighborDiscoveryOctets(icmp)
            : null;
}

/// <summary>A prefix in a Router Advertisement, as encoded.</summary>
public sealed record AdvertisedPrefix(IPAddress Prefix, int Length, bool OnLink)
{
    public override string ToString() => $"{Prefix}/{Length}";
}
