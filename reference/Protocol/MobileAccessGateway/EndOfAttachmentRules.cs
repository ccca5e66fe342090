using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>An attachment that ends.</summary>
public sealed record EndingAttachment(GatewayState Gateway, Attachment Attachment)
{
    /// <summary>True if it is known that the mobile node is not on the link any more.</summary>
    public bool IsGone { get; init; }
}

/// <summary>RFC 5213, Section 6.9.1.4, second list: the steps after a de-registration was answered or its timeout has expired.</summary>
internal static class EndOfAttachmentRules
{
    public static RuleList<EndingAttachment> Default { get; } =
        new(
            new("6.9.1.4 end (1)", "EntryRemoved", EntryRemoved),
            new("6.9.1.4 end (2)", "RoutesRemoved", RoutesRemoved),
            new("6.9.1.4 end (3)", "TunnelReleased", TunnelReleased),
            new("RFC 5844 3.2.3.3", "Ipv4Ended", Ipv4Ended),
            new("6.9.1.4 end (4)", "LastAdvertisement", LastAdvertisement),
            new("6.9.1.4 end (4)", "LinkTornDown", LinkTornDown)
        );

    private static RuleOutcome EntryRemoved(EndingAttachment ending)
    {
        ending.Gateway.Remove(ending.Attachment.Link);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesRemoved(EndingAttachment ending)
    {
        ending.Gateway.Forwarding.RemoveRoutes(ending.Attachment.Link);
        RoutingDraft.UpdateLocalRoutes(ending.Gateway);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelReleased(EndingAttachment ending)
    {
        ending.Gateway.Forwarding.ReleaseTunnels(ending.Attachment.Link);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4Ended(EndingAttachment ending)
    {
        Ipv4LinkDraft.End(new EndedIpv4(ending.Gateway, ending.Attachment.Link));
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// A mobile node that may still be on the link is told to use neither the router nor the prefixes any more. This MAG does not switch
    /// off the carrier: a mobile node that comes back must be noticed.
    /// </summary>
    private static RuleOutcome LastAdvertisement(EndingAttachment ending)
    {
        var (gateway, attachment) = ending;
        if (
            ending.IsGone
            || gateway.DownLinks.Contains(attachment.Link)
            || attachment is not Attachment.DeRegistering { IsGone: false, Registration: { HomeNetworkPrefixes: var prefixes } ended }
            || ended.IpVersions == IpVersions.Ipv4
            || gateway.LinkLocalAddressOn(attachment.Link) is not { } source
        )
        {
            return RuleOutcome.Continue;
        }

        Withdraw(gateway, attachment, source, prefixes);
        return RuleOutcome.Continue;
    }

    /// <summary>Tells a mobile node to use neither the router nor these prefixes any more.</summary>
    internal static void Withdraw(GatewayState gateway, Attachment attachment, IPAddress source, IReadOnlyList<Ipv6Prefix> prefixes)
    {
        var flags = AddressConfigurationFlags.For(attachment.MobileNode, gateway.Settings);
        var message = new RouterAdvertisement(
            CurHopLimit: 0,
            flags.Managed,
            flags.OtherConfig,
            RouterLifetimeSeconds: 0,
            ReachableTimeMilliseconds: 0,
            RetransTimerMilliseconds: 0,
            new NdOptionList(prefixes.Select(prefix => flags.Information(prefix, valid: 0, preferred: 0)))
        );
        gateway.Actions.Send(source, Ipv6Multicast.AllNodes, attachment.Link, message);
    }

    /// <summary>
    /// Removes the MAG's link-local address for this mobile node; a fixed address stays. The host controls the link itself.
    /// </summary>
    private static RuleOutcome LinkTornDown(EndingAttachment ending)
    {
        var gateway = ending.Gateway;
        if (!gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks.Equals(gateway.LinkLocalAddressOn(ending.Attachment.Link)))
        {
            gateway.Deconfigure(ending.Attachment.Link);
        }
        return RuleOutcome.Continue;
    }
}
