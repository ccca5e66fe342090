using System.Globalization;
using System.Net;
using Conformance.TestBeds;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Layers;
using Pmip.Linux;
using Pmip.Wire;

namespace Conformance.Lab;

/// <summary>The properties of a packet that stay the same at every hop.</summary>
/// <param name="Hash">The hash of the upper-layer data.</param>
internal readonly record struct PacketIdentity(IPAddress Source, IPAddress Destination, int Protocol, int Length, int Hash);

/// <summary>A frame with its sender, its receiver and a description.</summary>
/// <param name="Identity">The identity of a packet that is forwarded; null if the frame is not forwarded.</param>
/// <param name="Destination">The destination of the innermost packet; null if the frame contains no IPv6 packet.</param>
internal sealed record ReadFrame(KernelTime At, Hop Hop, LineKind Kind, string Text, PacketIdentity? Identity, IPAddress? Destination);

/// <summary>Reads the frames of a lab, and identifies the nodes by their link-layer addresses.</summary>
internal static class FrameReader
{
    private const int SecondsPerLifetimeUnit = 4;
    private const int FirstRejection = 128;

    private static readonly Dictionary<(string Link, MacAddress Address), string> _nodes = new()
    {
        [("core", ReferenceSetup.LmaOnCore)] = LabNodes.Lma,
        [("core", ReferenceSetup.MagOnCore(LabNodes.Mag1))] = LabNodes.Mag1,
        [("core", ReferenceSetup.MagOnCore(LabNodes.Mag2))] = LabNodes.Mag2,
        [("home", ReferenceSetup.LmaOnHome)] = LabNodes.Lma,
        [("home", ReferenceSetup.CorrespondentNode)] = LabNodes.Correspondent,
        [("link1", ReferenceSetup.MobileNode)] = LabNodes.Mobile,
        [("link2", ReferenceSetup.MobileNode)] = LabNodes.Mobile,
        [("link1", ReferenceSetup.MagOnAccessLinks)] = LabNodes.Mag1,
        [("link2", ReferenceSetup.MagOnAccessLinks)] = LabNodes.Mag2,
    };

    /// <returns>Null if no lab node sent the frame.</returns>
    public static ReadFrame? Read(TappedFrame frame)
    {
        var stack = PacketStack.Of(frame.Bytes);
        if (
            stack.Ethernet is not { Source: var source, Destination: var destination }
            || !_nodes.TryGetValue((frame.Link, source), out var from)
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
                stack.Innermost.Name,
                null,
                null
            );
        }

        var inner = packet.Innermost;
        var (kind, text) = inner.IsLaterFragment ? (LineKind.Data, $"fragment {Way(inner)}") : Describe(inner);
        if (kind == LineKind.Router && !LabNodes.AccessLinks.Contains(frame.Link))
        {
            // Kernels solicit routers on every link when they start.
            kind = LineKind.Quiet;
        }

        var identity = kind is LineKind.Data or LineKind.Error ? IdentityOf(inner) : (PacketIdentity?)null;
        return new ReadFrame(
            frame.At,
            new Hop(from, ToOf(frame.Link, destination, from), packet.Inner is not null),
            kind,
            text,
            identity,
            inner.Destination
        );
    }

    /// <summary>A multicast frame on a link with two nodes is for the other node.</summary>
    private static string? ToOf(string link, MacAddress destination, string from) =>
        _nodes.TryGetValue((link, destination), out var to) ? to
        : link != "core" ? _nodes.Where(node => node.Key.Link == link && node.Value != from).Select(node => node.Value).FirstOrDefault()
        : null;

    private static PacketIdentity IdentityOf(IpLayer packet)
    {
        var hash = default(HashCode);
        hash.AddBytes(packet.UpperPart.Span);
        return new PacketIdentity(packet.Source, packet.Destination, packet.Protocol, packet.UpperPart.Length, hash.ToHashCode());
    }

    private static (LineKind Kind, string Text) Describe(IpLayer packet) =>
        packet.Upper switch
        {
            MobilityOctets message => Mobility(message),
            Icmpv6Layer icmp => Icmp(icmp),
            TcpLayer tcp => (LineKind.Data, Invariant($"TCP {tcp.Flags} {tcp.SourcePort} → {tcp.DestinationPort}")),
            UdpLayer udp => (
                packet.Destination.IsIPv6Multicast ? LineKind.Quiet : LineKind.Data,
                Invariant($"UDP {udp.SourcePort} → {udp.DestinationPort}, {udp.Part.Length - UdpLayer.HeaderLength} octets")
            ),
            _ => (LineKind.Data, Invariant($"protocol {packet.Protocol} {Way(packet)}")),
        };

    private static (LineKind Kind, string Text) Mobility(MobilityOctets message)
    {
        var name = MessageNames.Short(message);
        return message.Type switch
        {
            MobilityOctets.BindingUpdateType => (
                LineKind.Signalling,
                Join(
                    Invariant($"{name} seq {message.SequenceNumber}"),
                    Lifetime(message),
                    Prefixes(message),
                    Handoff(message),
                    Identifier(message)
                )
            ),
            MobilityOctets.BindingAcknowledgementType when message.Status < FirstRejection => (
                LineKind.Signalling,
                Join(
                    Invariant($"{name} seq {message.SequenceNumber}"),
                    message.Status == 0 ? "accepted" : $"status {MessageNames.Status(message.Status)}",
                    Lifetime(message),
                    Prefixes(message)
                )
            ),
            MobilityOctets.BindingAcknowledgementType => (
                LineKind.Error,
                Join(
                    Invariant($"{name} seq {message.SequenceNumber}"),
                    $"rejected: {MessageNames.Status(message.Status)}",
                    Prefixes(message),
                    Identifier(message)
                )
            ),
            7 => (LineKind.Error, Invariant($"Binding Error status {message.Status}")),
            _ => (LineKind.Signalling, name),
        };
    }

    private static string Lifetime(MobilityOctets message) =>
        message.LifetimeUnits == 0
            ? "lifetime 0: de-registration"
            : Invariant($"lifetime {message.LifetimeUnits * SecondsPerLifetimeUnit} s");

    private static string Prefixes(MobilityOctets message) =>
        string.Join(
            ", ",
            message.All(OptionType.HomeNetworkPrefix).Select(option => option.IsAllZeroPrefix ? "any prefix" : option.PrefixText)
        );

    private static string Handoff(MobilityOctets message) =>
        message.First(OptionType.HandoffIndicator)?.Value switch
        {
            null => string.Empty,
            1 => "HI 1 new attachment",
            2 => "HI 2 handoff between interfaces",
            3 => "HI 3 handoff between MAGs",
            4 => "HI 4 handoff state unknown",
            5 => "HI 5 no handoff",
            { } other => Invariant($"HI {other}"),
        };

    private static string Identifier(MobilityOctets message) =>
        message.First(OptionType.MobileNodeIdentifier)?.Identifier is { } identifier
            ? new string([.. identifier.Select(character => char.IsControl(character) ? '?' : character)])
            : string.Empty;

    private static (LineKind Kind, string Text) Icmp(Icmpv6Layer icmp)
    {
        var name = icmp.Message;
        switch (icmp)
        {
            case { IsEcho: true }:
                return (LineKind.Data, Invariant($"{name} seq {icmp.Echo?.SequenceNumber}"));
            case { IsError: true }:
                var about = icmp.Quoted is { } quoted ? $", about {Describe(quoted.Innermost).Text}" : string.Empty;
                return (
                    LineKind.Error,
                    icmp.Mtu is { } mtu ? Invariant($"{name}, MTU {mtu}{about}") : Invariant($"{name}, code {icmp.Code}{about}")
                );
            case NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterSolicitation }:
                return (LineKind.Router, name);
            case NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterAdvertisement } advertisement:
                return (
                    LineKind.Router,
                    Join(name, string.Join(", ", advertisement.Prefixes), Invariant($"router lifetime {advertisement.RouterLifetime} s"))
                );
            case NeighborDiscoveryLayer { TestsForDuplicates: true } test:
                return (LineKind.Router, $"Duplicate address detection of {test.Target}");
            case NeighborDiscoveryLayer neighbor:
                return (LineKind.Quiet, $"{name} {neighbor.Target}");
            default:
                return (LineKind.Quiet, name);
        }
    }

    private static string Way(IpLayer packet) => $"{LabNodes.NameOf(packet.Source)} → {LabNodes.NameOf(packet.Destination)}";

    private static string Join(params IEnumerable<string> parts) => string.Join(", ", parts.Where(part => part.Length > 0));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
