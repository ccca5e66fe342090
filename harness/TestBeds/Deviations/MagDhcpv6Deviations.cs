using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways whose DHCPv6 relay agent is wrong: RFC 5213, Section 6.11.</summary>
internal static class MagDhcpv6Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Relays(
            "mag-no-relay",
            "relays no DHCPv6 messages",
            "rfc5213-6.11-k1",
            relay => relay.Replacing("Forwarded", _ => RuleOutcome.Stop)
        ),
        Relays(
            "mag-link-address-of-the-core",
            "fills in its own address on the core link as the link-address",
            "rfc5213-6.11-d1",
            relay => relay.Replacing("LinkAddress", CoreAddress)
        ),
        Relays(
            "mag-link-address-of-the-first-link",
            "fills in no link-address on any link but the first",
            "rfc5213-6.11-d2",
            relay => relay.InsertingBefore("Forwarded", new("6.11 b5", "FirstLinkAlone", FirstLinkAlone))
        ),
    ];

    private static Deviation Relays(
        string name,
        string description,
        string statement,
        Func<RuleList<RelayedDhcpv6>, RuleList<RelayedDhcpv6>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Dhcpv6Relay = change(rules.Dhcpv6Relay) });

    private static RuleOutcome CoreAddress(RelayedDhcpv6 relayed)
    {
        relayed.LinkAddress = relayed.Gateway.Settings.ProxyCareOfAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstLinkAlone(RelayedDhcpv6 relayed)
    {
        if (relayed.Port is { } port && port != relayed.Gateway.Settings.AccessLinks[0])
        {
            relayed.LinkAddress = IPAddress.IPv6Any;
        }
        return RuleOutcome.Continue;
    }
}
