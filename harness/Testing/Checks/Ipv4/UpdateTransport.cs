using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of the headers before a Proxy Binding Update over IPv4: RFC 5844, Sections 4.2.2 and 4.2.2.1, and the drafts.
/// </summary>
internal static class UpdateTransport
{
    public static IReadOnlyList<EditionCheck<Update>> All { get; } =
    [
        UpdateSet.Row("UDP over IPv4", "4.2.2-k3", "", "4.1-k1 4.2.2-k9", update => IsDemanded(update) ? InUdp(update) : null),
        UpdateSet.Row("IPv6 packet in UDP over IPv4", "", "4.2.2-k3", "4-k1", update => IsDemanded(update) ? Ipv6InUdp(update) : null),
        UpdateSet.Row("transport by profile", "", "4.1.2-k1b", "", ByProfile),
        UpdateSet.Row("message right behind UDP", "4.2.2.1-d1", "", "", RightBehindUdp),
        UpdateSet.Row("inner source address", "", "4.2.2-k3", "4.2.2-k2 4.2.2-k3 4.2.2-k4", InnerSource),
        UpdateSet.Row("inner destination address", "", "4.2.2-k3", "4.2.2-k5", InnerDestination),
        UpdateSet.Row("IPv4 source address", "4.2.2.1-k3", "4.2.2.1-k1", "4.2.2-k1 4.2.2-k6", OuterSource),
        UpdateSet.Row("IPv4 destination address", "4.2.2.1-k4", "4.2.2.1-k2", "4.2.2-k7", OuterDestination),
        UpdateSet.Row(
            "IPv4 address of another LMA",
            "4.1.2-k1",
            "4.1.2-k1a",
            "",
            update => update.Node?.Kind == Ixit.OtherAnchorKind ? OuterDestination(update) : null
        ),
        UpdateSet.Row("destination port", "4.2.2.1-d2", "4.2.2.1-d1", "", DestinationPort),
        UpdateSet.Row("checksum of 0", "4.2.2.1-k1", "", "", MobilityChecksum),
        UpdateSet.Row("UDP checksum", "4.2.2.1-k2", "", "", UdpChecksum),
        UpdateSet.Row(CheckNames.OuterAssociation, "4.2.2.1-d3", "4.2.2.1-k6", "4.2.2-k12", OutsideUdp),
        UpdateSet.Row(CheckNames.InnerAssociation, "", "4.2.2.1-k7", "4.2.2-k12", InsideUdp),
    ];

    /// <summary>True if the MAG reaches the mobile node's LMA over IPv4 alone.</summary>
    private static bool IsDemanded(Update update) => IsSetUp(update) && update.Node?.Kind != Ixit.OverIpv6Kind;

    private static bool IsSetUp(Update update) => Carriage.IsSetUp(update.Session, Anchor(update));

    private static CheckResult InUdp(Update update) =>
        new(update.Carriage.IsUdp, "a Proxy Binding Update in UDP over IPv4", $"one over {update.Carriage.Words}");

    private static CheckResult Ipv6InUdp(Update update) =>
        new(
            update.Carriage is { IsUdp: true, Inner: not null },
            "a Proxy Binding Update in an IPv6 packet, in UDP over IPv4",
            $"one over {update.Carriage.Words}"
        );

    private static CheckResult? ByProfile(Update update)
    {
        if (update.Node is not { } node || !IsSetUp(update))
        {
            return null;
        }

        var isWanted = node.Kind != Ixit.OverIpv6Kind;
        return new(
            isWanted == update.Carriage.Outer is not null,
            $"a Proxy Binding Update over {(isWanted ? "IPv4" : "IPv6")}, as the profile says",
            $"one over {update.Carriage.Words}"
        );
    }

    private static CheckResult? RightBehindUdp(Update update) =>
        update.Carriage is { IsUdp: true } carriage
            ? new(carriage.Words == "IPv4-UDP", "the Mobility Header right behind the UDP header", $"it is behind {carriage.Words}")
            : null;

    private static CheckResult? InnerSource(Update update) =>
        update.Carriage.Inner is { } inner
            ? Address("inner source address", "the Proxy-CoA", inner.Source, update.Session.AddressOf(update.Session.Tested))
            : null;

    private static CheckResult? InnerDestination(Update update) =>
        update.Carriage.Inner is { } inner
            ? Address("inner destination address", "the LMAA", inner.Destination, update.Session.AddressOf(Anchor(update)))
            : null;

    private static CheckResult? OuterSource(Update update) =>
        update.Carriage.Outer is { } outer && Ipv4Of(update, update.Session.Tested) is { } mag
            ? Address("source address", "the IPv4-Proxy-CoA", outer.Source, mag)
            : null;

    private static CheckResult? OuterDestination(Update update) =>
        update.Carriage.Outer is { } outer && Ipv4Of(update, Anchor(update)) is { } lma
            ? Address("destination address", "the IPv4-LMAA", outer.Destination, lma)
            : null;

    private static CheckResult? DestinationPort(Update update)
    {
        var wanted = update.Session.Scenario.Edition.Name == "rfc5844" ? MobilityPort.Control : update.Session.Ixit.DualStackPort;
        return update.Carriage.Udp is { } udp
            ? new(udp.DestinationPort == wanted, $"UDP destination port {wanted}", $"{udp.DestinationPort}")
            : null;
    }

    private static CheckResult? MobilityChecksum(Update update) =>
        update.Carriage is { IsUdp: true, Inner: null }
            ? new(
                update.Message.Part.Word(MessageFields.ChecksumOffset) == 0,
                "the Checksum of the Mobility Header set to 0",
                $"it is 0x{update.Message.Part.Word(MessageFields.ChecksumOffset):x4}",
                MessageFields.ChecksumOffset
            )
            : null;

    private static CheckResult? UdpChecksum(Update update) =>
        update.Carriage.Udp is { } udp
            ? new(
                udp.Checksum != 0 && udp.HasRightChecksum != false,
                "a correct UDP checksum",
                udp.Checksum == 0 ? "none" : $"0x{udp.Checksum:x4}, which is wrong"
            )
            : null;

    /// <summary>The association of the IPv4 addresses: ESP is between the IPv4 header and UDP.</summary>
    private static CheckResult? OutsideUdp(Update update) =>
        update.Carriage is { IsUdp: true, Outer: { } outer } carriage ? Esp(update, outer, carriage.Inner, "around UDP") : null;

    /// <summary>The association of the IPv6 addresses: ESP is in the IPv6 packet behind UDP.</summary>
    private static CheckResult? InsideUdp(Update update) =>
        update.Carriage is { IsUdp: true, Outer: { } outer, Inner: { } inner } ? Esp(update, inner, outer, "in the IPv6 packet") : null;

    private static CheckResult? Esp(Update update, IpLayer wanted, IpLayer? other, string where) =>
        update.Session.Ixit.Domain.AssociationTo(wanted.Destination, update.Session.Tested) is { } agreed
            ? new(
                wanted.Esp?.Association == agreed && other?.Esp is null,
                $"ESP {where}, under {agreed.Words}",
                Words(wanted, where) ?? (other is null ? null : Words(other, "elsewhere")) ?? "a message in clear"
            )
            : null;

    private static string? Words(IpLayer ip, string where) =>
        ip.Esp is { Association: { } used } ? $"ESP {where}, under {used.Words}" : null;

    private static CheckResult Address(string what, string whose, IPAddress given, IPAddress wanted) =>
        new(given.Equals(wanted), $"{what} {wanted}, {whose}", $"{given}");

    private static string Anchor(Update update) => update.Session.AnchorOf(update.Node ?? update.OfInterface);

    private static IPAddress? Ipv4Of(Update update, string name) =>
        update.Session.Ixit.Domain.Find(name)?.AddressOn(Ports.Core, AddressFamily.InterNetwork);
}
