using System.Globalization;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of Home Test Inits and Care-of Test Inits of a mobile node, and of the headers of all its mobility messages: RFC 6275,
/// Sections 6.1, 6.1.3, 6.1.4 and 11.6.1; draft-ietf-monami6-multiplecoa-04, Sections 3 and 5.2.
/// </summary>
internal static class TestInits
{
    private const int ReservedOffset = 6;

    /// <summary>The ICS item of a mobile node that registers several care-of addresses with correspondent nodes.</summary>
    private const string RegistersSeveral = "mcoa-draft-04-route-optimization";

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Base("no type 2 routing header", "6.1-k1", NoRoutingHeader),
        Base("no Home Address option but in a Binding Update", "6.1-k2", NoHomeAddress),
        Base("reserved field of a Home Test Init", "6.1.3-k1", init => init.IsHomeTestInit ? Reserved(init) : null),
        Base("reserved field of a Care-of Test Init", "6.1.4-k1", init => init.IsCareOfTestInit ? Reserved(init) : null),
        Base("way of a Home Test Init", "11.6.1-k3", WayOfHome),
        Base("way of a Care-of Test Init", "11.6.1-k4", WayOfCareOf),
        OfDraft("BID option of a Care-of Test Init", "5.2-k2", HasIdentity),
        OfDraft("flags in a Care-of Test Init", "5.2-k3", NoFlags),
        OfDraft("the BID of the home agent", "3-d2", SameBid),
    ];

    private static MobilityCheck<NodeMessage> Base(string name, string rfc6275, Func<NodeMessage, CheckResult?> judge) =>
        new(name, rfc6275, null, null, judge);

    private static MobilityCheck<NodeMessage> OfDraft(string name, string draft04, Func<NodeMessage, CheckResult?> judge) =>
        new(name, null, draft04, null, judge);

    private static CheckResult NoRoutingHeader(NodeMessage message) =>
        new(
            message.Packet.Headers.All(header => header is not { Type: IpProtocols.Routing, RoutingType: ExtensionHeaderLayer.Type2 }),
            $"a {message.Message.Name} without type 2 routing header",
            "one is there"
        );

    private static CheckResult? NoHomeAddress(NodeMessage message) =>
        message.IsUpdate
            ? null
            : new(message.Packet.Ip!.HomeAddress is null, $"a {message.Message.Name} without Home Address option", "one is there");

    private static CheckResult Reserved(NodeMessage init)
    {
        var reserved = init.Message.Part.Word(ReservedOffset);
        return new(
            reserved == 0,
            "a reserved field of 0",
            string.Create(CultureInfo.InvariantCulture, $"it is 0x{reserved:x}"),
            ReservedOffset
        );
    }

    private static CheckResult? WayOfHome(NodeMessage init)
    {
        if (!init.IsHomeTestInit)
        {
            return null;
        }

        var (home, agent) = (init.Addresses.HomeAddress, init.Addresses.HomeAgent);
        var isCarried = init.Tunnel?.Destination.Equals(agent) ?? init.Packet.Frame.Port == Ports.Home;
        return new(
            init.IsFromHome && isCarried,
            $"a Home Test Init from {home}, away from home in a tunnel to {agent}",
            $"one from {init.Source}{(init.Tunnel is { } tunnel ? $" in a tunnel to {tunnel.Destination}" : " without a tunnel")}"
        );
    }

    private static CheckResult? WayOfCareOf(NodeMessage init) =>
        init.IsCareOfTestInit
            ? new(
                init.Tunnel is null && !init.IsFromHome,
                "a Care-of Test Init from the care-of address, in no tunnel",
                $"one from {init.Source}{(init.Tunnel is null ? "" : " in a tunnel")}"
            )
            : null;

    /// <summary>
    /// The BID that the home agent has for an address; null if it has none, or has two for it (the ruling one-address-two-bids).
    /// </summary>
    private static int? BidOf(NodeMessage message, System.Net.IPAddress careOf) =>
        message.Ledger.At(message.Addresses.HomeAgent).Where(binding => binding.CareOf.Equals(careOf)).ToList() is [{ Bid: { } bid }]
            ? bid
            : null;

    /// <summary>A correspondent node that does not know the option, or forbids its use, need not get it.</summary>
    private static CheckResult? HasIdentity(NodeMessage init) =>
        init.IsCareOfTestInit
        && init.Session.Claims(RegistersSeveral)
        && UsesIdentities(init)
        && BidOf(init, init.Source) is { } bid
        && !init
            .Ledger.Tokens.CareOfTests(init.Destination)
            .Any(test => BindingIdentity.In(test.Mobility!, init.Session.Scenario.Edition.Wire).Count == 0)
        && init.Ledger.To(init.Destination).All(sent => sent.Answer is null or { Mobility.Status: < MobilityOctets.FirstRejection })
            ? new(
                init.Identities.Count > 0,
                $"a BID option with BID {bid}, that of the care-of address",
                "none",
                init.FirstIdentity?.Option
            )
            : null;

    /// <summary>
    /// True if the mobile node has shown in the scenario that it uses BIDs with this peer: in an earlier one it may have learnt that the
    /// peer does not know them, unless it was started since.
    /// </summary>
    private static bool UsesIdentities(NodeMessage init) =>
        init.Session.Device.RestartedAt != DateTimeOffset.MinValue
        || init.Ledger.To(init.Destination).Any(sent => sent.Identities.Count > 0)
        || init.Ledger.Tokens.Requests.Any(sent =>
            sent.Ip!.Destination.Equals(init.Destination)
            && BindingIdentity.FirstIn(sent.Mobility!, init.Session.Scenario.Edition.Wire) is not null
        );

    private static CheckResult? NoFlags(NodeMessage init) =>
        init.IsCareOfTestInit && init.FirstIdentity is { } identity
            ? new(
                !identity.SaysCareOf && !identity.Overwrites && !identity.IsHome,
                "C, O and H clear in the BID option of a Care-of Test Init",
                "one of them is set",
                identity.Option
            )
            : null;

    private static CheckResult? SameBid(NodeMessage message) =>
        !message.IsToHomeAgent
        && (message.IsCareOfTestInit || message.IsRegistration)
        && message.Identities is [var identity]
        && BidOf(message, identity.CareOf ?? message.Source) is { } bid
            ? new(identity.Bid == bid, $"BID {bid}, which the care-of address has at the home agent", $"{identity}", identity.Option)
            : null;
}
