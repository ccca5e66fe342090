using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>RFC 4862, Section 5.4: an address is tentative until the test has ended without an objection.</summary>
internal sealed class DuplicateAddressDetection(LinkOutput output, DeadlineQueue<StackTimer> timers)
{
    /// <summary>
    /// Starts the test of an address, which becomes assigned one RETRANS_TIMER later (DupAddrDetectTransmits is 1). The solicitation
    /// is sent immediately: the random delay of Section 5.4.2 avoids congestion when many nodes start at once, which is not a
    /// problem in the simulation.
    /// </summary>
    public void Begin(NodeInterface on, IPAddress address, Now now, Instant? preferredUntil = null)
    {
        on.Set(new InterfaceAddress(address, AddressState.Tentative, preferredUntil));
        timers.Set(new StackTimer.Uniqueness(on.Link, address), now.Monotonic + NeighborResolution.RetransTimer);
        output.Multicast(
            on,
            IPAddress.IPv6Any,
            Ipv6Multicast.SolicitedNode(address),
            new NeighborSolicitation(address, NdOptionList.Empty)
        );
    }

    /// <summary>
    /// Another node tests the same address (Section 5.4.3). A solicitation with a specified source is address resolution and is
    /// ignored.
    /// </summary>
    public void Receive(NodeInterface on, Ipv6Packet packet, NeighborSolicitation solicitation)
    {
        if (packet.Source.Equals(IPAddress.IPv6Any))
        {
            Object(on, solicitation.Target);
        }
    }

    /// <summary>Another node has the address (Section 5.4.4).</summary>
    public void Receive(NodeInterface on, NeighborAdvertisement advertisement) => Object(on, advertisement.Target);

    /// <summary>No node has objected.</summary>
    public static void HandleTimeout(NodeInterface on, IPAddress address)
    {
        if (on.Find(address) is { State: AddressState.Tentative } tentative)
        {
            on.Set(tentative with { State = AddressState.Assigned });
        }
    }

    /// <summary>Stops the test of an address, if there is one.</summary>
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
