using System.Net;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5844, Sections 3.2.3.2, 3.2.4 and 3.4: the MAG is the default router of a mobile node, answers for the hosts of its home network,
/// and has an address for DHCP. The link-layer address is the same for all of them.
/// </summary>
internal static class Ipv4LinkRules
{
    public static RuleList<Ipv4LinkDraft> Default { get; } =
        new(
            new("RFC 5844 3.2.3.2 b9", "DefaultRouter", DefaultRouter),
            new("RFC 5844 3.4", "DhcpAddress", DhcpAddress),
            new("RFC 5844 3.4", "DhcpAddressConfigured", DhcpAddressConfigured),
            new("RFC 5844 3.2.4", "ProxyArp", ProxyArp)
        );

    private static RuleOutcome DefaultRouter(Ipv4LinkDraft draft)
    {
        if (draft.Registration.DefaultRouter is { } router)
        {
            draft.Addresses.Add(router);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A fixed address is common to all MAGs, and the default router address follows the mobile node.</summary>
    private static RuleOutcome DhcpAddress(Ipv4LinkDraft draft)
    {
        var known = draft.Gateway.Settings.Ipv4?.FixedDHCPServerId;
        draft.DhcpAddress = known is null || known.Equals(IPAddress.Any) ? draft.Registration.DefaultRouter : known;
        return RuleOutcome.Continue;
    }

    /// <summary>An address of this MAG alone is there from the start.</summary>
    private static RuleOutcome DhcpAddressConfigured(Ipv4LinkDraft draft)
    {
        if (draft.DhcpAddress is { } address && !address.Equals(draft.Gateway.Settings.Ipv4?.DhcpAddress))
        {
            draft.Addresses.Add(address);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The host does not answer for the mobile node itself, whose route leads to the link.</summary>
    private static RuleOutcome ProxyArp(Ipv4LinkDraft draft)
    {
        draft.Proxied.AddRange(draft.Registration.HomeAddresses.Select(address => address.HomeNetwork).Distinct());
        return RuleOutcome.Continue;
    }
}
