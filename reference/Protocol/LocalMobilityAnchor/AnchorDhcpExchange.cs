using System.Net;
using Pmip.Protocol.Dhcp;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A message to the DHCP server of a local mobility anchor while its rules are applied, and the answer to it.</summary>
public sealed class AnchorDhcpExchange(AnchorState anchor, RoleInput.Udp datagram, DhcpMessage request, Now now)
{
    public AnchorState Anchor { get; } = anchor;

    public RoleInput.Udp Datagram { get; } = datagram;

    public DhcpMessage Request { get; } = request;

    public Now Now { get; } = now;

    /// <summary>A relay agent has sent the message.</summary>
    public bool IsRelayed => !Request.RelayAddress.Equals(IPAddress.Any);

    /// <summary>What the relay agent says of the client; null if it says nothing.</summary>
    public RelayAgentSubOptionList? Agent => Request.Options.First<DhcpRelayAgentInformationOption>()?.SubOptions;

    /// <summary>The address that the client asks for or has; null if the message names none.</summary>
    public IPAddress? RequestedAddress => DhcpReply.RequestedAddress(Request);

    /// <summary>The identifier of the server for the client.</summary>
    public IPAddress? Server { get; set; }

    /// <summary>The address that the client may have, that of a session; null if there is none.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>The type of the answer; null until decided, and if there is none.</summary>
    public DhcpMessageType? AnswerType { get; set; }

    /// <summary>The options of the answer after the message type.</summary>
    public List<DhcpOption> AnswerOptions { get; } = [];

    /// <summary>yiaddr of the answer.</summary>
    public IPAddress YourAddress { get; set; } = IPAddress.Any;

    /// <summary>siaddr of the answer.</summary>
    public IPAddress ServerAddress { get; set; } = IPAddress.Any;

    /// <summary>Drops the message without an answer.</summary>
    public RuleOutcome Drop(string rule, string why)
    {
        Anchor.Actions.Log(rule, $"{Request.Type} of {Request.HardwareAddress} from {Datagram.Path.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
