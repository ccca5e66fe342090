using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A node on an access link that gets no mobility service.</summary>
public sealed record RegularNode(GatewayState Gateway, LinkId Link, AttachedMobileNode Node);

/// <summary>
/// RFC 5213, Sections 6.14 and 6.9.2(2): the MAG is an ordinary access router for a node that is not entitled to the mobility service, or
/// whose registration has failed, if the link has a prefix for such nodes.
/// </summary>
internal static class RegularAccessRules
{
    public static RuleList<RegularNode> Default { get; } =
        new(
            new("6.14", "AccessOffered", AccessOffered),
            new("6.14", "EntryCreated", EntryCreated),
            new("6.14", "RoutesSetUp", RoutesSetUp),
            new("6.14", "RouterAddress", RouterAddress),
            new("6.14", "PrefixAdvertised", PrefixAdvertised)
        );

    private static RuleOutcome AccessOffered(RegularNode regular) => PrefixOf(regular) is null ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome EntryCreated(RegularNode regular)
    {
        if (PrefixOf(regular) is { } prefix)
        {
            regular.Gateway.Put(new Attachment.Visiting(regular.Link, regular.Node, prefix));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesSetUp(RegularNode regular)
    {
        if (regular.Gateway.TryFind(regular.Link, out var attachment))
        {
            RoutingDraft.Apply(regular.Gateway, attachment, attachment.Prefixes);
            RoutingDraft.UpdateLocalRoutes(regular.Gateway);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>No LMA names an address for the link.</summary>
    private static RuleOutcome RouterAddress(RegularNode regular)
    {
        var (gateway, link, _) = regular;
        gateway.Configure(link, gateway.LinkLocalAddressOn(link) ?? LinkLocalAddresses.Generate(gateway.Random), performDad: true);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixAdvertised(RegularNode regular)
    {
        if (regular.Gateway.TryFind(regular.Link, out var attachment))
        {
            RouterAdvertisementDraft.Send(regular.Gateway, attachment);
        }
        return RuleOutcome.Continue;
    }

    private static Ipv6Prefix? PrefixOf(RegularNode regular) => regular.Gateway.FindLink(regular.Link)?.VisitedPrefix;
}
