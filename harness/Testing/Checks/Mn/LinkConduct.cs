using System.Net;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Mn;

/// <summary>A packet of a mobile node under test that is no mobility message.</summary>
internal sealed record NodePacket(TestSession Session, Packet Packet, NodeLedger Ledger)
{
    public IpLayer Ip => Packet.Ip!;

    public IPAddress HomeAddress => Ledger.Addresses.HomeAddress;

    public bool IsAtHome => Packet.Frame.Port == Ports.Home;

    /// <summary>True on a foreign link of an interface that has never come to the home link.</summary>
    public bool IsAway => !IsAtHome && Ledger.Traffic.PrefixesOf(Packet.Frame.Port)?.Contains(Ledger.Addresses.HomePrefix) != true;

    /// <summary>A Neighbor Solicitation or Advertisement about the home address, or from it.</summary>
    public bool IsDiscovery =>
        Packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation or NeighborDiscoveryLayer.NeighborAdvertisement } neighbor
        && (neighbor.Target.Equals(HomeAddress) || Ip.Source.Equals(HomeAddress));

    /// <summary>
    /// The last update to the home agent since the home link changed that is about the place of the node there: it comes over the home
    /// link, or says something of a home binding; null if there is none. The packet may be read after a later change.
    /// </summary>
    public SentUpdate? LastAboutHome =>
        Ledger
            .To(Ledger.Addresses.HomeAgent)
            .LastOrDefault(sent =>
                (sent.Packet.Frame.Port == Ports.Home || sent.Identities.Any(identity => identity.IsHome))
                && sent.At >= (Session.LinkChanges.LastOf(Ports.Home, Packet.Frame.At) ?? DateTimeOffset.MinValue)
            );
}

/// <summary>
/// The checks of what a mobile node does on its links besides its mobility messages: RFC 6275, Sections 11.3.1, 11.4.2 and 11.5.5; RFC
/// 5648, Sections 4.4 and 5.6. <see cref="MobileNodeObserver"/> makes them.
/// </summary>
internal static class LinkConduct
{
    private const int FlagsOffset = 4;
    private const int SolicitedFlag = 0x40;
    private const int OverrideFlag = 0x20;

    private static readonly (string Name, string? Rfc6275, string? Rfc5648, Func<NodePacket, CheckResult?> Judge)[] _rows =
    [
        ("no Home Address option in Neighbor Discovery", "11.3.1-k8", null, NoHomeAddress),
        ("Home Address option of a Mobile Prefix Solicitation", "11.4.2-k2", null, Solicitation),
        ("packets of the home address on a foreign link", "11.3.1-k5", null, NotFromHomeAddress),
        ("source of a packet with a Home Address option", "11.3.1-k11", null, CareOfAddress),
        ("no packet of the home address before the return", "11.5.5-k2", null, NotBeforeReturn),
        ("no duplicate address detection of the home address", "11.5.5-k9", null, Returns.NoAddressTest),
        ("answers before the acknowledgement", "11.5.5-k12", null, Unicast),
        ("Target Link-Layer Address of an announcement", "11.5.5-k15", null, packet => Announcement(packet, LinkLayerAddress)),
        ("S of an announcement", "11.5.5-k17", null, packet => Announcement(packet, Solicited)),
        ("O of an announcement", "11.5.5-k18", null, packet => Announcement(packet, Overrides)),
        ("no answer before the acknowledgement of a home binding", null, "5.6.3-k7", NotBeforeAnswer),
        ("no Neighbor Discovery after MCOA_RETURNHOME_WO_NDP", null, "4.4-k1 5.6.4-k1", NotWithoutDiscovery),
        (
            "no answer after MCOA_RETURNHOME_WO_NDP",
            null,
            "5.6.3-k8",
            packet => IsAdvertisement(packet) ? NotWithoutDiscovery(packet) : null
        ),
    ];

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [.. _rows.Select(row => new MobilityCheck<NodeMessage>(row.Name, row.Rfc6275, null, row.Rfc5648, _ => null))];

    /// <summary>What the checks say of a packet, by their names.</summary>
    public static IEnumerable<(string Name, CheckResult Result)> Judge(NodePacket packet) =>
        _rows.Select(row => (row.Name, row.Judge(packet))).Where(row => row.Item2 is not null).Select(row => (row.Name, row.Item2!));

    private static bool IsAdvertisement(NodePacket packet) =>
        packet.Packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement } neighbor
        && neighbor.Target.Equals(packet.HomeAddress);

    private static CheckResult? NoHomeAddress(NodePacket packet) =>
        packet.Packet.Neighbor is { } neighbor
            ? new(packet.Ip.HomeAddress is null, $"a {neighbor.Name} without Home Address option", "one is there")
            : null;

    private static CheckResult? Solicitation(NodePacket packet) =>
        !packet.IsAtHome && packet.Packet.Upper is MobilePrefixLayer { Type: MobilePrefixLayer.Solicitation }
            ? new(
                packet.HomeAddress.Equals(packet.Ip.HomeAddress),
                $"a Home Address option with {packet.HomeAddress} in a Mobile Prefix Solicitation",
                packet.Ip.HomeAddress is { } given ? $"one with {given}" : "none"
            )
            : null;

    private static CheckResult? NotFromHomeAddress(NodePacket packet) =>
        packet.IsAway && packet.Packet.Neighbor is null && packet.Ip.Source.Equals(packet.HomeAddress)
            ? new(false, "packets of the home address in a tunnel, or with a Home Address option", $"one from {packet.HomeAddress} itself")
            : null;

    /// <summary>A binding counts from its update on, as that need not ask for an answer.</summary>
    private static CheckResult? CareOfAddress(NodePacket packet)
    {
        if (
            packet.Packet.Neighbor is not null
            || packet.Ip.HomeAddress is null
            || packet.Ip.Destination.Equals(packet.Ledger.Addresses.HomeAgent)
        )
        {
            return null;
        }

        var asked = packet
            .Ledger.To(packet.Ip.Destination)
            .Where(sent => !sent.IsRemoval)
            .SelectMany(sent => sent.CareOfAddresses)
            .Concat(packet.Ledger.All(packet.Ip.Destination).Select(binding => binding.CareOf))
            .Distinct()
            .ToList();
        return new(
            asked.Contains(packet.Ip.Source),
            asked.Count == 0
                ? "no Home Address option to a node without a binding"
                : $"a packet with a Home Address option from {string.Join(" or ", asked)}",
            $"one from {packet.Ip.Source}"
        );
    }

    /// <summary>At home is a node that has told its home agent so since the link came up, or has no binding there.</summary>
    private static CheckResult? NotBeforeReturn(NodePacket packet)
    {
        var bindings = packet.Ledger.At(packet.Ledger.Addresses.HomeAgent);
        var isBound = bindings.Count > 0 && !bindings.Any(binding => binding.IsHome);
        return IsOfHomeAddress(packet) && (isBound || packet.LastAboutHome is not null)
            ? new(
                packet.LastAboutHome is not null,
                $"no packet from {packet.HomeAddress} on the home link before the Binding Update from there",
                "one was sent"
            )
            : null;
    }

    internal static bool IsOfHomeAddress(NodePacket packet) => packet.IsAtHome && packet.Ip.Source.Equals(packet.HomeAddress);

    /// <summary>An update from the home link that has not been answered yet; null if there is none.</summary>
    private static SentUpdate? Waiting(NodePacket packet) => packet.LastAboutHome is { IsAnswered: false } update ? update : null;

    /// <summary>An answer to duplicate address detection has no other destination than all nodes.</summary>
    private static CheckResult? Unicast(NodePacket packet) =>
        packet.IsAtHome
        && IsAdvertisement(packet)
        && Waiting(packet) is { IsRemoval: true }
        && packet.Ledger.Traffic.TestedAt + TimeSpan.FromSeconds(2) < packet.Packet.Frame.At
            ? new(
                !packet.Ip.Destination.IsIPv6Multicast && !packet.Packet.Ethernet!.Destination.IsMulticast,
                "a Neighbor Advertisement to the asking node alone, before the Binding Acknowledgement",
                $"one to {packet.Ip.Destination}"
            )
            : null;

    private static CheckResult? Announcement(NodePacket packet, Func<NeighborDiscoveryLayer, Packet, CheckResult> judge) =>
        packet.IsAtHome
        && IsAdvertisement(packet)
        && packet.Ip.Destination.IsIPv6Multicast
        && packet.LastAboutHome is { IsRemoval: true, Answer: not null }
        && packet.Ledger.Traffic.TestedAt + TimeSpan.FromSeconds(2) < packet.Packet.Frame.At
            ? judge(packet.Packet.Neighbor!, packet.Packet)
            : null;

    private static CheckResult LinkLayerAddress(NeighborDiscoveryLayer advertisement, Packet packet) =>
        new(
            advertisement.LinkLayerAddress == packet.Ethernet!.Source,
            $"a Target Link-Layer Address option with {packet.Ethernet.Source}",
            $"{advertisement.LinkLayerAddress?.ToString() ?? "none"}"
        );

    private static CheckResult Solicited(NeighborDiscoveryLayer advertisement, Packet packet) =>
        new((advertisement.Part.Octet(FlagsOffset) & SolicitedFlag) == 0, "the S flag set to 0", "the S flag is 1");

    private static CheckResult Overrides(NeighborDiscoveryLayer advertisement, Packet packet) =>
        new((advertisement.Part.Octet(FlagsOffset) & OverrideFlag) != 0, "the O flag set to 1", "the O flag is 0");

    private static CheckResult? NotBeforeAnswer(NodePacket packet) =>
        packet.IsAtHome
        && IsAdvertisement(packet)
        && Waiting(packet) is { IsRemoval: false } update
        && update.Identities.Any(one => one.IsHome)
            ? new(false, "no Neighbor Advertisement of the home address before the Binding Acknowledgement", "one was sent")
            : null;

    private static CheckResult? NotWithoutDiscovery(NodePacket packet)
    {
        if (
            !packet.IsAtHome
            || !packet.IsDiscovery
            || packet.LastAboutHome is not { Answer: { } answer, IsRemoval: false } update
            || !packet.Ledger.HasSeen(answer, packet.Packet)
        )
        {
            return null;
        }

        var answered = BindingIdentity.In(answer.Mobility!, packet.Session.Scenario.Edition.Wire);
        return update.Identities.Any(one => one.IsHome && update.StatusOf(one.Bid, answered) == (byte)BindingStatus.MCOA_RETURNHOME_WO_NDP)
            ? new(false, "no Neighbor Discovery for the home address after status 5", $"a {packet.Packet.Neighbor!.Name} was sent")
            : null;
    }
}
