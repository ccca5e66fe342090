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

    /// <summary>EnableMAGLocalRouting: updates the routes between the mobile nodes of this MAG.</summary>
    public static void UpdateLocalRoutes(GatewayState gateway)
    {
        if (gateway.Settings.EnableMAGLocalRouting)
        {
            UpdateRoutes(gateway);
        }
    }

    /// <summary>Updates the routes of all mobile nodes of this MAG.</summary>
    public static void UpdateRoutes(GatewayState gateway)
    {
        foreach (var attachment in gateway.Attachments)
        {
            if (attachment.Binding is { } binding)
            {
                Apply(gateway, attachment, binding.HomeNetworkPrefixes);
            }
        }
    }
}
