using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The runtime state of an interface: carrier, addresses, neighbours.</summary>
internal sealed class NodeInterface(InterfaceSettings settings)
{
    /// <summary>RFC 3021: a subnet of two addresses has none for all nodes.</summary>
    private const byte LongestBroadcastSubnet = 31;

    private readonly List<InterfaceAddress> _addresses = [];

    public InterfaceSettings Settings => settings;

    public LinkId Link => settings.Link;

    /// <summary>A role may change it.</summary>
    public MacAddress MacAddress { get; set; } = settings.MacAddress;

    public bool HasCarrier { get; set; } = settings.InitiallyUp;

    /// <summary>RFC 4862, Section 5.4.5: the link-local address derived from the interface's MAC address belongs to another node.</summary>
    public bool IsDisabled { get; set; }

    public bool IsUp => HasCarrier && !IsDisabled;

    /// <summary>In octets; a router may advertise a smaller MTU than configured.</summary>
    public uint Mtu { get; set; } = settings.Mtu;

    /// <summary>The prefixes for whose addresses this node answers on the link, on behalf of nodes elsewhere.</summary>
    public HashSet<IpPrefix> Proxied { get; } = [];

    /// <summary>Those of <see cref="Proxied"/> that are routers.</summary>
    public HashSet<IpPrefix> ProxiedRouters { get; } = [];

    /// <summary>Those of <see cref="Proxied"/> that are announced to the nodes on the link.</summary>
    public HashSet<IPAddress> AnnouncedNeighbors { get; } = [];

    /// <summary>The link-layer addresses of neighbours that the role has given: nothing that arrives changes them.</summary>
    public Dictionary<IPAddress, MacAddress> GivenNeighbors { get; } = [];

    /// <summary>The IPv4 datagrams to these UDP ports are the role's, whatever their destination.</summary>
    public HashSet<ushort> InterceptedPorts { get; } = [];

    /// <summary>The neighbours of both families.</summary>
    public NeighborTable Neighbors { get; } = new();

    /// <summary>Counts what changes in <see cref="Addresses"/>.</summary>
    public int AddressChanges { get; private set; }

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses => _addresses;

    public IEnumerable<InterfaceAddress> Ipv6Addresses => _addresses.Where(a => !AddressScope.IsIpv4(a.Address));

    public InterfaceAddress? Find(IPAddress address) => _addresses.Find(a => a.Address.Equals(address));

    public bool HasAssigned(IPAddress address) => Find(address) is { State: AddressState.Assigned };

    /// <summary>
    /// The link-local source address for messages to neighbours. The latest of several: a mobile access gateway gets the address of
    /// a binding after it was started with another.
    /// </summary>
    public IPAddress? LinkLocalAddress => _addresses.FindLast(a => a.State == AddressState.Assigned && a.Address.IsIPv6LinkLocal)?.Address;

    /// <summary>An IPv4 address of the interface, of the subnet of the neighbour if there is one; null if it has none.</summary>
    public IPAddress? Ipv4AddressNear(IPAddress neighbor) =>
        _addresses
            .Where(a => a.State == AddressState.Assigned && AddressScope.IsIpv4(a.Address))
            .MaxBy(a => a.Subnet.Contains(neighbor))
            ?.Address;

    /// <summary>True for the address of all nodes of an IPv4 subnet of the interface (RFC 1812, Section 4.2.3.1).</summary>
    public bool IsSubnetBroadcast(IPAddress address) =>
        _addresses.Exists(a => a.Subnet is { IsIpv4: true, Length: < LongestBroadcastSubnet } subnet && subnet.Last.Equals(address));

    /// <summary>Adds or replaces an address.</summary>
    public void Set(InterfaceAddress address)
    {
        AddressChanges++;
        var index = _addresses.FindIndex(a => a.Address.Equals(address.Address));
        if (index < 0)
        {
            _addresses.Add(address);
        }
        else
        {
            _addresses[index] = address;
        }
    }

    /// <summary>Removes all neighbours and the packets that wait for their addresses.</summary>
    public void ForgetNeighbors(DeadlineQueue<StackTimer> timers)
    {
        foreach (var neighbor in Neighbors.Addresses)
        {
            timers.Cancel(new StackTimer.Resolution(Link, neighbor));
        }
        Neighbors.Clear();
    }

    public void Remove(IPAddress address)
    {
        AddressChanges++;
        _addresses.RemoveAll(a => a.Address.Equals(address));
    }
}
