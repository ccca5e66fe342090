using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5213, Section 6.4: what advertisements say about the configuration of addresses.</summary>
/// <param name="Managed">M: DHCPv6 assigns addresses (RFC 4861, Section 4.2).</param>
/// <param name="OtherConfig">O: DHCPv6 has other parameters only.</param>
/// <param name="Autonomous">A: addresses may be formed from prefixes of 64 bits (RFC 4861, Section 4.6.2).</param>
public readonly record struct AddressConfigurationFlags(bool Managed, bool OtherConfig, bool Autonomous)
{
    /// <summary>
    /// The flags for a mobile node, on every access link the same: those of its profile. If the profile says nothing, addresses are
    /// autoconfigured, and those of DHCPv6 used too if there is a server.
    /// </summary>
    public static AddressConfigurationFlags For(AttachedMobileNode mobileNode, MobileAccessGatewaySettings settings) =>
        mobileNode.AddressConfiguration switch
        {
            AddressConfiguration.Stateless => new(Managed: false, OtherConfig: true, Autonomous: true),
            AddressConfiguration.Stateful => new(Managed: true, OtherConfig: false, Autonomous: false),
            AddressConfiguration.Both => new(Managed: true, OtherConfig: false, Autonomous: true),
            _ => new(Managed: settings.Dhcpv6Servers.Count > 0, OtherConfig: false, Autonomous: true),
        };

    /// <summary>A Prefix Information option with these flags.</summary>
    /// <param name="valid">The valid lifetime in seconds.</param>
    /// <param name="preferred">The preferred lifetime in seconds.</param>
    public PrefixInformationOption Information(Ipv6Prefix prefix, uint valid, uint preferred) =>
        new(prefix, OnLink: true, Autonomous && prefix.Length == 64, valid, preferred);
}
