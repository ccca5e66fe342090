using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The routes of a mobile node while they are put together.</summary>
/// <param name="prefixes">The prefixes for which the MAG forwards.</param>
public sealed class RoutingDraft(GatewayState gateway, Attachment attachment, IReadOnlyList<Ipv6Prefix> prefixes)
{
    public GatewayState Gateway { get; } = gateway;

    public Attachment Attachment { get; } = attachment;

    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; } = prefixes;

    public List<Route> Routes { get; } = [];

    /// <summary>Sets the routes of a mobile node; its other routes are removed.</summary>
    public static void Apply(GatewayState gateway, Attachment attachment, IReadOnlyList<Ipv6Prefix> prefixes)
    {
        var draft = new RoutingDraft(gateway, attachment, prefixes);
        gateway.Rules.Routing.Apply(draft);
        gateway.Forwarding.RemoveRoutes(attachment.Link, keep: draft.Routes);
        gateway.Forwarding.AddRoutes(attachment.Link, draft.Routes);
    }

    /// <summary>Updates the routes between the nodes of this MAG, with local routing, and those of regular nodes.</summary>
    public static void UpdateLocalRoutes(GatewayState gateway)
    {
        if (gateway.HasLocalRouting)
        {
            UpdateRoutes(gateway);
        }
        else if (gateway.HasRegularAccess)
        {
            Apply(gateway, gateway.Attachments.Where(attachment => attachment is Attachment.Visiting));
        }
    }

    /// <summary>Updates the routes of all nodes of this MAG.</summary>
    public static void UpdateRoutes(GatewayState gateway) =>
        Apply(gateway, gateway.Attachments.Where(attachment => attachment is Attachment.Visiting || attachment.Binding is not null));

    private static void Apply(GatewayState gateway, IEnumerable<Attachment> attachments)
    {
        foreach (var attachment in attachments)
        {
            Apply(gateway, attachment, attachment.Prefixes);
        }
    }
}
