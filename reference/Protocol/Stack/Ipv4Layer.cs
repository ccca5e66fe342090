using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>IPv4 on the interfaces of a node: addresses, neighbours, and packets that arrive.</summary>
internal sealed class Ipv4Layer(StackParts parts, PacketForwarder forwarder, AddressResolution neighbors, EchoClient echo)
{
    private readonly AddressConflictDetection _conflicts = new(new StackAddresses(parts), parts.Settings.IsRouter, parts.Random);
    private readonly Ipv4Delivery _delivery = new(parts, forwarder, echo);

    /// <summary>The link may be another one: addresses under test are tested anew.</summary>
    public void LinkUp(NodeInterface on, Now now) => _conflicts.LinkUp(on.Link, now);

    public void LinkDown(NodeInterface on) => _conflicts.LinkDown(on.Link);

    /// <summary>An IPv4 packet has arrived in a frame to this node or to a group.</summary>
    public void Receive(NodeInterface on, EthernetFrame frame, Now now)
    {
        if (!TryRead(frame.Payload, out var packet))
        {
            return;
        }

        var isGroup = frame.Destination.IsMulticast;
        if (AddressScope.IsGroup(packet.Destination) || on.IsSubnetBroadcast(packet.Destination) || forwarder.IsOwn(on, packet.Destination))
        {
            Deliver(new Arrival(on, frame.Source, isGroup), packet, now);
        }
        else if (!isGroup)
        {
            Forward(new Arrival(on, frame.Source), packet, now);
        }
    }

    /// <summary>An ARP packet has arrived.</summary>
    public void ReceiveArp(NodeInterface on, EthernetFrame frame, Now now)
    {
        if (!ArpPacket.TryParse(frame.Payload.Span, out var arp, out var error) || arp.SenderHardware.IsMulticast)
        {
            parts.Log("ArpMalformed", error?.Detail ?? $"sender {arp?.SenderHardware}");
            return;
        }

        if (arp.SenderHardware != on.MacAddress)
        {
            _conflicts.Receive(on.Link, arp, now);
            neighbors.Receive(on, arp, now);
        }
    }

    /// <summary>Delivers a packet for an address of this node, or for a group on the link.</summary>
    public void Deliver(Arrival arrival, Ipv4Packet packet, Now now)
    {
        if (Fragment.Of(packet) is not { } fragment)
        {
            _delivery.Deliver(arrival, packet, now);
        }
        else if (!fragment.HasWholeUnits || !fragment.IsWithinPacket)
        {
            parts.Log("FragmentMalformed", $"{packet.Source} to {packet.Destination}");
        }
        else if (parts.Reassembly.Add(fragment, now) is Ipv4Packet whole)
        {
            _delivery.Deliver(arrival, whole, now);
        }
    }

    /// <summary>Begins the test of an address whose uniqueness is to be verified, or ends it because the address is to be used.</summary>
    public void Add(NodeInterface on, IPAddress address, bool performDad, Now now)
    {
        if (performDad)
        {
            _conflicts.Begin(new AddressClaim(on.Link, address), now);
            return;
        }

        _conflicts.Cancel(new AddressClaim(on.Link, address));
        on.Set(new InterfaceAddress(address, AddressState.Assigned));
    }

    public void Remove(NodeInterface on, IPAddress address)
    {
        _conflicts.Cancel(new AddressClaim(on.Link, address));
        on.Remove(address);
    }

    public void HandleTimeout(StackTimer.OfIpv4 timer, Now now)
    {
        switch (timer)
        {
            case StackTimer.Claim claim:
                _conflicts.HandleTimeout(claim.Of, now);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>RFC 1812, Section 5.2.2: the checksum of the header is right, and its source is that of one node, or of none.</summary>
    private bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Ipv4Packet? packet)
    {
        if (!Ipv4Packet.TryParse(bytes, out packet, out var error))
        {
            parts.Log("PacketMalformed", error.Detail);
            return false;
        }
        if (!Ipv4Packet.HasValidChecksum(bytes.Span))
        {
            parts.Log("HeaderChecksum", $"{packet.Source} to {packet.Destination}");
            return false;
        }

        var isValid = AddressScope.IsUnicast(packet.Source) || packet.Source.Equals(IPAddress.Any);
        if (!isValid)
        {
            parts.Log("PacketMalformed", $"source {packet.Source}");
        }
        return isValid;
    }

    private void Forward(Arrival arrival, Ipv4Packet packet, Now now)
    {
        if (parts.Interfaces.Values.Any(other => other.IsSubnetBroadcast(packet.Destination)))
        {
            // RFC 2644: a router does not forward them.
            parts.Log("DirectedBroadcast", $"{packet.Source} to {packet.Destination}");
        }
        else if (Ipv4Options.FirstMalformed(packet) is { } at)
        {
            forwarder.Report(packet, new PacketError.ErroneousField(at), now, arrival);
        }
        else
        {
            forwarder.Forward(arrival.On, packet, now);
        }
    }
}
