using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The mobile nodes of Mobile IPv6 that the tester plays: their places, and what they send from there to the implementation under test.
/// </summary>
/// <param name="tested">The address of the implementation: its home agent address, or that of a correspondent node.</param>
public sealed class MobileNodePeer(TestSession session, EmulatedNetwork network, IPAddress tested)
{
    /// <summary>
    /// An octet of the link-layer address before those that number the mobile nodes: each care-of address has an interface.
    /// </summary>
    private const int OctetOfInterface = 2;

    /// <summary>By how much that octet is greater for an interface with an IPv4 care-of address.</summary>
    private const int Ipv4Interfaces = 0x10;

    private readonly HashSet<MobileNode> _answering = [];
    private readonly List<(CareOf From, Exchange Exchange)> _overIpv4 = [];

    public IPAddress Tested => tested;

    /// <summary>The host on the home link that the tester plays; null without a home link.</summary>
    public EmulatedNode? HomeHost =>
        HasHomeLink && session.Ixit.Domain.Nodes.FirstOrDefault(node => !node.IsReal && node.AddressOn(Ports.Home) is not null) is { } host
            ? network.Named(host.Name, Ports.Home)
            : null;

    private bool HasHomeLink => session.Ixit.Domain.Find(Ports.Home) is not null;

    /// <summary>
    /// The node at a place. It answers for its care-of addresses; on the home link, it does from <see cref="Settle"/> on. Where
    /// the tester has no port on the home link, the packets of a node there come from the router of the core link.
    /// </summary>
    public EmulatedNode At(MobileNode node, CareOf place)
    {
        session.Nodes.Bind(node);
        if (place.IsHome)
        {
            return HasHomeLink
                ? new EmulatedNode($"{node.Name} at home", Ports.Home, node.AddressAt(place), node.Identity.LinkLayer)
                : CoreRouter with
                {
                    Name = $"{node.Name} at home",
                    Address = node.AddressAt(place),
                };
        }

        Answer(node);
        return Away(node, place);
    }

    /// <summary>
    /// From now on, the node answers Neighbor Solicitations for its home address and link-local address on the home link.
    /// </summary>
    public void Settle(MobileNode node)
    {
        network.Add(At(node, CareOf.Home));
        network.Add(LinkLocal(node));
    }

    /// <summary>The node leaves the home link.</summary>
    public void Leave(MobileNode node)
    {
        network.Remove(At(node, CareOf.Home));
        network.Remove(LinkLocal(node));
    }

    /// <summary>The link-local address with the interface identifier of the home address (RFC 6275, Section 10.3.1).</summary>
    public static IPAddress LinkLocalAddressOf(IPAddress home)
    {
        byte[] prefix = [0xfe, 0x80, 0, 0, 0, 0, 0, 0];
        return new IPAddress([.. prefix, .. home.GetAddressBytes()[prefix.Length..]]);
    }

    /// <summary>The link-layer address of the interface with a care-of address.</summary>
    /// <param name="atHome">The link-layer address on the home link.</param>
    public static MacAddress LinkLayerAt(MacAddress atHome, CareOf place)
    {
        var octets = atHome.ToArray();
        octets[OctetOfInterface] += (byte)(place.IsIpv4 ? Ipv4Interfaces + place.Index : place.Index);
        return new MacAddress(octets);
    }

    /// <summary>
    /// Tells the home link the link-layer address of a node that has returned: RFC 6275, Section 11.5.5, after the Binding Acknowledgement.
    /// </summary>
    public void Announce(MobileNode node)
    {
        foreach (var emulated in new[] { At(node, CareOf.Home), LinkLocal(node) })
        {
            var advertisement = new NeighborAdvertisement(
                emulated.Address,
                Router: false,
                Solicited: false,
                Override: true,
                new NdOptionList(new TargetLinkLayerAddressOption(emulated.LinkLayer))
            );
            var to = Ipv6Multicast.AllNodes;
            network.Send(
                emulated,
                to,
                new Ipv6Packet(emulated.Address, to, IpProtocol.Icmpv6, advertisement.ToBytes(emulated.Address, to)) { HopLimit = 255 }
            );
        }
    }

    /// <summary>Applies the edits to a message and sends it from a place: this opens an exchange.</summary>
    /// <param name="lastSequenceNumber">The value of <c>last</c> in the edits.</param>
    public Exchange Send(MobileNode node, CareOf from, MessageDraft draft, EditList edits, ushort lastSequenceNumber)
    {
        var source = Resolved(node, from);
        if (from.IsIpv4)
        {
            draft.Transport = Transport(source.Address);
        }

        new DraftEditor(session, node, lastSequenceNumber).Apply(draft, edits);
        var (plain, sent) = from.IsIpv4
            ? SignallingPacket.Of(draft, node.AddressAt(CareOf.Home), tested, network.Esp)
            : new SignallingPacket(draft.ToPacket(source.Address, tested), Protected(draft, source.Address));
        var frame = network.Send(source, NextHop(from), sent);
        var asked = frame.At + TimeSpan.FromSeconds(draft.LifetimeUnits * 4);
        node.AskedUntil = asked > node.AskedUntil ? asked : node.AskedUntil;
        session.LastStimulus = frame;
        var exchange = new Exchange(Packet.Of(frame, plain), node, node.Name) { Draft = draft };
        if (from.IsIpv4 && DualStackTunnel.Named(draft.Edition, exchange.Message).Count > 0)
        {
            _overIpv4.Add((from, exchange));
        }

        return exchange;
    }

    /// <summary>Sends a packet from a place towards the implementation under test.</summary>
    public Frame Send(MobileNode node, CareOf from, IpPacket packet) => network.Send(Resolved(node, from), NextHop(from), packet);

    /// <summary>
    /// The forms that packets in the tunnel from a home agent to an IPv4 care-of address may have; those from there are the reverse.
    /// </summary>
    internal IReadOnlyList<TunnelForm> TunnelsTo(MobileNode node, CareOf place) =>
        DualStackTunnel.FormsTo(
            session,
            node.AddressAt(place),
            _overIpv4.LastOrDefault(sent => sent.From == place && sent.Exchange.Node == node && !IsRejected(sent.Exchange)).Exchange
        );

    /// <summary>True for a rejection of the update, or of the IPv4 care-of address by the status of its BID option.</summary>
    private static bool IsRejected(Exchange exchange)
    {
        if (exchange.Answer?.Mobility is not { } answer)
        {
            return false;
        }

        var edition = exchange.Draft!.Edition;
        var refused = BindingIdentity.In(answer, edition).Where(option => option.Status >= MobilityOctets.FirstRejection);
        return answer.Status >= MobilityOctets.FirstRejection
            || BindingIdentity
                .In(exchange.Message, edition)
                .Any(asked => asked.Ipv4CareOf is not null && refused.Any(given => given.Bid == asked.Bid));
    }

    /// <summary>A message in an IPv6 packet behind UDP, to the home agent's IPv4 address (RFC 5555, Section 4.4.2).</summary>
    private UdpTransport Transport(IPAddress source) =>
        new(
            source,
            session.AddressOf(session.Tested, AddressFamily.InterNetwork),
            (ushort)session.Ixit.DualStackPort,
            (ushort)session.Ixit.DualStackPort
        )
        {
            HasInnerPacket = true,
        };

    /// <summary>Where frames to the implementation go: over IPv4, to its address on the core link.</summary>
    private IPAddress NextHop(CareOf from) =>
        from.IsIpv4 ? session.AddressOn(session.Tested, Ports.Core, AddressFamily.InterNetwork) : tested;

    /// <summary>
    /// ESP in transport mode is between home address and home agent, behind the Home Address option (RFC 3776, Section 3.1). The checksum
    /// of the message is that of its home address in either case.
    /// </summary>
    private Ipv6Packet Protected(MessageDraft draft, IPAddress source)
    {
        var home = draft.HomeAddress ?? source;
        var message = new Ipv6Packet(home, tested, IpProtocol.MobilityHeader, draft.ToBytes(home, tested));
        var sealedMessage = network.Esp.Protect(message, draft.Protection);
        return draft.Behind(source, tested, sealedMessage.Protocol, sealedMessage.Payload);
    }

    /// <summary>
    /// The node at a place, which knows the next hop. On the home link, a mobile node has learned it without a solicitation from its home
    /// address (RFC 6275, Section 11.5.5).
    /// </summary>
    private EmulatedNode Resolved(MobileNode node, CareOf from)
    {
        var source = At(node, from);
        if (from.IsHome)
        {
            network.Resolve(HomeHost ?? CoreRouter, tested);
        }

        return source;
    }

    /// <summary>From now on, the node answers at every care-of address: what it has not used yet may be where a packet goes.</summary>
    private void Answer(MobileNode node)
    {
        if (_answering.Add(node))
        {
            var places = CareOf.All.Where(place => !place.IsHome);
            var ofIpv4 = node.Identity.Mobility?.Ipv4CareOfAddressPattern is null ? [] : CareOf.AllIpv4;
            places.Concat(ofIpv4).ToList().ForEach(place => network.Add(Away(node, place)));
        }
    }

    private static EmulatedNode Away(MobileNode node, CareOf place) =>
        new($"{node.Name} {place}", Ports.Core, node.AddressAt(place), LinkLayerAt(node.Identity.LinkLayer, place));

    private static EmulatedNode LinkLocal(MobileNode node) =>
        new($"{node.Name} at home", Ports.Home, LinkLocalAddressOf(node.AddressAt(CareOf.Home)), node.Identity.LinkLayer);

    private EmulatedNode CoreRouter => network.Named(session.First(NodeRole.Router), Ports.Core);
}
