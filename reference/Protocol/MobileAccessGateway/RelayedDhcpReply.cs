using System.Text;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A DHCP message of a server to the relay agent of the MAG: RFC 5844, Section 3.4.2.</summary>
public sealed class RelayedDhcpReply(GatewayState gateway, RoleInput.Udp datagram, DhcpMessage message, Now now)
{
    public GatewayState Gateway { get; } = gateway;

    public RoleInput.Udp Datagram { get; } = datagram;

    public DhcpMessage Message { get; set; } = message;

    public Now Now { get; } = now;

    /// <summary>The mobile node that the message is for, once it is found.</summary>
    public Attachment? Attachment { get; set; }

    /// <summary>The message had to wait for a registration, which has succeeded since.</summary>
    public bool IsResumed { get; set; }

    /// <summary>The Agent Circuit ID that the server has returned; null if it has returned none.</summary>
    internal OctetString? Circuit =>
        Message.Options.First<DhcpRelayAgentInformationOption>()?.SubOptions.First<CircuitIdSubOption>()?.Identifier;

    internal bool IsFor(Attachment attachment, OctetString? circuit) =>
        circuit is { } known ? CircuitOf(attachment.Link) == known : attachment.MobileNode.LinkLayerIdentifier == Message.HardwareAddress;

    /// <summary>The Agent Circuit ID of a link.</summary>
    public static OctetString CircuitOf(LinkId link) => new(Encoding.UTF8.GetBytes(link.Name));
}
