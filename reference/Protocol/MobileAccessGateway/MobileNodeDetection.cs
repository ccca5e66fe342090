using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5213, Sections 6.6 and 6.9.1.1(1): who is at an access link, by its port or by what it sends.</summary>
internal static class MobileNodeDetection
{
    /// <summary>The mobile node that a port is bound to, or that was authenticated there, before it has sent anything.</summary>
    public static AttachedMobileNode? AtPort(AccessLinkSettings link, string? authenticated = null) =>
        (link.BoundIdentifier ?? authenticated) is { } identifier
            ? new AttachedMobileNode(MobileNodeIdentifierOption.ForNai(identifier))
            : null;

    /// <summary>The mobile node that has sent a message, or null if nobody knows it.</summary>
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

    /// <summary>What is known of a mobile node after it has been seen again.</summary>
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

    /// <summary>The address it sends from, or the one it tests for uniqueness before it sends from it.</summary>
    private static IPAddress? LinkLocalAddressIn(RoleInput.Icmp icmp, Icmpv6Message message)
    {
        var address =
            message is NeighborSolicitation solicitation && icmp.Source.Equals(IPAddress.IPv6Any) ? solicitation.Target : icmp.Source;
        return address.IsIPv6LinkLocal ? new IPAddress(address.GetAddressBytes()) : null;
    }
}
