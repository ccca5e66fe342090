using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>RFC 4862, Section 5.4: an address is tentative until the test has ended without an objection.</summary>
internal sealed class DuplicateAddressDetection(StackParts parts)
{
    /// <summary>
    /// Starts the test of an address, which becomes assigned one RETRANS_TIMER later (DupAddrDetectTransmits is 1). The solicitation
    /// is sent immediately: the random delay of Section 5.4.2 avoids congestion when many nodes start at once, which is not a
    /// problem in the simulation. Without a carrier, the test starts with the next one.
    /// </summary>
    public void Begin(NodeInterface on, IPAddress address, Now now, Instant? preferredUntil = null)
    {
        on.Set(new InterfaceAddress(address, AddressState.Tentative, preferredUntil));
        if (!on.IsUp)
        {
            return;
        }

        parts.Timers.Set(new StackTimer.Uniqueness(on.Link, address), now.Monotonic + NeighborResolution.RetransTimer);
        parts.Output.Multicast(
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
    public void Receive(NodeInterface on, Ipv6Packet packet, NeighborSolicitation solicitation, Now now)
    {
        if (packet.Source.Equals(IPAddress.IPv6Any))
        {
            Object(on, solicitation.Target, now);
        }
    }

    /// <summary>Another node has the address (Section 5.4.4).</summary>
    public void Receive(NodeInterface on, NeighborAdvertisement advertisement, Now now) => Object(on, advertisement.Target, now);

    /// <summary>No node has objected.</summary>
    public void HandleTimeout(NodeInterface on, IPAddress address, Now now)
    {
        if (on.Find(address) is { State: AddressState.Tentative } tentative)
        {
            on.Set(tentative with { State = AddressState.Assigned });
            parts.Tell(new RoleInput.AddressTested(on.Link, address, IsUnique: true), now);
        }
    }

    /// <summary>The link has no carrier: an unfinished test starts anew with the next one.</summary>
    public void LinkDown(NodeInterface on)
    {
        foreach (var tentative in TentativeOf(on))
        {
            Cancel(on, tentative.Address);
        }
    }

    /// <summary>The link may be another one.</summary>
    public void LinkUp(NodeInterface on, Now now)
    {
        foreach (var tentative in TentativeOf(on))
        {
            Begin(on, tentative.Address, now, tentative.PreferredUntil);
        }
    }

    /// <summary>Stops the test of an address, if there is one.</summary>
    public void Cancel(NodeInterface on, IPAddress address) => parts.Timers.Cancel(new StackTimer.Uniqueness(on.Link, address));

    private static List<InterfaceAddress> TentativeOf(NodeInterface on) =>
        [.. on.Ipv6Addresses.Where(address => address.State == AddressState.Tentative)];

    private void Object(NodeInterface on, IPAddress address, Now now)
    {
        if (on.Find(address) is not { State: AddressState.Tentative } tentative)
        {
            return;
        }

        Cancel(on, address);
        on.Set(tentative with { State = AddressState.Duplicate });
        on.IsDisabled |= on.Settings.Autoconfigure && address.Equals(on.MacAddress.LinkLocalAddress());
        parts.Tell(new RoleInput.AddressTested(on.Link, address, IsUnique: false), now);
    }
}
