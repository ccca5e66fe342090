using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>RFC 4862, Section 5.4: an address is tentative until the test has ended without an objection.</summary>
internal sealed class DuplicateAddressDetection(StackParts parts)
{
    /// <summary>The addresses that are tested for nodes elsewhere.</summary>
    private readonly HashSet<(LinkId Link, IPAddress Address)> _forOthers = [];

    /// <summary>
    /// Tests an address for a node elsewhere (RFC 6275, Section 10.3.1). It is not unique if this node has it. Without a carrier, the test
    /// starts with the next one.
    /// </summary>
    public void BeginForOther(NodeInterface on, IPAddress address, Now now)
    {
        if (on.Find(address) is not null)
        {
            parts.Tell(new RoleInput.AddressTested(on.Link, address, IsUnique: false), now);
            return;
        }

        _forOthers.Add((on.Link, address));
        Ask(on, address, now);
    }

    /// <summary>
    /// Starts the test of an address, which becomes assigned one RETRANS_TIMER later (DupAddrDetectTransmits is 1). The solicitation
    /// is sent immediately: the random delay of Section 5.4.2 avoids congestion when many nodes start at once, which is not a
    /// problem in the simulation. Without a carrier, the test starts with the next one.
    /// </summary>
    public void Begin(NodeInterface on, IPAddress address, Now now, Instant? preferredUntil = null)
    {
        on.Set(new InterfaceAddress(address, AddressState.Tentative, preferredUntil));
        Ask(on, address, now);
    }

    private void Ask(NodeInterface on, IPAddress address, Now now)
    {
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
    public void Receive(Arrival arrival, Ipv6Packet packet, NeighborSolicitation solicitation, Now now)
    {
        if (packet.Source.Equals(IPAddress.IPv6Any))
        {
            Object(arrival, solicitation.Target, now);
        }
    }

    /// <summary>Another node has the address (Section 5.4.4).</summary>
    public void Receive(Arrival arrival, NeighborAdvertisement advertisement, Now now) => Object(arrival, advertisement.Target, now);

    /// <summary>No node has objected.</summary>
    public void HandleTimeout(NodeInterface on, IPAddress address, Now now)
    {
        if (_forOthers.Remove((on.Link, address)))
        {
            parts.Tell(new RoleInput.AddressTested(on.Link, address, IsUnique: true), now);
        }
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
        foreach (var (link, address) in _forOthers.Where(test => test.Link == on.Link))
        {
            parts.Timers.Cancel(new StackTimer.Uniqueness(link, address));
        }
    }

    /// <summary>The link may be another one.</summary>
    public void LinkUp(NodeInterface on, Now now)
    {
        foreach (var tentative in TentativeOf(on))
        {
            Begin(on, tentative.Address, now, tentative.PreferredUntil);
        }
        foreach (var (_, address) in _forOthers.Where(test => test.Link == on.Link))
        {
            Ask(on, address, now);
        }
    }

    /// <summary>Stops the test of an address, if there is one.</summary>
    public void Cancel(NodeInterface on, IPAddress address) => parts.Timers.Cancel(new StackTimer.Uniqueness(on.Link, address));

    private static List<InterfaceAddress> TentativeOf(NodeInterface on) =>
        [.. on.Ipv6Addresses.Where(address => address.State == AddressState.Tentative)];

    private void Object(Arrival arrival, IPAddress address, Now now)
    {
        var on = arrival.On;

        // A hub may return the question of this node.
        if (arrival.LinkLayerSource != on.MacAddress && _forOthers.Remove((on.Link, address)))
        {
            parts.Timers.Cancel(new StackTimer.Uniqueness(on.Link, address));
            parts.Tell(new RoleInput.AddressTested(on.Link, address, IsUnique: false), now);
        }
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
