using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>RFC 4862, Section 5.4: an address is tentative until nobody has objected for a while.</summary>
internal sealed class DuplicateAddressDetection(LinkOutput output, DeadlineQueue<StackTimer> timers)
{
    /// <summary>
    /// Begins to test an address; it becomes assigned one RETRANS_TIMER later (DupAddrDetectTransmits is 1). The solicitation goes
    /// out at once: the random delay of Section 5.4.2 is against nodes that all start together, and simulated ones may.
    /// </summary>
    public void Begin(NodeInterface on, IPAddress address, Now now, Instant? preferredUntil = null)
    {
        on.Set(new InterfaceAddress(address, AddressState.Tentative, preferredUntil));
        timers.Set(new StackTimer.Uniqueness(on.Link, address), now.Monotonic + NeighborDiscovery.RetransTimer);
        output.Multicast(
            on,
            IPAddress.IPv6Any,
            Ipv6Multicast.SolicitedNode(address),
            new NeighborSolicitation(address, NdOptionList.Empty)
        );
    }

    /// <summary>Another node tests the same address (Section 5.4.3). A solicitation from an address is none of its owner's business yet.</summary>
    public void Receive(NodeInterface on, Ipv6Packet packet, NeighborSolicitation solicitation)
    {
        if (packet.Source.Equals(IPAddress.IPv6Any))
        {
            Object(on, solicitation.Target);
        }
    }

    /// <summary>Another node has the address (Section 5.4.4).</summary>
    public void Receive(NodeInterface on, NeighborAdvertisement advertisement) => Object(on, advertisement.Target);

    /// <summary>Nobody has objected.</summary>
    public static void HandleTimeout(NodeInterface on, IPAddress address)
    {
        if (on.Find(address) is { State: AddressState.Tentative } tentative)
        {
            on.Set(tentative with { State = AddressState.Assigned });
        }
    }

    /// <summary>Stops a test, if there is one.</summary>
    public void Cancel(NodeInterface on, IPAddress address) => timers.Cancel(new StackTimer.Uniqueness(on.Link, address));

    private void Object(NodeInterface on, IPAddress address)
    {
        if (on.Find(address) is not { State: AddressState.Tentative } tentative)
        {
            return;
        }

        Cancel(on, address);
        on.Set(tentative with { State = AddressState.Duplicate });
        on.IsDisabled |= on.Settings.Autoconfigure && address.Equals(on.Settings.MacAddress.LinkLocalAddress());
    }
}
