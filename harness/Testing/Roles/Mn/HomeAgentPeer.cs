using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// The home agent of the mobile node under test (RFC 6275, Section 10): it answers updates, intercepts what is for the home address, and
/// tunnels both ways.
/// </summary>
public sealed class HomeAgentPeer(
    TestSession session,
    EmulatedNetwork network,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids
) : RegistrationPeer(session, links, events, bids, links.Known.HomeAgent, isHomeAgent: true, takesIpv4: Ipv4AddressOf(session) is not null)
{
    private const uint PrefixSeconds = 7200;

    /// <summary>
    /// The IPv4 care-of addresses whose tunnel is in UDP, with the datagrams of their updates: those for which the last answer has a NAT
    /// Detection option (RFC 5555, Section 4.4.2).
    /// </summary>
    private readonly Dictionary<IPAddress, UdpLayer> _inUdp = [];

    /// <summary>The IPv4 address of the home agent (RFC 5555); null for a home agent without IPv4.</summary>
    public IPAddress? Ipv4Address => Ipv4AddressOf(Session);

    private static IPAddress? Ipv4AddressOf(TestSession session) =>
        session.Ixit.Domain.Find(session.First(NodeRole.Ha))?.AddressOf(AddressFamily.InterNetwork);

    /// <summary>True if Binding Updates have to come under a security association of the IXIT (RFC 3776, Section 4.1).</summary>
    private bool IsProtected => Session.Bed.Associations?.Between(Home, Address, isTunnel: false) is not null;

    /// <summary>
    /// Sends a packet for the home address: through the tunnel to a care-of address, or on the home link if there is no binding.
    /// </summary>
    /// <param name="careOf">The care-of address; null for the one that was registered last.</param>
    /// <param name="entry">The node that enters the tunnel; null for the home agent.</param>
    /// <returns>Null if it is not sent yet, or has no way.</returns>
    public Frame? Forward(Ipv6Packet packet, IPAddress? careOf, IPAddress? entry = null)
    {
        var to = careOf ?? (Bindings is [.., var last] ? last.CareOf : null);
        return to is null || to.Equals(Home) ? AtHome.Forward(Home, packet) : Links.Forward(to, Tunnelled(packet, to, entry));
    }

    /// <summary>The same for a packet that a step sends, after address resolution if need be.</summary>
    /// <exception cref="StepFailedException">The mobile node does not answer for the address on the link.</exception>
    public Frame Send(Ipv6Packet packet, IPAddress? careOf, IPAddress? entry = null) =>
        careOf is null || careOf.Equals(Home) ? AtHome.Send(Home, packet) : Links.Send(careOf, Tunnelled(packet, careOf, entry));

    /// <summary>
    /// True for a packet that the mobile node sends through the tunnel; in UDP, if an answer has told it so (RFC 5555, Section 4.4.2).
    /// </summary>
    public bool IsTunnelled(Packet packet) =>
        packet is { Inner: not null, Ip: { } ip }
        && (
            ip.Destination.Equals(Address)
            || (
                ip.Destination.Equals(Ipv4Address)
                && (!_inUdp.ContainsKey(ip.Source) || packet.Udp?.DestinationPort == Session.Ixit.DualStackPort)
            )
        );

    /// <summary>Answers a Mobile Prefix Solicitation (RFC 6275, Section 10.6.3).</summary>
    public void Answer(Packet solicitation, MobilePrefixLayer asked)
    {
        var to = solicitation.Ip!.Source;
        var advertisement = new MobilePrefixAdvertisement(
            (ushort)asked.Identifier,
            Managed: false,
            OtherConfig: false,
            new NdOptionList(
                new PrefixInformationOption(Links.Known.HomePrefix, OnLink: true, Autonomous: true, PrefixSeconds, PrefixSeconds)
                {
                    RouterAddress = Address,
                }
            )
        );
        Links.Forward(to, Routed(to, IpProtocol.Icmpv6, advertisement.ToBytes(Address, Home)));
    }

    /// <summary>The home agent is the neighbour that answers for the home address while it is not the mobile node's.</summary>
    public void Proxy() => Links.Home.Proxied = Bindings.Count > 0 && !Bindings.Any(binding => binding.IsHome) ? Home : null;

    /// <summary>
    /// The home link, where a mobile node with a home binding may tell its link-layer address to nobody (RFC 5648, Section 5.6.4).
    /// </summary>
    private LinkRouter AtHome
    {
        get
        {
            if (Bindings.Any(binding => binding.IsHome))
            {
                Links.Home.Assume(Home);
            }

            return Links.Home;
        }
    }

    /// <summary>A home binding tells the link-layer address to which packets go on the home link (RFC 5648, Section 5.6.3).</summary>
    protected override void Notice(RequestedUpdate update)
    {
        const int CodeOctets = 1,
            LinkLayerOctets = 6;
        if (update.Message.First(MobilityHeaderLinkLayerAddressKind.Type) is { } option && option.Length >= CodeOctets + LinkLayerOctets)
        {
            Links.Home.Learn(Home, new MacAddress(option.Data.Span[CodeOctets..(CodeOctets + LinkLayerOctets)]));
        }
    }

    /// <inheritdoc/>
    protected override bool IsAuthentic(RequestedUpdate update) => !IsProtected || update.Packet.Esp?.Association is not null;

    /// <summary>
    /// The answers about IPv4 home addresses come before the BID options (RFC 5648, Section 8.2). A mobile node that wants its tunnel in
    /// UDP gets it (RFC 5555, Section 4.5); there is no NAT otherwise.
    /// </summary>
    protected override void Complete(MessageDraft draft, RequestedUpdate update, AnswerChanges changes)
    {
        if (draft.Status < MobilityOctets.FirstRejection)
        {
            if (update.Packet.IsMessageInUdp && Negotiated.IsForced(update.Message))
            {
                draft.Options.Add(new NatDetectionOption(ForcesUdp: true, NatDetectionOption.NoKeepaliveNeeded));
            }

            draft.Options.InsertRange(
                0,
                update
                    .Message.All(Ipv4HomeAddressKind.Type)
                    .Select(option => Ipv4HomeAddressGrant.Answer(option, Links.Known.Ipv4HomeAddress, isRefresh: Bindings.Count > 0))
            );
        }
    }

    /// <inheritdoc/>
    protected override Frame? Send(MessageDraft draft, RequestedUpdate update)
    {
        var plain = new Ipv6Packet(Address, Home, IpProtocol.MobilityHeader, draft.ToBytes(Address, Home));
        var message = network.Esp.Protect(plain, draft.Protection);
        Proxy();
        if (update.Packet is { IsMessageInUdp: true, Outer: { } outer, Udp: { } udp })
        {
            if (!update.IsDeregistration)
            {
                // The end of a binding of an earlier scenario says nothing of the tunnel of this one.
                NoteTunnel(outer.Source, draft.Options.OfType<NatDetectionOption>().Any() ? udp : null);
            }

            var transport = new UdpTransport(outer.Destination, outer.Source, (ushort)udp.DestinationPort, (ushort)udp.SourcePort)
            {
                HasInnerPacket = true,
            };
            return Links.Forward(outer.Source, transport.Carry(message.ToBytes(), isTlvAsked: false));
        }

        return update.Source.Equals(Home)
            ? Links.Router(Links.PlaceOn(update.Packet.Frame.Port)).SendTo(update.Packet.Ethernet!.Source, message)
            : Links.Forward(update.Source, Routed(update.Source, message.Protocol, message.Payload));
    }

    /// <summary>A packet to the home address at a care-of address (RFC 6275, Section 6.4).</summary>
    private Ipv6Packet Routed(IPAddress careOf, byte next, ReadOnlyMemory<byte> payload) =>
        new(Address, careOf, IpProtocol.Routing, new Type2RoutingHeader(next, Home).Before(payload.Span));

    private void NoteTunnel(IPAddress careOf, UdpLayer? datagram)
    {
        _inUdp.Remove(careOf);
        if (datagram is not null)
        {
            _inUdp[careOf] = datagram;
        }
    }

    private IpPacket Tunnelled(Ipv6Packet packet, IPAddress careOf, IPAddress? entry) =>
        careOf.AddressFamily == AddressFamily.InterNetwork
            ? DualStackTunnel.Enter(TunnelTo(careOf), packet)
            : new Ipv6Packet(entry ?? Address, careOf, IpProtocol.Ipv6, packet.ToBytes());

    /// <summary>The home agent grants an IPv4 care-of address only if it has an address of that family.</summary>
    private TunnelForm TunnelTo(IPAddress careOf) =>
        _inUdp.TryGetValue(careOf, out var udp)
            ? new TunnelForm(TunnelEncapsulation.Ipv4Udp, Ipv4Address!, careOf) { FromPort = udp.DestinationPort, ToPort = udp.SourcePort }
            : new TunnelForm(TunnelEncapsulation.Ipv4, Ipv4Address!, careOf);
}
