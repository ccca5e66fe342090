using System.Collections.Immutable;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>An event at an access link that shows that a mobile node is there: the link comes up, or a message arrives.</summary>
public sealed class DetectionEvent(GatewayState gateway, AccessLinkSettings port, Now now)
{
    /// <summary>How many addresses of a mobile node are remembered: one that always uses new ones does not exhaust the memory.</summary>
    private const int MaximumLinkLocalAddresses = 64;

    public GatewayState Gateway { get; } = gateway;

    public AccessLinkSettings Port { get; } = port;

    public Now Now { get; } = now;

    public LinkId Link => Port.Link;

    /// <summary>The ICMPv6 packet of the mobile node; null if the event is another one.</summary>
    public RoleInput.Icmp? Packet { get; init; }

    /// <summary>The message in <see cref="Packet"/>.</summary>
    public Icmpv6Message? Message { get; init; }

    /// <summary>The DHCP message of the mobile node; null if it has sent none.</summary>
    public RoleInput.Udp? Dhcp { get; init; }

    /// <summary>The identifier of the mobile node that was authenticated when the link came up.</summary>
    public string? Authenticated { get; init; }

    /// <summary>How the link has come up, if that was reported.</summary>
    public RoleInput.LinkUp? LinkUp => Gateway.LinkUps.GetValueOrDefault(Link);

    /// <summary>The link-layer address of the sender; null if it is not known.</summary>
    public MacAddress? LinkLayerAddress =>
        Packet?.LinkLayerSource
        ?? Dhcp?.LinkLayerSource
        ?? (Message as RouterSolicitation)?.Options.First<SourceLinkLayerAddressOption>()?.Address;

    /// <summary>The mobile node, once it is identified.</summary>
    public AttachedMobileNode? MobileNode { get; set; }

    /// <summary>The policy profile of the mobile node; null if there is none. Set by a rule of the identification.</summary>
    public MobileNodeProfile? Profile { get; set; }

    /// <summary>The mobile node was attached to this link before. Set by a rule of the detection.</summary>
    public bool IsAttached { get; set; }

    /// <summary>The mobile node as <paramref name="identifier"/> identifies it, without its profile.</summary>
    public void Identify(string identifier) =>
        MobileNode = new AttachedMobileNode(MobileNodeIdentifierOption.ForNai(identifier), Gateway.Settings.LocalMobilityAnchorAddress);

    /// <summary>The known properties of a mobile node, updated by this event.</summary>
    public AttachedMobileNode Update(AttachedMobileNode known) =>
        known with
        {
            LinkLayerIdentifier = MobileNode?.LinkLayerIdentifier ?? known.LinkLayerIdentifier,
            LinkLocalAddresses =
                known.LinkLocalAddresses.Count < MaximumLinkLocalAddresses
                    ? known.LinkLocalAddresses.Union(MobileNode?.LinkLocalAddresses ?? ImmutableHashSet<IPAddress>.Empty)
                    : known.LinkLocalAddresses,
        };
}
