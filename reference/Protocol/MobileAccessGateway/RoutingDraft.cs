using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The routes of a mobile node while they are put together.</summary>
/// <param name="prefixes">The prefixes for which the MAG forwards.</param>
/// <param name="ipv4">What is assigned of IPv4; null if nothing.</param>
public sealed class RoutingDraft(
    GatewayState gateway,
    Attachment attachment,
    IReadOnlyList<Ipv6Prefix> prefixes,
    Ipv4Registration? ipv4 = null
)
{
    public GatewayState Gateway { get; } = gateway;

    public Attachment Attachment { get; } = attachment;

    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; } = prefixes;

    public Ipv4Registration? Ipv4 { get; } = ipv4;

    /// <summary>The prefixes of the IPv4 home addresses, each of one address.</summary>
    public IReadOnlyList<IpPrefix> Ipv4HomeAddresses { get; } = HostsOf(ipv4);

    public List<Route> Routes { get; } = [];

    /// <summary>The prefixes of the IPv4 home addresses of a mobile node, each of one address.</summary>
    public static IReadOnlyList<IpPrefix> HostsOf(Ipv4Registration? ipv4) =>
        [.. (ipv4?.HomeAddresses ?? []).Select(address => IpPrefix.Of(address.Address))];

    /// <summary>Sets the routes of a mobile node; its other routes are removed.</summary>
    public static void Apply(GatewayState gateway, Attachment attachment, IReadOnlyList<Ipv6Prefix> prefixes, Ipv4Registration? ipv4 = null)
    {
        var draft = new RoutingDraft(gateway, attachment, prefixes, ipv4);
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
            Apply(gateway, attachment, attachment.Prefixes, attachment.Binding?.Ipv4);
        }
    }
}
