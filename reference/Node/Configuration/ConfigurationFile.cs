using System.Net;
using System.Text.Json.Serialization;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

/// <summary>
/// A configuration as it stands in a file. What is null does not stand there and has its default, which the settings
/// of the roles know.
/// </summary>
internal sealed class ConfigurationFile
{
    public string? Name { get; set; }

    public string? Role { get; set; }

    public List<InterfaceSection>? Interfaces { get; set; }

    public List<RouteSection>? Routes { get; set; }

    public AnchorSection? LocalMobilityAnchor { get; set; }

    public GatewaySection? MobileAccessGateway { get; set; }

    public string? DataPath { get; set; }

    public string? ManagementSocket { get; set; }

    public TimeSpan? ClockOffset { get; set; }

    public int? Seed { get; set; }

    internal sealed class InterfaceSection
    {
        public string? Link { get; set; }

        public string? Interface { get; set; }

        public List<InterfaceAddress>? Addresses { get; set; }

        public bool? IsAccessLink { get; set; }

        public MacAddress? MacAddress { get; set; }
    }

    internal sealed class RouteSection
    {
        public Ipv6Prefix? To { get; set; }

        public IPAddress? Via { get; set; }

        public string? Link { get; set; }
    }

    /// <summary>RFC 5213, Section 9.1, and what else an anchor has to know.</summary>
    internal sealed class AnchorSection
    {
        [JsonPropertyName(AnchorAddress)]
        public IPAddress? Address { get; set; }

        public List<IPAddress>? AuthorizedMobileAccessGateways { get; set; }

        public Ipv6Prefix? PrefixPool { get; set; }

        public List<PolicySection>? MobileNodes { get; set; }

        public TimeSpan? MinDelayBeforeBCEDelete { get; set; }

        public TimeSpan? MaxDelayBeforeNewBCEAssign { get; set; }

        public TimeSpan? TimestampValidityWindow { get; set; }

        public TimeSpan? MaximumLifetime { get; set; }

        public bool? WaitForDeregistrationOnUnknownHandoff { get; set; }

        public bool? MobileNodeGeneratedTimestampInUse { get; set; }
    }

    internal sealed class PolicySection
    {
        public string? IdentifierPattern { get; set; }

        public bool? ProxyRegistrationEnabled { get; set; }

        public int? PrefixCount { get; set; }

        public List<Ipv6Prefix>? AuthorizedPrefixes { get; set; }
    }

    /// <summary>RFC 5213, Sections 9.2 and 9.3, RFC 6275, Section 12, and what else a gateway has to know.</summary>
    internal sealed class GatewaySection
    {
        [JsonPropertyName(GatewayAddress)]
        public IPAddress? ProxyCareOfAddress { get; set; }

        [JsonPropertyName(AnchorAddress)]
        public IPAddress? LocalMobilityAnchorAddress { get; set; }

        public List<AccessLinkSection>? AccessLinks { get; set; }

        public List<IdentificationSection>? Identification { get; set; }

        public TimeSpan? RequestedLifetime { get; set; }

        public bool? TimestampBasedApproachInUse { get; set; }

        public IPAddress? FixedMAGLinkLocalAddressOnAllAccessLinks { get; set; }

        public bool? EnableMAGLocalRouting { get; set; }

        [JsonPropertyName("AccessTechnologyType")]
        public AccessTechnologyType? AccessTechnology { get; set; }

        public uint? CoreMtu { get; set; }

        [JsonPropertyName(InitialTimeout)]
        public TimeSpan? InitialBindackTimeout { get; set; }

        [JsonPropertyName(MaximumTimeout)]
        public TimeSpan? MaxBindackTimeout { get; set; }

        public double? RefreshAt { get; set; }
    }

    internal sealed class AccessLinkSection
    {
        public string? Link { get; set; }

        public MacAddress? MacAddress { get; set; }

        public string? BoundIdentifier { get; set; }
    }

    internal sealed class IdentificationSection
    {
        public string? MacPattern { get; set; }

        public string? IdentifierFormat { get; set; }

        public List<Ipv6Prefix>? HomeNetworkPrefixes { get; set; }
    }

    private const string AnchorAddress = "LMAA", GatewayAddress = "Proxy-CoA", InitialTimeout = "INITIAL_BINDACK_TIMEOUT", MaximumTimeout = "MAX_BINDACK_TIMEOUT";

    /// <summary>The key of a setting, where the RFC's name of it is not the setting's.</summary>
    internal static string KeyOf(string setting) => setting switch
    {
        nameof(LocalMobilityAnchorSettings.Address) or nameof(MobileAccessGatewaySettings.LocalMobilityAnchorAddress) => AnchorAddress,
        nameof(MobileAccessGatewaySettings.ProxyCareOfAddress) => GatewayAddress,
        nameof(MobileAccessGatewaySettings.InitialBindackTimeout) => InitialTimeout,
        nameof(MobileAccessGatewaySettings.MaxBindackTimeout) => MaximumTimeout,
        _ => setting,
    };
}
