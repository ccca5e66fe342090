using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Pmip.Linux;
using Pmip.Wire;

namespace Conformance.Lab;

/// <summary>The properties of a packet that stay the same at every hop.</summary>
/// <param name="Hash">The hash of the upper-layer data.</param>
internal readonly record struct PacketIdentity(IPAddress Source, IPAddress Destination, int Protocol, int Length, int Hash);

/// <summary>A frame with its sender, its receiver and a description.</summary>
/// <param name="Identity">The identity of a packet that is forwarded; null if the frame is not forwarded.</param>
/// <param name="Destination">The destination of the innermost packet; null if the frame contains no IP packet.</param>
internal sealed record ReadFrame(KernelTime At, Hop Hop, LineKind Kind, string Text, PacketIdentity? Identity, IPAddress? Destination)
{
    /// <summary>The packet in its flow, if it is one of the mobile node on one of its links; otherwise null.</summary>
    public FlowPacket? Flow { get; init; }
}

/// <summary>Reads the frames of a lab, and identifies the nodes by their link-layer addresses.</summary>
internal sealed class FrameReader(LabNodes nodes)
{
    private const int BindingErrorType = 7;

    private readonly LabNames _names = new(nodes);

    /// <returns>Null if no lab node sent the frame.</returns>
    public ReadFrame? Read(TappedFrame frame)
    {
        var stack = PacketStack.Of(frame.Bytes);
        if (
            stack.Ethernet is not { Source: var source, Destination: var destination }
            || !nodes.ByLinkLayer.TryGetValue((frame.Link, source), out var from)
        )
        {
            return null;
        }

        if (stack.Ip is not { } packet)
        {
            return new ReadFrame(
                frame.At,
                new Hop(from, ToOf(frame.Link, destination, from)),
                LineKind.Quiet,
                stack.Words(_names).ToString(),
                null,
                null
            );
        }

        var inner = packet.Message is null ? packet.Innermost : packet;
        var text = inner.Words(_names).ToString();
        var kind = KindOf(inner, frame.Link);
        var identity = kind is LineKind.Data or LineKind.Error or LineKind.Signalling ? IdentityOf(inner) : (PacketIdentity?)null;
        return new ReadFrame(
            frame.At,
            new Hop(from, ToOf(frame.Link, destination, from), packet.Inner is not null && packet.Message is null),
            kind,
            text,
            identity,
            inner.Destination
        )
        {
            Flow = kind == LineKind.Data && nodes.AccessLinks.Contains(frame.Link) ? FlowOf(frame.Link, from, packet, inner) : null,
        };
    }

    private FlowPacket? FlowOf(string link, string from, IpLayer outer, IpLayer packet)
    {
        var isFromMobile = from == nodes.Mobile;
        var peer = isFromMobile ? packet.UpperDestination : packet.UpperSource;
        var (own, other) = packet.Upper switch
        {
            UdpLayer udp => (udp.SourcePort, udp.DestinationPort),
            TcpLayer tcp => (tcp.SourcePort, tcp.DestinationPort),
            IcmpLayer { Echo: { } echo } => (echo.Identifier, (int?)null),
            _ => (default(int?), default(int?)),
        };
        if (!isFromMobile && other is not null)
        {
            (own, other) = (other, own);
        }

        return own is null
            ? null
            : new FlowPacket(
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(packet.Upper is IcmpLayer ? "echo" : packet.Upper!.Name)} {own} ↔ {nodes.NameOf(peer)} {other}"
                    )
                    .TrimEnd(),
                link,
                isFromMobile,
                !ReferenceEquals(outer, packet)
            );
    }

    /// <summary>A multicast frame on a link with two nodes is for the other node.</summary>
    private string? ToOf(string link, MacAddress destination, string from) =>
        nodes.ByLinkLayer.TryGetValue((link, destination), out var to) ? to
        : nodes.ByLinkLayer.Where(node => node.Key.Link == link && node.Value != from).Select(node => node.Value).ToList() is [var other]
            ? other
        : null;

    private static PacketIdentity IdentityOf(IpLayer packet)
    {
        var hash = default(HashCode);
        hash.AddBytes(packet.UpperPart.Span);
        return new PacketIdentity(packet.Source, packet.Destination, packet.Protocol, packet.UpperPart.Length, hash.ToHashCode());
    }

    private LineKind KindOf(IpLayer packet, string link) =>
        ((Layer?)packet.Message ?? packet.Upper) switch
        {
            MobilityOctets { Type: MobilityOctets.BindingAcknowledgementType, Status: >= MobilityOctets.FirstRejection } => LineKind.Error,
            MobilityOctets { Type: BindingErrorType } => LineKind.Error,
            MobilityOctets => LineKind.Signalling,
            IcmpLayer { IsError: true } => LineKind.Error,
            IcmpLayer { IsEcho: true } => LineKind.Data,
            // Kernels solicit routers on every link when they start.
            NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterSolicitation or NeighborDiscoveryLayer.RouterAdvertisement } =>
                nodes.AccessLinks.Contains(link) ? LineKind.Router : LineKind.Quiet,
            NeighborDiscoveryLayer { TestsForDuplicates: true } => nodes.AccessLinks.Contains(link) ? LineKind.Router : LineKind.Quiet,
            IcmpLayer => LineKind.Quiet,
            UdpLayer { Content: DhcpLayer } => LineKind.Router,
            UdpLayer when packet.Destination.IsIPv6Multicast => LineKind.Quiet,
            _ => LineKind.Data,
        };

    private sealed class LabNames(LabNodes nodes) : INodeNames
    {
        public string NameOf(IPAddress address) => nodes.NameOf(address);

        public string? NameOfIdentifier(string identifier) => null;
    }
}
