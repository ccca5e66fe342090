using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.MobileIpv6;

namespace Pmip.Node.Configuration;

/// <summary>The keys of settings whose names in the RFCs differ from their property names.</summary>
internal static class ConfigurationKeys
{
    /// <summary>RFC 5213, Section 2.2: LMAA and Proxy-CoA.</summary>
    public const string AnchorAddress = "LMAA",
        GatewayAddress = "Proxy-CoA";

    /// <summary>RFC 5213, Section 8.5.</summary>
    public const string AccessTechnology = "AccessTechnologyType";

    /// <summary>RFC 4861, Section 6.2.1.</summary>
    public const string ValidLifetime = "AdvValidLifetime",
        PreferredLifetime = "AdvPreferredLifetime";

    /// <summary>RFC 6275, Section 12.</summary>
    public const string InitialTimeout = "INITIAL_BINDACK_TIMEOUT",
        MaximumTimeout = "MAX_BINDACK_TIMEOUT";

    /// <summary>RFC 6275, Section 13.</summary>
    public const string FirstRegistrationTimeout = "InitialBindackTimeoutFirstReg";

    /// <summary>The key of a setting, by the name of its property.</summary>
    public static string Of(string property) =>
        property switch
        {
            nameof(LocalMobilityAnchorSettings.Address) or nameof(MobileAccessGatewaySettings.LocalMobilityAnchorAddress) => AnchorAddress,
            nameof(MobileAccessGatewaySettings.ProxyCareOfAddress) => GatewayAddress,
            nameof(MobileAccessGatewaySettings.AccessTechnology) => AccessTechnology,
            nameof(MobileAccessGatewaySettings.InitialBindackTimeout) or nameof(MobileNodeSettings.InitialTimeout) => InitialTimeout,
            nameof(MobileAccessGatewaySettings.MaxBindackTimeout) or nameof(MobileNodeSettings.MaximumTimeout) => MaximumTimeout,
            nameof(MobileNodeSettings.FirstRegistrationTimeout) => FirstRegistrationTimeout,
            _ => property,
        };
}
