using System.Net;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An IP header of either family.</summary>
/// <param name="name">The name of the packet by its place: outermost, tunnelled or quoted.</param>
public abstract class IpLayer(FramePart part, string name) : Layer(part)
{
    public override string Name { get; } = name;

    public abstract IPAddress Source { get; }

    public abstract IPAddress Destination { get; }

    /// <summary>Traffic Class, or Type of Service.</summary>
    public abstract int TrafficClass { get; }

    public Ecn Ecn => (Ecn)(TrafficClass & 3);

    /// <summary>Hop Limit, or Time to Live.</summary>
    public abstract int HopLimit { get; }

    /// <summary>The protocol after all extension headers.</summary>
    public abstract int Protocol { get; }

    /// <summary>The extension headers, in order, also those in ESP that could be opened; empty for IPv4.</summary>
    public virtual IReadOnlyList<ExtensionHeaderLayer> Headers => [];

    /// <summary>The octets after the header and all extension headers.</summary>
    public abstract FramePart UpperPart { get; }

    /// <summary>
    /// True for a fragment that is not the first: the part after its headers does not begin with an upper-layer header.
    /// </summary>
    public abstract bool IsLaterFragment { get; }

    public abstract bool IsFragment { get; }

    /// <summary>False if the header states more octets than are present.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>The layer after all extension headers, and in ESP if that could be opened; null if there is none.</summary>
    public virtual Layer? Upper => Content;

    /// <summary>The ESP header; null if there is none.</summary>
    public virtual EspLayer? Esp => Content as EspLayer;

    /// <summary>
    /// The packet inside, if this packet is a tunnel packet (RFC 2473, RFC 4213, RFC 2003; in UDP, RFC 5844, Section 4.1.4.1), or one of
    /// signalling in UDP.
    /// </summary>
    public IpLayer? Inner =>
        Upper switch
        {
            IpLayer inner => inner,
            UdpLayer datagram => datagram.Carried,
            _ => null,
        };

    /// <summary>The mobility message of this packet, directly or in UDP (RFC 5844, Section 4); null if there is none.</summary>
    public MobilityOctets? Message =>
        Upper switch
        {
            MobilityOctets message => message,
            UdpLayer datagram => datagram.Message,
            _ => null,
        };

    /// <summary>The packet in the innermost tunnel; this packet if there is no tunnel.</summary>
    public IpLayer Innermost => Inner?.Innermost ?? this;

    /// <summary>The home address in a Home Address option (RFC 6275, Section 6.3); null if there is none.</summary>
    public IPAddress? HomeAddress => Headers.Select(header => header.HomeAddressGiven).FirstOrDefault(address => address is not null);

    /// <summary>The home address in a type 2 routing header (RFC 6275, Section 6.4); null if there is none.</summary>
    public IPAddress? RoutedTo => Headers.Select(header => header.RoutedTo).FirstOrDefault(address => address is not null);

    /// <summary>The source for the upper layer: the home address, if the packet states it.</summary>
    public IPAddress UpperSource => HomeAddress ?? Source;

    /// <summary>The destination for the upper layer: the home address, if a type 2 routing header leads there.</summary>
    public IPAddress UpperDestination => RoutedTo ?? Destination;

    /// <summary>
    /// True if the checksum of the upper layer is correct with this header. Null if it cannot be verified: a routing header of another
    /// type than 2 hides the final destination, and a part of a packet does not have a separate checksum.
    /// </summary>
    public bool? HasRightChecksum =>
        !IsComplete || IsFragment || Headers.Any(header => header.Type == IpProtocols.Routing && header.RoutedTo is null)
            ? null
            : Checksums.IsRight(UpperSource, UpperDestination, Protocol, UpperPart.Span);

    /// <summary>True if the checksum of the upper layer is correct with the addresses of this header, whatever headers follow it.</summary>
    public bool FitsChecksum => Checksums.IsRight(Source, Destination, Protocol, UpperPart.Span);

    /// <summary><c>source → destination</c>.</summary>
    public string Way(INodeNames names) => $"{names.NameOf(Source)} → {names.NameOf(Destination)}";

    /// <summary>The words for what the packet carries; the ends of a tunnelled packet are details.</summary>
    private protected override LayerWords Describe(INodeNames names)
    {
        var words = Upper?.Words(names) ?? new LayerWords("Packet without payload");
        if (Inner is { } inner && Message is null)
        {
            words = new LayerWords($"[{words.Head} in tunnel]", [inner.Way(names), .. words.Details]);
        }

        words = words.And(Headers.Select(header => $"behind {header.Words(names)}"));
        return Esp is { Association: not null } esp ? words.And($"under {esp.Words()}") : words;
    }
}
