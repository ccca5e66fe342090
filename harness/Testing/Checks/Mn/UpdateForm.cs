using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of the headers and of the flags of a Binding Update that a mobile node sends: RFC 6275, Sections 6.1, 6.1.7, 11.5.5, 11.7.1
/// and 11.7.2.
/// </summary>
internal static class UpdateForm
{
    private const int FlagsOffset = 8;
    private const int LifetimeOffset = 10;

    /// <summary>The ICS items of a node whose security associations are dynamic.</summary>
    private static readonly string[] _dynamic = ["mcoa-ikev2", "mcoa-draft-04-ikev2"];

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("H of a home registration", "11.7.1-k2", update => ToHomeAgent(update, Flag(update, "H", true))),
        Row("A of a home registration", "11.7.1-k3", update => ToHomeAgent(update, Flag(update, "A", true))),
        Row(
            "K of a home registration",
            "6.1.7-k2 11.7.1-k10",
            update => Array.Exists(_dynamic, update.Session.Claims) ? null : ToHomeAgent(update, Flag(update, "K", false))
        ),
        Row("K towards a correspondent node", "6.1.7-k3", update => update.IsToHomeAgent ? null : Flag(update, "K", false)),
        Row("reserved flags", "6.1.7-k5", Reserved),
        Row("Home Address option of a home registration", "11.7.1-k4 11.7.1-k18", update => ToHomeAgent(update, HomeAddress(update))),
        Row("Home Address option towards a correspondent node", "11.7.2-k17", update => update.IsToHomeAgent ? null : HomeAddress(update)),
        Row("care-of addresses that can be routed", "6.1.7-k10", Routable),
        Row("source on its link", "6.1.7-k11", OnLink),
        Row("care-of address as source", "11.7.1-k5", update => update.Alternate is null ? ToHomeAgent(update, OnLink(update)) : null),
        Row("care-of addresses of the node", "11.7.2-k8", Owned),
        Row("Alternate Care-of Address option of a home registration", "11.7.1-k6", Alternate),
        Row("a return to the home link", "11.5.5-k3", Return),
        Row("source of a return to the home link", "11.5.5-k4", SourceOfReturn),
        Row("a return before other packets of the home address", "11.5.5-k2", ReturnFirst),
        Row("lifetime within that of the home registration", "11.7.2-k11", WithinHomeRegistration),
    ];

    private static MobilityCheck<NodeMessage> Row(string name, string rfc6275, Func<NodeMessage, CheckResult?> judge) =>
        new(name, rfc6275, null, null, update => update.IsUpdate ? judge(update) : null);

    private static CheckResult? ToHomeAgent(NodeMessage update, CheckResult? result) => update.IsToHomeAgent ? result : null;

    private static CheckResult Flag(NodeMessage update, string name, bool isSet)
    {
        var bit = MessageFields.Find(update.Message.Type, name)!.Bit;
        return new(
            update.Message.Part.Bits(bit, 1) == (isSet ? 1u : 0u),
            $"the {name} flag set to {(isSet ? 1 : 0)}",
            $"the {name} flag is {(isSet ? 0 : 1)}",
            bit / 8
        );
    }

    /// <summary>
    /// The bits that no document has assigned, and that of RFC 5648 in editions that are older. The others belong to extensions, which a
    /// mobile node may have.
    /// </summary>
    private static CheckResult Reserved(NodeMessage update)
    {
        var bits = update.Message.Part.Bits(MessageFields.Find(update.Message.Type, MessageFields.ReservedFlags)!.Bit, 6);
        var early =
            update.Message.OverwriteFlag && update.Session.Scenario.Edition.Wire.BindingIdentifier != BindingIdentifierLayout.Rfc5648;
        return new(
            bits == 0 && !early,
            "reserved flags of 0",
            string.Create(CultureInfo.InvariantCulture, $"the flags are 0x{update.Message.Part.Word(FlagsOffset):x4}"),
            FlagsOffset
        );
    }

    private static CheckResult HomeAddress(NodeMessage update)
    {
        var (home, given) = (update.Addresses.HomeAddress, update.Packet.Ip!.HomeAddress);
        return new(
            update.IsFromHome ? given is null || given.Equals(home) : home.Equals(given),
            update.IsFromHome ? $"the home address {home} as source" : $"a Home Address option with {home}",
            given is null ? $"none, and the source {update.Source}" : $"one with {given}"
        );
    }

    private static CheckResult Routable(NodeMessage update)
    {
        var wrong = update.CareOfAddresses.FirstOrDefault(address => !IsRoutable(address));
        return new(wrong is null, "care-of addresses that are routable unicast addresses", $"{wrong}");
    }

    private static bool IsRoutable(IPAddress address) =>
        !address.IsIPv6LinkLocal
        && !address.IsIPv6Multicast
        && !address.Equals(IPAddress.IPv6None)
        && !address.Equals(IPAddress.IPv6Loopback);

    /// <summary>Where no router has told a prefix, the tester knows no address of the link.</summary>
    private static CheckResult? OnLink(NodeMessage update) =>
        update.Tunnel is null && update.Ledger.Traffic.PrefixesOf(update.Packet.Frame.Port) is { Count: > 0 } prefixes
            ? new(
                NodeTraffic.IsIn(update.Source, prefixes),
                $"a source in {string.Join(" or ", prefixes)}, as the router of the link says",
                $"the source {update.Source}"
            )
            : null;

    /// <summary>
    /// True once a router of the scenario has told the source of an update: before that, the addresses may be those of an earlier scenario.
    /// </summary>
    private static bool IsFollowed(NodeMessage update) => NodeTraffic.IsIn(update.Source, update.Ledger.Traffic.Prefixes);

    private static CheckResult? Owned(NodeMessage update)
    {
        if (!update.IsRegistration || !IsFollowed(update))
        {
            return null;
        }

        var wrong = update.CareOfAddresses.FirstOrDefault(address =>
            address.AddressFamily == AddressFamily.InterNetworkV6
            && !address.Equals(update.Addresses.HomeAddress)
            && !NodeTraffic.IsIn(address, update.Ledger.Traffic.Prefixes)
        );
        return new(wrong is null, "care-of addresses of the links of the mobile node", $"{wrong}, in no prefix of its links");
    }

    /// <summary>A BID option takes the place of the option, and AH makes it superfluous.</summary>
    private static CheckResult? Alternate(NodeMessage update) =>
        update is { IsToHomeAgent: true, IsRegistration: true, IsFromHome: false, Identities.Count: 0 }
        && update.Packet.Headers.All(header => header.Type != IpProtocols.Authentication)
            ? new(update.Alternate is not null, "an Alternate Care-of Address option", "none", update.Alternate)
            : null;

    /// <summary>A home binding of RFC 5648 and its draft, which an update from the home link may ask for, is another thing.</summary>
    private static CheckResult? Return(NodeMessage update)
    {
        if (update is not { IsToHomeAgent: true, IsFromHome: true, Tunnel: null } || update.Identities.Any(identity => identity.IsHome))
        {
            return null;
        }

        var careOf = update.Alternate?.Address ?? update.Source;
        return new(
            update.IsRemoval
                && update.Message.AcknowledgeFlag
                && Flag(update, "H", true).Ok
                && (update.Identities.Count > 0 || careOf.Equals(update.Addresses.HomeAddress)),
            "A and H set, Lifetime 0 and the home address as care-of address",
            string.Create(
                CultureInfo.InvariantCulture,
                $"flags 0x{update.Message.Part.Word(FlagsOffset):x4}, "
                    + $"Lifetime {update.Message.LifetimeUnits * 4} s, care-of address {careOf}"
            ),
            LifetimeOffset
        );
    }

    private static CheckResult? SourceOfReturn(NodeMessage update) =>
        update is { IsToHomeAgent: true, IsRemoval: true, Tunnel: null, Identities.Count: 0 }
        && update.Packet.Frame.Port == Ports.Home
        && NodeTraffic.IsIn(update.Source, [update.Addresses.HomePrefix])
            ? new(update.IsFromHome, $"the home address {update.Addresses.HomeAddress} as source", $"the source {update.Source}")
            : null;

    private static bool IsReturn(NodeMessage update) =>
        update is { IsToHomeAgent: true, IsRemoval: true, IsFromHome: true, Tunnel: null }
        && update.Ledger.At(update.Destination).Count > 0
        && !update.Ledger.At(update.Destination).Any(binding => binding.IsHome);

    /// <summary>Packets that came earlier are judged when they come.</summary>
    private static CheckResult? ReturnFirst(NodeMessage update) =>
        IsReturn(update) && update.Ledger.Traffic.FromHomeAt < SinceHome(update)
            ? new(true, "the Binding Update as the first packet from the home address on the home link", "another one")
            : null;

    private static DateTimeOffset SinceHome(NodeMessage update) => update.Session.LinkChanges.LastOf(Ports.Home) ?? update.Session.Started;

    /// <summary>The home agent counts from its acknowledgement, and the field is in units of 4 s.</summary>
    private static CheckResult? WithinHomeRegistration(NodeMessage update)
    {
        var homes = update.Ledger.At(update.Addresses.HomeAgent);
        if (update.IsToHomeAgent || !update.IsRegistration || homes.Count == 0)
        {
            return null;
        }

        var left =
            homes.Max(binding => binding.Until) == DateTimeOffset.MaxValue
                ? TimeSpan.MaxValue
                : homes.Max(binding => binding.Until) - update.At;
        var asked = SentUpdate.LifetimeOf(update.Message);
        return new(
            asked <= left || asked - left < TimeSpan.FromSeconds(4) + update.Session.Bed.Facts.Tolerance,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a Lifetime of at most {left.TotalSeconds:0} s, what is left of the home registration"
            ),
            string.Create(CultureInfo.InvariantCulture, $"{asked.TotalSeconds:0} s"),
            LifetimeOffset
        );
    }
}
