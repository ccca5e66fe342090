using System.Net;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that send DHCPFORCERENEW wrongly or not at all: draft -04, Section 3.4.1.</summary>
internal static class MagForceRenewDeviations
{
    private static readonly IPAddress _otherServer = IPAddress.Parse("198.18.0.254");

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.Of(
            "mag-dhcp-forcerenew-unsent",
            "sends no DHCPFORCERENEW when a message for the server of another MAG comes",
            "ipv4-draft-04-3.4.1-k3",
            mag =>
                mag with
                {
                    Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                        settings.Ipv4 is { } ipv4 ? settings with { Ipv4 = ipv4 with { ForceRenewKey = null } } : settings
                    ),
                }
        ) with
        {
            Roles = ["MAG"],
        },
        Sends(
            "mag-dhcp-forcerenew-to-all",
            "sends DHCPFORCERENEW to all nodes of the link",
            "ipv4-draft-04-3.4.1-k3",
            (sent, _) => sent with { Path = ToAll(sent.Path), LinkLayerDestination = null }
        ),
        Sends(
            "mag-dhcp-forcerenew-of-another-server",
            "names another server in DHCPFORCERENEW",
            "ipv4-draft-04-3.4.1-k4",
            (sent, message) => sent with { Payload = WithServer(message, new DhcpServerIdentifierOption(_otherServer)).ToBytes() }
        ),
        Sends(
            "mag-dhcp-forcerenew-of-no-server",
            "names no server in DHCPFORCERENEW",
            "ipv4-draft-04-3.4.1-k4",
            (sent, message) => sent with { Payload = WithServer(message, null).ToBytes() }
        ),
    ];

    /// <summary>A MAG that changes what it sends as DHCPFORCERENEW.</summary>
    public static Func<Implementation, Implementation> Changing(Func<RoleAction.SendUdp, DhcpMessage, RoleAction> change) =>
        mag =>
            mag with
            {
                Around = (node, create) =>
                    node.Role == NodeRole.Mag
                        ? new ActingRole(
                            create(),
                            action =>
                                action is RoleAction.SendUdp sent
                                && DhcpMessage.TryParse(sent.Payload.Span, out var message, out _)
                                && message.Type == DhcpMessageType.ForceRenew
                                    ? [change(sent, message)]
                                    : [action]
                        )
                        : create(),
            };

    private static Deviation Sends(
        string name,
        string description,
        string statement,
        Func<RoleAction.SendUdp, DhcpMessage, RoleAction> change
    ) => Deviation.Of(name, description, statement, Changing(change)) with { Roles = ["MAG"] };

    private static UdpPath ToAll(UdpPath path) => new(path.Source, path.SourcePort, IPAddress.Broadcast, path.DestinationPort);

    /// <summary>The message with another server, and authentic.</summary>
    private static DhcpMessage WithServer(DhcpMessage message, DhcpServerIdentifierOption? server)
    {
        var others = message.Options.Where(option => option is not DhcpServerIdentifierOption);
        return Authentic(message with { Options = new DhcpOptionList(server is null ? others : others.Append(server)) });
    }

    /// <summary>A changed message, authenticated anew.</summary>
    public static DhcpMessage Authentic(DhcpMessage message) =>
        ReferenceKeys.ForceRenew.Authenticate(message, message.Options.First<DhcpAuthenticationOption>()?.ReplayDetection ?? 0);
}
