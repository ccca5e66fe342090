using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The validation of Neighbor Discovery messages (RFC 4861, Sections 6.1 and 7.1).</summary>
public static class NeighborDiscoveryRules
{
    /// <summary>RFC 4861, Section 4.5. Redirects are validated, but have no effect.</summary>
    public const byte RedirectType = 137;

    /// <summary>Types 133 to 137; the rules do not apply to other messages.</summary>
    public static bool Concern(byte icmpType) => icmpType is >= Icmpv6Type.RouterSolicitation and <= RedirectType;

    /// <summary>True if the message was sent on the link and is valid.</summary>
    public static bool Allow(Ipv6Packet packet, byte code, Icmpv6Message message)
    {
        if (packet.HopLimit != LinkOutput.NeighborDiscoveryHopLimit || code != 0)
        {
            return false;
        }

        var fromNobody = packet.Source.Equals(IPAddress.IPv6Any);
        return message switch
        {
            RouterSolicitation rs => !fromNobody || !rs.Options.Has<SourceLinkLayerAddressOption>(),
            RouterAdvertisement => packet.Source.IsIPv6LinkLocal,
            NeighborSolicitation ns => !ns.Target.IsIPv6Multicast && (!fromNobody || IsUniquenessTest(packet, ns)),
            NeighborAdvertisement na => !na.Target.IsIPv6Multicast && !(na.Solicited && packet.Destination.IsIPv6Multicast),
            _ => true,
        };
    }

    private static bool IsUniquenessTest(Ipv6Packet packet, NeighborSolicitation solicitation) =>
        IsSolicitedNodeGroup(packet.Destination) && !solicitation.Options.Has<SourceLinkLayerAddressOption>();

    // ff02::1:ff00:0/104, regardless of the target: the owner of the target checks whether the group matches.
    private static bool IsSolicitedNodeGroup(IPAddress address) => _solicitedNodePrefix.Contains(address);

    private static readonly Ipv6Prefix _solicitedNodePrefix = Ipv6Prefix.Parse("ff02::1:ff00:0/104");
}
