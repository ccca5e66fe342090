using System.Net;
using Pmip.Protocol.Dhcp;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 2131, Section 4.1: how a message gets to a client on a link.</summary>
internal static class DhcpDelivery
{
    /// <param name="source">The address of the server or relay agent.</param>
    /// <param name="clientAddress">The address that the client uses already; 0.0.0.0 if it uses none.</param>
    public static void ToClient(GatewayState gateway, LinkId link, IPAddress source, DhcpMessage message, IPAddress clientAddress)
    {
        var isUsed = !clientAddress.Equals(IPAddress.Any);
        var hardware = LinkLayerOf(message);
        var address = isUsed ? clientAddress : message.YourAddress;
        var isUnicast = hardware is not null && !address.Equals(IPAddress.Any) && (isUsed || !message.Broadcast);
        var path = new UdpPath(source, UdpPort.DhcpServer, isUnicast ? address : IPAddress.Broadcast, UdpPort.DhcpClient);

        // The client does not answer for an address that it has not configured yet, so its link-layer address is not resolved.
        var to = isUnicast ? hardware : null;
        if (DhcpDatagram.TryWrite(message, gateway.Actions, out var bytes))
        {
            gateway.Actions.Add(new RoleAction.SendUdp(path, link, bytes) { LinkLayerDestination = to });
        }
    }

    private static MacAddress? LinkLayerOf(DhcpMessage message) =>
        message.HardwareType == DhcpMessage.EthernetHardwareType && message.HardwareAddress.Length == MacAddress.Length
            ? new MacAddress(message.HardwareAddress.Span)
            : null;
}
