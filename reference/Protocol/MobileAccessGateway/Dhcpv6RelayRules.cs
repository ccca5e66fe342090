using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A DHCPv6 message to the relay agent of the MAG: from a mobile node, or from a server.</summary>
public sealed class RelayedDhcpv6(GatewayState gateway, RoleInput.Udp datagram, Dhcpv6Message message)
{
    public GatewayState Gateway { get; } = gateway;

    public RoleInput.Udp Datagram { get; } = datagram;

    public Dhcpv6Message Message { get; } = message;

    public IPAddress Source => Datagram.Path.Source;

    /// <summary>The access link on which the message arrived; null if it came from elsewhere.</summary>
    public AccessLinkSettings? Port { get; } = gateway.FindLink(datagram.Link);

    /// <summary>The prefixes of the mobile node on the link on which the message arrived.</summary>
    public IReadOnlyList<Ipv6Prefix> Prefixes =>
        Gateway.TryFind(Datagram.Link, out var attachment) ? attachment.Binding?.HomeNetworkPrefixes ?? [] : [];

    /// <summary>The link-address of the message to the servers.</summary>
    public IPAddress? LinkAddress { get; set; }

    public static bool TryRead(GatewayState gateway, RoleInput.Udp datagram, [NotNullWhen(true)] out RelayedDhcpv6? read)
    {
        var isMessage = Dhcpv6Message.TryParse(datagram.Payload.Span, out var message, out var error);
        read = isMessage ? new RelayedDhcpv6(gateway, datagram, message!) : null;
        if (!isMessage)
        {
            gateway.Actions.Log("Dhcpv6Malformed", $"{datagram.Path.Source} on {datagram.Link}: {error?.Detail}");
        }
        return isMessage;
    }
}

/// <summary>
/// RFC 5213, Section 6.11: the DHCPv6 relay agent of a MAG, as RFC 8415, Section 19, describes relay agents. The link-address tells the
/// servers the mobile node's home link, wherever the mobile node is.
/// </summary>
internal static class Dhcpv6RelayRules
{
    /// <summary>The octets of an interface identifier.</summary>
    private const int LongestPrefix = 64;

    public static RuleList<RelayedDhcpv6> Default { get; } =
        new(
            new("RFC 8415 19.1", "FromMobileNode", FromMobileNode),
            new("6.11 b4", "LinkAddress", LinkAddress),
            new("RFC 8415 19.1", "Forwarded", Forwarded),
            new("RFC 8415 19.2", "FromServer", FromServer),
            new("RFC 8415 19.2", "Delivered", Delivered)
        );

    /// <summary>
    /// A relay agent on an access link would be behind a mobile node: the MAG relays for mobile nodes alone. DHCPv6 has no messages over
    /// IPv4.
    /// </summary>
    private static RuleOutcome FromMobileNode(RelayedDhcpv6 relayed) =>
        relayed.Port is not null
        && (relayed.Source.AddressFamily != AddressFamily.InterNetworkV6 || !IsOfClient(relayed.Message) || relayed.Prefixes.Count == 0)
            ? RuleOutcome.Stop
            : RuleOutcome.Continue;

    private static RuleOutcome LinkAddress(RelayedDhcpv6 relayed)
    {
        if (relayed.Port is { } port)
        {
            relayed.LinkAddress = relayed
                .Prefixes.Where(prefix => prefix.Length <= LongestPrefix)
                .Select(prefix => prefix.AddressWith(relayed.Gateway.Settings.LinkLayerAddressOn(port).InterfaceIdentifier()))
                .FirstOrDefault();
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Forwarded(RelayedDhcpv6 relayed)
    {
        if (relayed.Port is not { } port)
        {
            return RuleOutcome.Continue;
        }

        var forward = new Dhcpv6RelayMessage(
            Dhcpv6MessageType.RelayForward,
            HopCount: 0,
            relayed.LinkAddress ?? IPAddress.IPv6Any,
            relayed.Source,
            [
                new Dhcpv6InterfaceIdOption(IdentifierOf(port.Link)),
                new Dhcpv6RelayMessageOption(new OctetString(relayed.Datagram.Payload.ToArray())),
            ]
        ).ToBytes();
        if (forward.Length > UdpDatagram.MaximumPayload)
        {
            relayed.Gateway.Actions.Log("Dhcpv6TooLong", $"{relayed.Source} on {port.Link}: {forward.Length} octets fit into no datagram");
            return RuleOutcome.Stop;
        }

        foreach (var server in relayed.Gateway.Settings.Dhcpv6Servers)
        {
            var path = new UdpPath(relayed.Gateway.Settings.ProxyCareOfAddress, UdpPort.Dhcpv6Server, server, UdpPort.Dhcpv6Server);
            relayed.Gateway.Actions.Add(new RoleAction.SendUdp(path, Link: null, forward));
        }
        return RuleOutcome.Stop;
    }

    private static RuleOutcome FromServer(RelayedDhcpv6 relayed) =>
        relayed.Message is Dhcpv6RelayMessage { Type: Dhcpv6MessageType.RelayReply }
        && relayed.Datagram.Path.Destination.Equals(relayed.Gateway.Settings.ProxyCareOfAddress)
        && relayed.Gateway.Settings.Dhcpv6Servers.Any(server => server.IsIPv6Multicast || server.Equals(relayed.Source))
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    /// <summary>The server returns the Interface-Id, so that the link of the mobile node is known without any state.</summary>
    private static RuleOutcome Delivered(RelayedDhcpv6 relayed)
    {
        var gateway = relayed.Gateway;
        if (
            relayed.Message is Dhcpv6RelayMessage reply
            && reply.Options.First<Dhcpv6InterfaceIdOption>() is { Identifier: var identifier }
            && reply.Options.First<Dhcpv6RelayMessageOption>() is { Message: var message }
            && gateway.Settings.AccessLinks.FirstOrDefault(link => IdentifierOf(link.Link) == identifier) is { Link: var link }
            && gateway.LinkLocalAddressOn(link) is { } source
        )
        {
            var path = new UdpPath(source, UdpPort.Dhcpv6Server, reply.PeerAddress, UdpPort.Dhcpv6Client);
            gateway.Actions.Add(new RoleAction.SendUdp(path, link, message.Span.ToArray()));
        }
        return RuleOutcome.Continue;
    }

    private static bool IsOfClient(Dhcpv6Message message) =>
        message.Type
            is Dhcpv6MessageType.Solicit
                or Dhcpv6MessageType.Request
                or Dhcpv6MessageType.Confirm
                or Dhcpv6MessageType.Renew
                or Dhcpv6MessageType.Rebind
                or Dhcpv6MessageType.Release
                or Dhcpv6MessageType.Decline
                or Dhcpv6MessageType.InformationRequest;

    private static OctetString IdentifierOf(LinkId link) => new(Encoding.UTF8.GetBytes(link.Name));
}
