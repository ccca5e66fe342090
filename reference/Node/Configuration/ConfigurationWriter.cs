using System.Text.Json;
using Pmip.Protocol;

namespace Pmip.Node.Configuration;

/// <summary>From the values of a configuration to its text; every value stands there, defaults too.</summary>
internal static class ConfigurationWriter
{
    public static string Write(NodeConfiguration configuration) => JsonSerializer.Serialize(
        new ConfigurationFile
        {
            Name = configuration.Name,
            Role = configuration.Role,
            Interfaces = [.. configuration.Interfaces.Select(Interface)],
            Routes = [.. configuration.Routes.Select(route => new ConfigurationFile.RouteSection { To = route.To, Via = route.Via, Link = route.Link })],
            LocalMobilityAnchor = configuration.LocalMobilityAnchor is { } anchor ? Anchor(anchor) : null,
            MobileAccessGateway = configuration.MobileAccessGateway is { } gateway ? Gateway(gateway) : null,
            DataPath = configuration.DataPath,
            ManagementSocket = configuration.ManagementSocket,
            ClockOffset = configuration.ClockOffset,
            Seed = configuration.Seed,
        },
        ConfigurationJson.Default.ConfigurationFile);

    private static ConfigurationFile.InterfaceSection Interface(NodeInterface on) => new()
    {
        Link = on.Link,
        Interface = on.Interface,
        Addresses = [.. on.Addresses],
        IsAccessLink = on.IsAccessLink,
        MacAddress = on.MacAddress,
    };

    private static ConfigurationFile.AnchorSection Anchor(LocalMobilityAnchorSettings settings) => new()
    {
        Address = settings.Address,
        AuthorizedMobileAccessGateways = [.. settings.AuthorizedMobileAccessGateways],
        PrefixPool = settings.PrefixPool,
        MobileNodes =
        [
            .. settings.MobileNodes.Select(policy => new ConfigurationFile.PolicySection
            {
                IdentifierPattern = policy.IdentifierPattern,
                ProxyRegistrationEnabled = policy.ProxyRegistrationEnabled,
                PrefixCount = policy.PrefixCount,
                AuthorizedPrefixes = [.. policy.AuthorizedPrefixes],
            }),
        ],
        MinDelayBeforeBCEDelete = settings.MinDelayBeforeBCEDelete,
        MaxDelayBeforeNewBCEAssign = settings.MaxDelayBeforeNewBCEAssign,
        TimestampValidityWindow = settings.TimestampValidityWindow,
        MaximumLifetime = settings.MaximumLifetime,
        WaitForDeregistrationOnUnknownHandoff = settings.WaitForDeregistrationOnUnknownHandoff,
        MobileNodeGeneratedTimestampInUse = settings.MobileNodeGeneratedTimestampInUse,
    };

    private static ConfigurationFile.GatewaySection Gateway(MobileAccessGatewaySettings settings) => new()
    {
        ProxyCareOfAddress = settings.ProxyCareOfAddress,
        LocalMobilityAnchorAddress = settings.LocalMobilityAnchorAddress,
        AccessLinks =
        [
            .. settings.AccessLinks.Select(link => new ConfigurationFile.AccessLinkSection
            {
                Link = link.Link.Name,
                MacAddress = link.MacAddress,
                BoundIdentifier = link.BoundIdentifier,
            }),
        ],
        Identification =
        [
            .. settings.Identification.Select(identification => new ConfigurationFile.IdentificationSection
            {
                MacPattern = identification.MacPattern,
                IdentifierFormat = identification.IdentifierFormat,
                HomeNetworkPrefixes = [.. identification.HomeNetworkPrefixes],
            }),
        ],
        RequestedLifetime = settings.RequestedLifetime,
        TimestampBasedApproachInUse = settings.TimestampBasedApproachInUse,
        FixedMAGLinkLocalAddressOnAllAccessLinks = settings.FixedMAGLinkLocalAddressOnAllAccessLinks,
        EnableMAGLocalRouting = settings.EnableMAGLocalRouting,
        AccessTechnology = settings.AccessTechnology,
        CoreMtu = settings.CoreMtu,
        InitialBindackTimeout = settings.InitialBindackTimeout,
        MaxBindackTimeout = settings.MaxBindackTimeout,
        RefreshAt = settings.RefreshAt,
    };
}
