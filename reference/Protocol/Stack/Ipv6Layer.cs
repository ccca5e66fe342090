using System.Diagnostics;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>IPv6 on the interfaces of a node: addresses and their configuration, neighbours, and packets that arrive.</summary>
internal sealed class Ipv6Layer : IpLayer
{
    /// <summary>RFC 8200, Section 3: the offset of the Payload Length field.</summary>
    private const int PayloadLengthOffset = 4;

    private readonly StackParts _parts;
    private readonly PacketForwarder _forwarder;
    private readonly NeighborDiscovery _neighbors;
    private readonly DuplicateAddressDetection _uniqueness;
    private readonly Dictionary<LinkId, HostAutoconfiguration> _autoconfigurations;
    private readonly Ipv6Delivery _delivery;

    public Ipv6Layer(StackParts parts, PacketForwarder forwarder, NeighborDiscovery neighbors, EchoClient echo)
        : base(parts)
    {
        _parts = parts;
        _forwarder = forwarder;
        _neighbors = neighbors;
        _uniqueness = new DuplicateAddressDetection(parts);
        _autoconfigurations = parts
            .Interfaces.Values.Where(i => i.Settings.Autoconfigure)
            .ToDictionary(i => i.Link, i => new HostAutoconfiguration(i, parts, neighbors, _uniqueness));
        _delivery = new Ipv6Delivery(parts, forwarder, neighbors, _uniqueness, _autoconfigurations, echo);
    }

    /// <summary>Assigns the link-local address of an interface that does not get it by autoconfiguration or from a role.</summary>
    public static void Configure(NodeInterface on)
    {
        if (!on.Settings.Autoconfigure && !on.Settings.ForwardOnlyBySourceRoute)
        {
            on.Set(new InterfaceAddress(on.MacAddress.LinkLocalAddress(), AddressState.Assigned));
        }
    }

    /// <summary>Starts the autoconfiguration of the interfaces that have a carrier.</summary>
    public void Start(Now now)
    {
        foreach (var (link, autoconfiguration) in _autoconfigurations)
        {
            if (_parts.Interfaces[link].HasCarrier)
            {
                autoconfiguration.LinkUp(now);
            }
        }
    }

    /// <summary>The link may be another one: an autoconfigured interface starts anew, and so do the tests of addresses.</summary>
    public void LinkUp(NodeInterface on, Now now)
    {
        if (_autoconfigurations.TryGetValue(on.Link, out var autoconfiguration))
        {
            on.ForgetNeighbors(_parts.Timers);
            autoconfiguration.LinkUp(now);
        }
        else
        {
            _uniqueness.LinkUp(on, now);
        }
    }

    public void LinkDown(NodeInterface on)
    {
        if (_autoconfigurations.TryGetValue(on.Link, out var autoconfiguration))
        {
            autoconfiguration.LinkDown();
        }
        else
        {
            _uniqueness.LinkDown(on);
        }
    }

    /// <summary>Removes what an autoconfigured interface has learned.</summary>
    public void Restart(NodeInterface on)
    {
        if (_autoconfigurations.TryGetValue(on.Link, out var autoconfiguration))
        {
            autoconfiguration.Forget();
        }
    }

    /// <summary>Tells the role what has become of the autoconfigured addresses.</summary>
    public void Report(Now now)
    {
        foreach (var autoconfiguration in _autoconfigurations.Values)
        {
            autoconfiguration.Report(now);
        }
    }

    /// <summary>An IPv6 packet has arrived in a frame to this node or to a group.</summary>
    public void Receive(NodeInterface on, EthernetFrame frame, Now now)
    {
        // RFC 4291, Sections 2.5.3 and 2.7: the source is never a group, and never the loopback address on a link.
        if (
            !Ipv6Packet.TryParse(frame.Payload, out var packet, out var error)
            || packet.Source.IsIPv6Multicast
            || packet.Source.Equals(IPAddress.IPv6Loopback)
        )
        {
            _parts.Log("PacketMalformed", error?.Detail ?? $"source {packet?.Source}");
            return;
        }

        _forwarder.HearAtHome(on, packet, now);
        var multicast = frame.Destination.IsMulticast;
        if (packet.Destination.IsIPv6Multicast || _forwarder.IsOwn(on, packet.Destination) || IsForProxy(on, packet))
        {
            Deliver(new Arrival(on, frame.Source, multicast), packet, now);
        }
        else if (!multicast && packet.Destination.IsIPv6LinkLocal && _parts.IsProxied(on, packet.Destination))
        {
            // RFC 6275, Section 10.4.2: it is not tunnelled to the mobile node.
            _forwarder.Report(packet, new PacketError.AddressUnreachable(), now, new Arrival(on, frame.Source));
        }
        else if (!multicast)
        {
            _forwarder.Forward(on, packet, now);
        }
    }

    /// <summary>A neighbour elsewhere is asked, as when its reachability is tested: this node answers.</summary>
    private bool IsForProxy(NodeInterface on, Ipv6Packet packet) =>
        on.Proxied.Count > 0
        && packet.TryGetUpperLayer(out var upper, out _)
        && upper is { Protocol: IpProtocol.Icmpv6, Payload: { IsEmpty: false, Span: [var type, ..] } }
        && NeighborDiscoveryRules.Concern(type)
        && _parts.IsProxied(on, packet.Destination);

    /// <summary>Tests an address for a node elsewhere.</summary>
    public void Test(NodeInterface on, IPAddress address, Now now) => _uniqueness.BeginForOther(on, address, now);

    protected override void BeginTest(NodeInterface on, IPAddress address, Now now) => _uniqueness.Begin(on, address, now);

    protected override void CancelTest(NodeInterface on, IPAddress address) => _uniqueness.Cancel(on, address);

    protected override bool Accepts(Arrival arrival, Fragment fragment, Now now)
    {
        if (ErrorOf(fragment) is not { } error)
        {
            return true;
        }
        _forwarder.Report(fragment.Packet, error, now, arrival);
        return false;
    }

    protected override void DeliverWhole(Arrival arrival, IpPacket packet, Now now) => _delivery.Deliver(arrival, (Ipv6Packet)packet, now);

    /// <summary>RFC 8200, Section 4.5: what is wrong with a fragment; null if nothing is.</summary>
    private static PacketError? ErrorOf(Fragment fragment) =>
        !fragment.HasWholeUnits ? new PacketError.ErroneousField(PayloadLengthOffset)
        : !fragment.IsWithinPacket ? new PacketError.ErroneousField(fragment.Header.Length + FragmentHeader.FragmentOffsetOffset)
        : fragment.Offset == 0 && !HasAllHeaders((Ipv6Packet)fragment.Header, fragment.Data) ? new PacketError.IncompleteHeaderChain()
        : null;

    private static bool HasAllHeaders(Ipv6Packet header, ReadOnlyMemory<byte> data) =>
        (header with { Payload = (byte[])[.. header.Payload.Span, .. data.Span] }).TryGetUpperLayer(out var upper, out _)
        && (!upper.Payload.IsEmpty || upper.Protocol == IpProtocol.NoNextHeader);

    public void HandleTimeout(StackTimer.OfIpv6 timer, Now now)
    {
        switch (timer)
        {
            case StackTimer.Uniqueness unique:
                _uniqueness.HandleTimeout(_parts.Interfaces[unique.Link], unique.Address, now);
                break;
            case StackTimer.Solicitation:
                _autoconfigurations[timer.Link].Solicit(now);
                break;
            case StackTimer.RouterExpiry expiry:
                _autoconfigurations[timer.Link].ForgetRouter(expiry.Router);
                break;
            case StackTimer.PrefixExpiry expiry:
                _autoconfigurations[timer.Link].ForgetPrefix(expiry.Prefix);
                break;
            case StackTimer.Deprecation:
                break; // reported as all that becomes of addresses
            case StackTimer.AddressExpiry expiry:
                _autoconfigurations[timer.Link].ForgetAddress(expiry.Address);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
