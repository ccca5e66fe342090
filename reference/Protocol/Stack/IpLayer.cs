using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>One family on the interfaces of a node: what both families do alike.</summary>
internal abstract class IpLayer(StackParts parts)
{
    /// <summary>Begins the test of an address whose uniqueness is to be verified, or ends it because the address is to be used.</summary>
    public void Add(NodeInterface on, IPAddress address, bool performDad, Now now)
    {
        if (performDad)
        {
            BeginTest(on, address, now);
            return;
        }

        CancelTest(on, address);
        on.Set(new InterfaceAddress(address, AddressState.Assigned));
    }

    public void Remove(NodeInterface on, IPAddress address)
    {
        CancelTest(on, address);
        on.Remove(address);
    }

    /// <summary>Delivers a packet for an address of this node, or for a group on the link.</summary>
    public void Deliver(Arrival arrival, IpPacket packet, Now now)
    {
        if (Fragment.Of(packet) is not { } fragment)
        {
            DeliverWhole(arrival, packet, now);
        }
        else if (Accepts(arrival, fragment, now) && parts.Reassembly.Add(fragment, now) is { } whole)
        {
            DeliverWhole(arrival, whole, now);
        }
    }

    protected abstract void BeginTest(NodeInterface on, IPAddress address, Now now);

    protected abstract void CancelTest(NodeInterface on, IPAddress address);

    /// <summary>Whether a fragment is well formed. If it is not, the layer reports it as its family requires.</summary>
    protected abstract bool Accepts(Arrival arrival, Fragment fragment, Now now);

    /// <param name="packet">A packet of the family that is no fragment.</param>
    protected abstract void DeliverWhole(Arrival arrival, IpPacket packet, Now now);
}
