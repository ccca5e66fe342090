using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>The runtime state of an interface: carrier, addresses, neighbours.</summary>
internal sealed class NodeInterface(InterfaceSettings settings)
{
    private readonly List<InterfaceAddress> _addresses = [];

    public InterfaceSettings Settings => settings;

    public LinkId Link => settings.Link;

    public bool HasCarrier { get; set; } = settings.InitiallyUp;

    /// <summary>RFC 4862, Section 5.4.5: the link-local address derived from the interface's MAC address belongs to another node.</summary>
    public bool IsDisabled { get; set; }

    public bool IsUp => HasCarrier && !IsDisabled;

    /// <summary>In octets; a router may advertise a smaller MTU than configured.</summary>
    public uint Mtu { get; set; } = settings.Mtu;

    /// <summary>The neighbours of both families.</summary>
    public Dictionary<IPAddress, Neighbor> Neighbors { get; } = [];

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses => _addresses;

    public InterfaceAddress? Find(IPAddress address) => _addresses.Find(a => a.Address.Equals(address));

    public bool HasAssigned(IPAddress address) => Find(address) is { State: AddressState.Assigned };

    /// <summary>
    /// The link-local source address for messages to neighbours. The latest of several: a mobile access gateway gets the address of
    /// a binding after it was started with another.
    /// </summary>
    public IPAddress? LinkLocalAddress => _addresses.FindLast(a => a.State == AddressState.Assigned && a.Address.IsIPv6LinkLocal)?.Address;

    /// <summary>Adds or replaces an address.</summary>
    public void Set(InterfaceAddress address)
    {
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
        foreach (var neighbor in Neighbors.Keys)
        {
            timers.Cancel(new StackTimer.Resolution(Link, neighbor));
        }
        Neighbors.Clear();
    }

    public void Remove(IPAddress address) => _addresses.RemoveAll(a => a.Address.Equals(address));
}
