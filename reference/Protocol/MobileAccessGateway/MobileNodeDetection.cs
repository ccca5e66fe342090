using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5213, Sections 6.6 and 6.9.1.1(1): identifies the mobile node on an access link by its port or its messages.</summary>
internal static class MobileNodeDetection
{
    /// <summary>The mobile node to which a port is bound, or which was authenticated there, before it has sent a message.</summary>
    public static AttachedMobileNode? AtPort(AccessLinkSettings link, string? authenticated = null) =>
        (link.BoundIdentifier ?? authenticated) is { } identifier
            ? new AttachedMobileNode(MobileNodeIdentifierOption.ForNai(identifier))
            : null;

    /// <summary>The mobile node that has sent a message, or null if it cannot be identified.</summary>
    public static AttachedMobileNode? Identify(GatewayState gateway, AccessLinkSettings link, RoleInput.Icmp icmp, Icmpv6Message message)
    {
        var address = icmp.LinkLayerSource ?? (message as RouterSolicitation)?.Options.First<SourceLinkLayerAddressOption>()?.Address;
        if (address == link.MacAddress)
        {
            return null;
        }

        var mobileNode = AtPort(link) ?? (address is { } mac ? ByLinkLayerAddress(gateway, mac) : null);
        if (mobileNode is null)
        {
            return null;
        }

        return mobileNode with
        {
            LinkLayerIdentifier = address is { } known ? new OctetString(known.ToArray()) : null,
            LinkLocalAddresses = LinkLocalAddressIn(icmp, message) is { } linkLocal ? [linkLocal] : [],
        };
    }

    /// <summary>The known properties of a mobile node, updated after a further message.</summary>
    public static AttachedMobileNode Merge(AttachedMobileNode known, AttachedMobileNode seen) =>
        known with
        {
            LinkLayerIdentifier = seen.LinkLayerIdentifier ?? known.LinkLayerIdentifier,
            LinkLocalAddresses = known.LinkLocalAddresses.Union(seen.LinkLocalAddresses),
        };

    private static AttachedMobileNode? ByLinkLayerAddress(GatewayState gateway, MacAddress address) =>
        gateway.Settings.Identification.FirstOrDefault(identification => identification.Matches(address)) is { } identification
            ? new AttachedMobileNode(MobileNodeIdentifierOption.ForNai(identification.IdentifierOf(address)))
            {
                HomeNetworkPrefixes = identification.HomeNetworkPrefixes,
            }
            : null;

    /// <summary>The source address of a message, or the address that the mobile node tests for uniqueness.</summary>
    private static IPAddress? LinkLocalAddressIn(RoleInput.Icmp icmp, Icmpv6Message message)
    {
        var address =
            message is NeighborSolicitation solicitation && icmp.Source.Equals(IPAddress.IPv6Any) ? solicitation.Target : icmp.Source;
        return address.IsIPv6LinkLocal ? new IPAddress(address.GetAddressBytes()) : null;
    }
}
