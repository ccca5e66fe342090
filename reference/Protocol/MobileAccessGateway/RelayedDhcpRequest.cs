using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A DHCP message of a mobile node while the relay agent of the MAG changes it: RFC 5844, Section 3.4.2.</summary>
public sealed class RelayedDhcpRequest(DhcpExchange exchange)
{
    public DhcpExchange Exchange { get; } = exchange;

    public GatewayState Gateway => Exchange.Gateway;

    public DhcpMessage Message => Exchange.Request;

    /// <summary>giaddr of the message to the servers, and its source.</summary>
    public IPAddress? RelayAddress { get; set; }

    /// <summary>The sub-options of the Relay Agent Information option; none to leave it out.</summary>
    public List<RelayAgentSubOption> SubOptions { get; } = [];

    /// <summary>The message to the servers.</summary>
    public DhcpMessage ToMessage() =>
        Message with
        {
            Hops = (byte)(Message.Hops + 1),
            RelayAddress = RelayAddress ?? IPAddress.Any,
            Options =
                SubOptions.Count == 0
                    ? Message.Options
                    : new DhcpOptionList(
                        Message.Options.Append(new DhcpRelayAgentInformationOption(new RelayAgentSubOptionList(SubOptions)))
                    ),
        };
}
