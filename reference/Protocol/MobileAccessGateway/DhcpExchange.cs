using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Protocol.Dhcp;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A DHCP message of a mobile node while the rules of RFC 5844, Section 3.4, are applied, and the answer to it.</summary>
public sealed class DhcpExchange(GatewayState gateway, RoleInput.Udp datagram, DhcpMessage request, Now now)
{
    public GatewayState Gateway { get; } = gateway;

    public RoleInput.Udp Datagram { get; } = datagram;

    public DhcpMessage Request { get; } = request;

    public Now Now { get; } = now;

    /// <summary>The message had to wait for a registration, which has succeeded or failed since.</summary>
    public bool IsResumed { get; private init; }

    /// <summary>The prefixes that the mobile node had when the message came.</summary>
    public IReadOnlyList<Ipv6Prefix> KnownPrefixes { get; private init; } =
        gateway.TryFind(datagram.Link, out var sender) ? sender.Prefixes : [];

    public LinkId Link => Datagram.Link;

    /// <summary>The mobile node on the link, whatever the message says about its sender.</summary>
    public Attachment? Attachment => Gateway.TryFind(Link, out var attachment) ? attachment : null;

    /// <summary>What is assigned to the mobile node; null if nothing.</summary>
    public Ipv4Registration? Ipv4 => Attachment?.Binding?.Ipv4;

    /// <summary>The address of the DHCP server or relay agent of the MAG for this mobile node; null if there is none.</summary>
    public IPAddress? DhcpAddress => Gateway.Ipv4On(Link)?.DhcpAddress;

    public bool IsUnicast => !Datagram.Path.Destination.Equals(IPAddress.Broadcast);

    /// <summary>The server that the client means; null if the message is for all servers.</summary>
    public IPAddress? Server =>
        Request.Options.First<DhcpServerIdentifierOption>()?.Address ?? (IsUnicast ? Datagram.Path.Destination : null);

    /// <summary>The address that the client asks for or has; null if the message names none.</summary>
    public IPAddress? RequestedAddress => DhcpReply.RequestedAddress(Request);

    /// <summary>The type of the answer; null until decided, and if there is none.</summary>
    public DhcpMessageType? AnswerType { get; set; }

    /// <summary>The options of the answer after the message type.</summary>
    public List<DhcpOption> AnswerOptions { get; } = [];

    /// <summary>yiaddr of the answer.</summary>
    public IPAddress YourAddress { get; set; } = IPAddress.Any;

    /// <summary>siaddr of the answer.</summary>
    public IPAddress ServerAddress { get; set; } = IPAddress.Any;

    /// <summary>The answer comes from this address.</summary>
    public IPAddress? Source { get; set; }

    public static bool TryRead(GatewayState gateway, RoleInput.Udp datagram, Now now, [NotNullWhen(true)] out DhcpExchange? read)
    {
        var isMessage = DhcpMessage.TryParse(datagram.Payload.Span, out var message, out var error);
        read = isMessage ? new DhcpExchange(gateway, datagram, message!, now) : null;
        if (!isMessage)
        {
            gateway.Actions.Log("DhcpMalformed", $"{datagram.Path.Source} on {datagram.Link}: {error?.Detail}");
        }
        return isMessage;
    }

    /// <summary>Handles the message of a link that waits for a registration, if there is one.</summary>
    public static void Resume(GatewayState gateway, LinkId link, Now now)
    {
        if (gateway.HeldDhcp.Remove(link, out var held))
        {
            var resumed = new DhcpExchange(gateway, held.Datagram, held.Request, now)
            {
                IsResumed = true,
                KnownPrefixes = held.KnownPrefixes,
            };
            gateway.Rules.Dhcp.Apply(resumed);
        }
    }

    /// <summary>Drops the message without an answer.</summary>
    public RuleOutcome Drop(string rule, string why)
    {
        Gateway.Actions.Log(rule, $"{Request.Type} from {Attachment?.MobileNode.Identifier.Nai ?? "unknown mobile node"} on {Link}: {why}");
        return RuleOutcome.Stop;
    }

    /// <summary>Sends the answer.</summary>
    public void Answer()
    {
        if (AnswerType is not { } type || Source is not { } source)
        {
            return;
        }

        var isRefusal = type == DhcpMessageType.Nak;
        var answer = DhcpReply.To(Request, type, AnswerOptions) with { YourAddress = YourAddress, ServerAddress = ServerAddress };
        DhcpDelivery.ToClient(Gateway, Link, source, answer, isRefusal ? IPAddress.Any : Request.ClientAddress);
    }
}
