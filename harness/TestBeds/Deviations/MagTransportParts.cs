using System.Net;
using Conformance.TestBeds.Simulated;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which mobile access gateways are made that reach their LMAs over IPv4 wrongly, or in an unusual way.</summary>
internal static class MagTransportParts
{
    /// <summary>The fault is in Proxy Binding Updates over IPv4, which the edit changes when all else is in them.</summary>
    public static Deviation Constructs(string name, string description, string statement, Action<UpdateDraft> edit) =>
        Deviation.OfMag(name, description, statement, rules => rules.Editing(edit));

    /// <summary>The fault is in the headers before Proxy Binding Updates over IPv4.</summary>
    public static Deviation Sends(
        string name,
        string description,
        string statement,
        Func<UpdateDraft, SignalingTransport, SignalingTransport> edit
    ) => Constructs(name, description, statement, draft => draft.Path = edit(draft, draft.Path));

    /// <summary>The fault is in the settings of IPv4 transport.</summary>
    public static Deviation Sets(
        string name,
        string description,
        string statement,
        Func<MobileAccessGatewaySettings, Ipv4GatewayTransport, MobileAccessGatewaySettings> change
    ) =>
        Deviation.Of(
            name,
            description,
            statement,
            mag =>
                mag with
                {
                    Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                        settings.Ipv4Transport is { } transport ? change(settings, transport) : settings
                    ),
                }
        ) with
        {
            Roles = ["MAG", "E2E"],
        };

    /// <summary>The fault is in a rule about answers, if the mobile node is registered over IPv4.</summary>
    public static Deviation Answers(
        string name,
        string description,
        string statement,
        string rule,
        Func<ReceivedAcknowledgement, NamedRule<ReceivedAcknowledgement>, RuleOutcome> apply
    ) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules =>
                rules.ProxyBindingAcknowledgement.FirstOrDefault(known => known.Name == rule) is { } known
                    ? rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing(
                            rule,
                            received => received.Transport is null ? known.Apply(received) : apply(received, known)
                        ),
                    }
                    : rules
        );

    /// <summary>The fault is in the frames that leave.</summary>
    public static Deviation Leaves(string name, string description, string statement, Func<IOutputFilter> filter) =>
        Deviation.Of(name, description, statement, mag => mag with { Output = filter }) with
        {
            Roles = ["MAG"],
        };

    /// <summary>The fault is in the tunnels over IPv4: the host makes others than the role has asked for.</summary>
    public static Deviation Tunnels(string name, string description, string statement, Func<Tunnel, Tunnel> map) =>
        Deviation.Of(
            name,
            description,
            statement,
            mag => mag with { Around = (_, create) => new RewritingRole(create()) { Actions = action => [Map(action, map)] } }
        ) with
        {
            Roles = ["MAG"],
        };

    /// <summary>The rules in which Proxy Binding Updates over IPv4 are changed when all else is in them.</summary>
    public static MobileAccessGatewayRules Editing(this MobileAccessGatewayRules rules, Action<UpdateDraft> edit) =>
        rules with
        {
            Construction = rules.Construction.InsertingBefore(
                "SecurityAssociation",
                new(
                    "RFC 5844 4.2",
                    "TransportFault",
                    draft =>
                    {
                        if (draft.Ipv4Anchor is not null)
                        {
                            edit(draft);
                        }
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    public static bool IsFirst(this UpdateDraft draft) => draft.Update.Kind == UpdateKind.Initial;

    public static bool IsOverIpv4(this Attachment attachment) => attachment.MobileNode.Ipv4AnchorAddress is not null;

    /// <summary>The headers with other addresses or ports of UDP.</summary>
    public static SignalingTransport WithPorts(this SignalingTransport path, ushort? source = null, ushort? destination = null) =>
        path switch
        {
            Ipv4UdpSignaling direct => direct with
            {
                SourcePort = source ?? direct.SourcePort,
                DestinationPort = destination ?? direct.DestinationPort,
            },
            Ipv4UdpIpv6Signaling inside => inside with
            {
                SourcePort = source ?? inside.SourcePort,
                DestinationPort = destination ?? inside.DestinationPort,
            },
            _ => path,
        };

    /// <summary>The headers with other addresses in the IPv6 packet behind UDP, if there is one.</summary>
    public static SignalingTransport WithInner(this SignalingTransport path, Func<Ipv6Signaling, Ipv6Signaling> edit) =>
        path is Ipv4UdpIpv6Signaling inside ? inside with { Inner = edit(inside.Inner) } : path;

    /// <summary>The IPv6 address in which an IPv4 address is mapped.</summary>
    public static IPAddress Mapped(IPAddress address) => address.MapToIPv6();

    /// <summary>The IPv6 address of the core link that goes with an IPv4 address.</summary>
    public static IPAddress Ipv6OnCore(IPAddress address)
    {
        var octets = IPAddress.Parse("2001:db8:100::").GetAddressBytes();
        octets[^1] = address.GetAddressBytes()[^1];
        return new IPAddress(octets);
    }

    /// <summary>The packet with another datagram in UDP, and the checksum that this one has.</summary>
    public static Ipv4Packet EditDatagram(Ipv4Packet packet, Func<UdpDatagram, UdpDatagram> edit) =>
        packet.Protocol == Ipv4Protocol.Udp && UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
            ? packet with
            {
                Payload = edit(datagram).ToBytes(packet.Source, packet.Destination),
            }
            : packet;

    /// <summary>The action for other tunnels over IPv4.</summary>
    public static RoleAction Map(RoleAction action, Func<Tunnel, Tunnel> map) =>
        action switch
        {
            RoleAction.AddTunnel add => new RoleAction.AddTunnel(MapIpv4(add.Tunnel, map)),
            RoleAction.RemoveTunnel remove => new RoleAction.RemoveTunnel(MapIpv4(remove.Tunnel, map)),
            RoleAction.AddRoute { Route: var route } => new RoleAction.AddRoute(MapRoute(route, map)),
            RoleAction.RemoveRoute { Route: var route } => new RoleAction.RemoveRoute(MapRoute(route, map)),
            _ => action,
        };

    private static Route MapRoute(Route route, Func<Tunnel, Tunnel> map) =>
        route.Target is RouteTarget.IntoTunnel into ? route with { Target = new RouteTarget.IntoTunnel(MapIpv4(into.Tunnel, map)) } : route;

    private static Tunnel MapIpv4(Tunnel tunnel, Func<Tunnel, Tunnel> map) => tunnel.Mode.IsOverIpv6() ? tunnel : map(tunnel);
}
