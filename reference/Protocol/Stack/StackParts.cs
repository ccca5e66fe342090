using System.Net;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>What the parts of a node share.</summary>
internal sealed class StackParts
{
    public StackParts(IpNodeSettings settings, Random random, Action<RoleInput, Now>? role, Action<string, string> log)
    {
        (Settings, Random, Role, Log) = (settings, random, role, log);
        Interfaces = settings.Interfaces.ToDictionary(i => i.Link, i => new NodeInterface(i));
        Fragmentation = new Fragmentation(random);
        Reassembly = new Reassembly(Timers);
        PathMtus = new PathMtus(Timers);
        Security = new SecurityAssociationDatabase(settings.Security, random.NextBytes, log);
    }

    public IpNodeSettings Settings { get; }

    public Random Random { get; }

    /// <summary>Takes what is reported to the role of the node; null if it has none.</summary>
    public Action<RoleInput, Now>? Role { get; }

    /// <summary>The UDP ports that the role has opened.</summary>
    public Dictionary<ushort, UdpContent> UdpPorts { get; } = [];

    /// <summary>Takes the rule and the reason of a packet that is dropped silently.</summary>
    public Action<string, string> Log { get; }

    /// <summary>Takes packets for the applications of this node; null if it has none.</summary>
    public Action<IpPacket>? Applications { get; set; }

    public IReadOnlyDictionary<LinkId, NodeInterface> Interfaces { get; }

    public DeadlineQueue<StackTimer> Timers { get; } = new();

    public RoutingTable Routes { get; } = new();

    public LinkOutput Output { get; } = new();

    public Fragmentation Fragmentation { get; }

    public Reassembly Reassembly { get; }

    public PathMtus PathMtus { get; }

    public SecurityAssociationDatabase Security { get; }

    public HomeAddresses HomeAddresses { get; } = new();

    /// <summary>The paths to mobile nodes.</summary>
    public FlowTable Flows { get; } = new();

    /// <summary>What makes this node a mobile node.</summary>
    public OwnHomeAddresses OwnHomes { get; } = new();

    /// <summary>The role has given a route with several paths.</summary>
    public bool HasSeveralPaths { get; set; }

    /// <summary>Reports an input to the role; null: nothing is reported.</summary>
    public void Tell(RoleInput? input, Now now)
    {
        if (input is not null)
        {
            Role?.Invoke(input, now);
        }
    }

    /// <summary>False if the node has no applications.</summary>
    public bool TryGiveToApplications(IpPacket packet)
    {
        Applications?.Invoke(packet);
        return Applications is not null;
    }

    /// <summary>
    /// True if this node answers on a link for the address of another node. It does not if the node is on the link itself, so that a
    /// mobile node that tests its own address hears nothing.
    /// </summary>
    public bool IsProxied(NodeInterface on, IPAddress address) =>
        on.Proxied.Any(prefix => prefix.Contains(address)) && LinkTowards(address) != on.Link;

    /// <summary>True if the neighbour for which this node answers is a router.</summary>
    public static bool IsProxiedRouter(NodeInterface on, IPAddress address) => on.ProxiedRouters.Any(prefix => prefix.Contains(address));

    /// <summary>True if an interface has the address, or if it is a home address.</summary>
    public bool HasAssigned(IPAddress address) => OwnHomes.Contains(address) || Interfaces.Values.Any(i => i.HasAssigned(address));

    /// <summary>True if an interface has the address and a carrier.</summary>
    public bool CanSendFrom(IPAddress address) => Interfaces.Values.Any(i => i.IsUp && i.HasAssigned(address));

    private LinkId? LinkTowards(IPAddress address) =>
        Routes.Find(address) switch
        {
            RouteTarget.OnLink onLink => onLink.Link,
            RouteTarget.Gateway gateway => gateway.Link,
            _ => null,
        };
}
