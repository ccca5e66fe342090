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
) : RegistrationPeer(session, links, events, bids, links.Known.HomeAgent, isHomeAgent: true)
{
    private const uint PrefixSeconds = 7200;

    /// <summary>The IPv4 address of the home agent (RFC 5555); null for a home agent without IPv4.</summary>
    public IPAddress? Ipv4Address => Session.Ixit.Domain.Find(Session.First(NodeRole.Ha))?.AddressOf(AddressFamily.InterNetwork);

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
    /// An IPv4 home address is granted to a mobile node that asks for its own, or for any (RFC 5555, Section 4.5). The option comes before
    /// the BID options (RFC 5648, Section 8.2).
    /// </summary>
    protected override void Complete(MessageDraft draft, RequestedUpdate update, AnswerChanges changes)
    {
        if (draft.Status >= MobilityOctets.FirstRejection || update.Message.First(Ipv4HomeAddressKind.Type) is not { } option)
        {
            return;
        }

        var asked = Ipv4RequestKind.Asked(option);
        var isGranted = Links.Known.Ipv4HomeAddress is { } own && (asked.Address.Equals(IPAddress.Any) || asked.Address.Equals(own));
        draft.Options.Insert(
            0,
            isGranted
                ? new Ipv4AddressAcknowledgementOption(0, asked.PrefixLength, Links.Known.Ipv4HomeAddress!)
                : new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress, 0, asked.Address)
        );
    }

    /// <inheritdoc/>
    protected override Frame? Send(MessageDraft draft, RequestedUpdate update)
    {
        var plain = new Ipv6Packet(Address, Home, IpProtocol.MobilityHeader, draft.ToBytes(Address, Home));
        var message = network.Esp.Protect(plain, draft.Protection);
        Proxy();
        if (update.Packet is { IsMessageInUdp: true, Outer: { } outer, Udp: { } udp })
        {
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

    private IpPacket Tunnelled(Ipv6Packet packet, IPAddress careOf, IPAddress? entry) =>
        careOf.AddressFamily == AddressFamily.InterNetwork
            ? DualStackTunnel.Enter(new TunnelForm(TunnelEncapsulation.Ipv4, Ipv4Address!, careOf), packet)
            : new Ipv6Packet(entry ?? Address, careOf, IpProtocol.Ipv6, packet.ToBytes());
}
