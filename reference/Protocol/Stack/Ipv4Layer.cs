using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>IPv4 on the interfaces of a node: addresses, neighbours, and packets that arrive.</summary>
internal sealed class Ipv4Layer : IpLayer
{
    private readonly StackParts _parts;
    private readonly PacketForwarder _forwarder;
    private readonly AddressResolution _neighbors;
    private readonly AddressConflictDetection _conflicts;
    private readonly Dictionary<LinkId, Ipv4HostConfiguration> _configurations;
    private readonly Ipv4Delivery _delivery;

    public Ipv4Layer(StackParts parts, PacketForwarder forwarder, AddressResolution neighbors, EchoClient echo)
        : base(parts)
    {
        (_parts, _forwarder, _neighbors) = (parts, forwarder, neighbors);
        _conflicts = new AddressConflictDetection(new StackAddresses(parts), parts.Settings.IsRouter, parts.Random);
        _configurations = parts
            .Interfaces.Values.Where(i => i.Settings.AutoconfigureIpv4)
            .ToDictionary(i => i.Link, i => new Ipv4HostConfiguration(i, parts, forwarder));
        _delivery = new Ipv4Delivery(parts, forwarder, _configurations, echo);
        foreach (var link in _configurations.Keys)
        {
            // A server sends to an address that the client does not have yet.
            parts.Interfaces[link].InterceptedPorts.Add(UdpPort.DhcpClient);
        }
    }

    /// <summary>Starts the configuration of the interfaces that have a carrier.</summary>
    public void Start(Now now)
    {
        foreach (var on in _parts.Interfaces.Values.Where(on => on.HasCarrier))
        {
            TellUsable(on, now);
        }
        foreach (var (link, configuration) in _configurations)
        {
            if (_parts.Interfaces[link].HasCarrier)
            {
                configuration.LinkUp(now);
            }
        }
    }

    /// <summary>The link may be another one: addresses under test are tested anew, and the lease is asked about.</summary>
    public void LinkUp(NodeInterface on, Now now)
    {
        _conflicts.LinkUp(on.Link, now);
        _configurations.GetValueOrDefault(on.Link)?.LinkUp(now);
        TellUsable(on, now);
    }

    public void LinkDown(NodeInterface on, Now now)
    {
        foreach (var configured in ConfiguredOn(on))
        {
            _parts.Tell(new RoleInput.AddressGone(on.Link, configured.Address), now);
        }
        _conflicts.LinkDown(on.Link);
        _configurations.GetValueOrDefault(on.Link)?.LinkDown();
    }

    /// <summary>The interface was switched off: what it has learned is removed.</summary>
    public void Restart(NodeInterface on) => _configurations.GetValueOrDefault(on.Link)?.Forget();

    /// <summary>An IPv4 packet has arrived in a frame to this node or to a group.</summary>
    public void Receive(NodeInterface on, EthernetFrame frame, Now now)
    {
        if (!TryRead(frame.Payload, out var packet))
        {
            return;
        }

        var isGroup = frame.Destination.IsMulticast;
        if (
            AddressScope.IsGroup(packet.Destination)
            || on.IsSubnetBroadcast(packet.Destination)
            || _forwarder.IsOwn(on, packet.Destination)
            || (!isGroup && IsIntercepted(on, packet))
        )
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
            _parts.Log("ArpMalformed", error?.Detail ?? $"sender {arp?.SenderHardware}");
            return;
        }

        if (arp.SenderHardware != on.MacAddress)
        {
            _conflicts.Receive(on.Link, arp, now);
            _neighbors.Receive(on, arp, now);
        }
    }

    protected override void BeginTest(NodeInterface on, IPAddress address, Now now) =>
        _conflicts.Begin(new AddressClaim(on.Link, address), now);

    protected override void CancelTest(NodeInterface on, IPAddress address) => _conflicts.Cancel(new AddressClaim(on.Link, address));

    protected override bool Accepts(Arrival arrival, Fragment fragment, Now now)
    {
        if (fragment.HasWholeUnits && fragment.IsWithinPacket)
        {
            return true;
        }
        _parts.Log("FragmentMalformed", $"{fragment.Packet.Source} to {fragment.Packet.Destination}");
        return false;
    }

    protected override void DeliverWhole(Arrival arrival, IpPacket packet, Now now) => _delivery.Deliver(arrival, (Ipv4Packet)packet, now);

    public void HandleTimeout(StackTimer.OfIpv4 timer, Now now)
    {
        switch (timer)
        {
            case StackTimer.Claim claim:
                _conflicts.HandleTimeout(claim.Of, now);
                break;
            case StackTimer.Dhcp dhcp:
                _configurations[dhcp.Link].HandleTimeout(now);
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
            _parts.Log("PacketMalformed", error.Detail);
            return false;
        }
        if (!Ipv4Packet.HasValidChecksum(bytes.Span))
        {
            _parts.Log("HeaderChecksum", $"{packet.Source} to {packet.Destination}");
            return false;
        }

        var isValid = AddressScope.IsUnicast(packet.Source) || packet.Source.Equals(IPAddress.Any);
        if (!isValid)
        {
            _parts.Log("PacketMalformed", $"source {packet.Source}");
        }
        return isValid;
    }

    private void TellUsable(NodeInterface on, Now now)
    {
        foreach (var configured in ConfiguredOn(on))
        {
            _parts.Tell(
                new RoleInput.AddressUsable(on.Link, configured.Address, new IpPrefix(configured.Address, (byte)configured.PrefixLength)),
                now
            );
        }
    }

    /// <summary>The IPv4 addresses that a host has on a link by its settings, whatever the routers there advertise.</summary>
    private static IEnumerable<ConfiguredAddress> ConfiguredOn(NodeInterface on) =>
        on.Settings.Autoconfigure ? on.Settings.Addresses.Where(known => AddressScope.IsIpv4(known.Address)) : [];

    /// <summary>Only the first fragment has the port; the others are forwarded, and are of no use to anyone.</summary>
    private static bool IsIntercepted(NodeInterface on, Ipv4Packet packet) =>
        on.InterceptedPorts.Count > 0
        && packet.Protocol == Ipv4Protocol.Udp
        && UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
        && on.InterceptedPorts.Contains(datagram.DestinationPort);

    private void Forward(Arrival arrival, Ipv4Packet packet, Now now)
    {
        if (_parts.Interfaces.Values.Any(other => other.IsSubnetBroadcast(packet.Destination)))
        {
            // RFC 2644: a router does not forward them.
            _parts.Log("DirectedBroadcast", $"{packet.Source} to {packet.Destination}");
        }
        else if (Ipv4Options.FirstMalformed(packet) is { } at)
        {
            _forwarder.Report(packet, new PacketError.ErroneousField(at), now, arrival);
        }
        else
        {
            _forwarder.Forward(arrival.On, packet, now);
        }
    }
}
