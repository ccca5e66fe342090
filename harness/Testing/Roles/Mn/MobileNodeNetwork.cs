using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// What is behind the routers of a mobile node under test: brings each of its packets to the home agent or to the correspondent node,
/// directly or through the reverse tunnel.
/// </summary>
public sealed class MobileNodeNetwork(TestSession session, MobileNodeLinks links, HomeAgentPeer homeAgent, CorrespondentPeer correspondent)
    : IResponder
{
    /// <summary>When the last packet for one of the two came; the beginning of time if none did.</summary>
    public DateTimeOffset LastHeard { get; private set; } = DateTimeOffset.MinValue;

    public bool TryRespond(Packet packet, LowerTester tester)
    {
        if (packet.Ip is not { } ip || IsAstray(packet) || links.Routers.All(router => router.Port != packet.Frame.Port))
        {
            return false;
        }

        var isForHomeAgent =
            ip.Destination.Equals(homeAgent.Address) || (packet.Inner is not null && ip.Destination.Equals(homeAgent.Ipv4Address));
        if (isForHomeAgent || ip.Destination.Equals(correspondent.Address))
        {
            LastHeard = packet.Frame.At;
        }

        if (isForHomeAgent)
        {
            AtHomeAgent(packet, ip);
        }
        else if (ip.Destination.Equals(correspondent.Address))
        {
            AtCorrespondent(packet, careOf: null);
        }

        // The packet stays visible to steps that wait for it.
        return false;
    }

    /// <summary>
    /// True for what is in UDP over IPv4, and not for the address and the port of the home agent, so that it does not arrive there.
    /// </summary>
    private bool IsAstray(Packet packet) =>
        packet is { Outer: Ipv4Layer outer, Udp: { Carried: not null } udp }
        && !(outer.Destination.Equals(homeAgent.Ipv4Address) && udp.DestinationPort == session.Ixit.DualStackPort);

    private void AtHomeAgent(Packet packet, IpLayer ip)
    {
        if (packet.Inner is { Ip: { } inner } tunnelled)
        {
            if (inner.Destination.Equals(correspondent.Address))
            {
                AtCorrespondent(tunnelled, ip.Source);
            }
        }
        else if (RequestedUpdate.In(packet, session.Scenario.Edition.Wire) is { } update)
        {
            homeAgent.Take(update);
        }
        else if (packet.Upper is MobilePrefixLayer { Type: MobilePrefixLayer.Solicitation } solicitation)
        {
            homeAgent.Answer(packet, solicitation);
        }
        else
        {
            Echo(packet, homeAgent.Address, ip.UpperSource, careOf: null);
        }
    }

    /// <param name="careOf">The end of the tunnel through which the packet came; null without a tunnel.</param>
    private void AtCorrespondent(Packet packet, IPAddress? careOf)
    {
        if (packet.IsMobility(MobilityOctets.HomeTestInitType, out _))
        {
            correspondent.Answer(TestInitKind.Home, packet, careOf);
        }
        else if (packet.IsMobility(MobilityOctets.CareOfTestInitType, out _))
        {
            correspondent.Answer(TestInitKind.CareOf, packet, careOf);
        }
        else if (RequestedUpdate.In(packet, session.Scenario.Edition.Wire) is { } update)
        {
            correspondent.Take(update);
        }
        else
        {
            Echo(packet, correspondent.Address, packet.Ip!.UpperSource, careOf);
        }
    }

    /// <summary>Answers an echo request of the mobile node (RFC 4443, Section 4.2).</summary>
    private void Echo(Packet packet, IPAddress from, IPAddress to, IPAddress? careOf)
    {
        if (packet.Icmp is not { Type: Icmpv6Layer.EchoRequest, Echo: { } echo })
        {
            return;
        }

        var octets = new EchoReply((ushort)echo.Identifier, (ushort)echo.SequenceNumber, new OctetString(echo.Data.Span)).ToBytes(from, to);
        if (packet.Ip!.HomeAddress is not null && from.Equals(correspondent.Address))
        {
            links.Forward(packet.Ip.Source, correspondent.Routed(packet.Ip.Source, IpProtocol.Icmpv6, octets));
        }
        else if (to.Equals(links.Known.HomeAddress))
        {
            homeAgent.Forward(new Ipv6Packet(from, to, IpProtocol.Icmpv6, octets), careOf);
        }
        else
        {
            links.Forward(to, new Ipv6Packet(from, to, IpProtocol.Icmpv6, octets));
        }
    }
}
