using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Pmip.Node.Configuration.ConfigurationSection;

namespace Pmip.Node.Configuration;

/// <summary>Reads a configuration from its text. Hand-written: a serializer would double the start time of a node.</summary>
internal static class ConfigurationReader
{
    private const string Ipv4TransportAddress =
        $"{nameof(MobileAccessGatewaySettings.Ipv4Transport)}.{nameof(Ipv4GatewayTransport.Address)}";

    public static NodeConfiguration Read(string json, string file) =>
        SectionOf(section => ReadNode(section, file))(LocatedValue.Parse(json, file));

    private static NodeConfiguration ReadNode(ConfigurationSection section, string file)
    {
        var defaults = new NodeConfiguration
        {
            Name = "",
            Role = "",
            Interfaces = [],
        };
        var configuration = new NodeConfiguration
        {
            Name = section.Required("Name", Text),
            Role = section.Required("Role", Text),
            Interfaces = section.Required("Interfaces", ListOf(SectionOf(ReadInterface))),
            Routes = section.Optional("Routes", ListOf(SectionOf(ReadRoute)), defaults.Routes),
            LocalMobilityAnchor = section.Optional("LocalMobilityAnchor", SectionOf(ReadAnchor), null!),
            HomeAgent = section.Optional(nameof(NodeConfiguration.HomeAgent), SectionOf(MobilityReader.ReadHomeAgent), null!),
            CorrespondentNode = section.Optional(
                nameof(NodeConfiguration.CorrespondentNode),
                SectionOf(MobilityReader.ReadCorrespondent),
                null!
            ),
            MobileNode = section.Optional(nameof(NodeConfiguration.MobileNode), SectionOf(MobilityReader.ReadMobileNode), null!),
            Router = section.Optional(nameof(NodeConfiguration.Router), SectionOf(MobilityReader.ReadRouter), null!),
            Security = section.Optional("Security", SectionOf(security => SecurityReader.Read(security, file)), null!),
            DataPath = section.Optional("DataPath", Text, defaults.DataPath),
            ManagementSocket = section.Optional("ManagementSocket", Text, null!),
            StateDirectory = section.Optional("StateDirectory", Text, null!),
            ClockOffset = section.Optional("ClockOffset", Milliseconds, defaults.ClockOffset),
            Seed = section.Nullable("Seed", Integer),
            FailsAtMessage = section.Nullable("FailsAtMessage", Integer),
        };
        configuration = configuration with
        {
            MobileAccessGateway = section.Optional(
                "MobileAccessGateway",
                SectionOf(gateway => ReadGateway(gateway, configuration.Interfaces)),
                null!
            ),
        };
        section.RefuseUnknown();
        Validate(configuration, section);
        return configuration;
    }

    private static InterfaceConfiguration ReadInterface(ConfigurationSection section) =>
        new()
        {
            Link = section.Required("Link", Text),
            Interface = section.Required("Interface", Text),
            Addresses = section.Optional("Addresses", ListOf(AddressWithLength), []),
            IsAccessLink = section.Optional("IsAccessLink", Boolean, false),
            MacAddress = section.Nullable("MacAddress", MacAddress),
        };

    private static NodeRoute ReadRoute(ConfigurationSection section)
    {
        var route = new NodeRoute
        {
            To = section.Required("To", AnyPrefix),
            Via = section.Optional<IPAddress?>("Via", AnyNodeAddress, null),
            Link = section.Optional<string?>("Link", Text, null),
        };
        if (route.Via is { } via && IpPrefix.Of(via).IsIpv4 != route.To.IsIpv4)
        {
            throw section.Error("Via", $"{via} is not of the family of {route.To}");
        }
        return route is { Link: null, Via: null or { IsIPv6LinkLocal: true } } ? throw section.Error("Link", "is missing") : route;
    }

    /// <summary>RFC 5213, Section 9.1, and further settings of a local mobility anchor.</summary>
    private static LocalMobilityAnchorSettings ReadAnchor(ConfigurationSection section)
    {
        var required = new LocalMobilityAnchorSettings
        {
            Address = section.Required(ConfigurationKeys.AnchorAddress, NodeAddress),
            PrefixPool = section.Required(nameof(LocalMobilityAnchorSettings.PrefixPool), Prefix),
        };
        var settings = required with
        {
            AuthorizedMobileAccessGateways = section.Optional(
                nameof(required.AuthorizedMobileAccessGateways),
                ListOf(AnyNodeAddress),
                required.AuthorizedMobileAccessGateways
            ),
            ProtectionRequired = section.Optional(nameof(required.ProtectionRequired), Boolean, required.ProtectionRequired),
            ProtectedTunnels = section.Optional(nameof(required.ProtectedTunnels), ListOf(NodeAddress), required.ProtectedTunnels),
            MobileNodes = section.Optional(nameof(required.MobileNodes), ListOf(SectionOf(ReadPolicy)), required.MobileNodes),
            Ipv4 = section.Optional<Ipv4AnchorSettings?>(nameof(required.Ipv4), SectionOf(ReadIpv4), null),
            Ipv4Transport = section.Optional<Ipv4AnchorTransport?>(
                nameof(required.Ipv4Transport),
                SectionOf(TransportReader.ReadAnchor),
                null
            ),
            MinDelayBeforeBCEDelete = section.Optional(
                nameof(required.MinDelayBeforeBCEDelete),
                Milliseconds,
                required.MinDelayBeforeBCEDelete
            ),
            MaxDelayBeforeNewBCEAssign = section.Optional(
                nameof(required.MaxDelayBeforeNewBCEAssign),
                Milliseconds,
                required.MaxDelayBeforeNewBCEAssign
            ),
            TimestampValidityWindow = section.Optional(
                nameof(required.TimestampValidityWindow),
                Milliseconds,
                required.TimestampValidityWindow
            ),
            MaximumLifetime = section.Optional(nameof(required.MaximumLifetime), Milliseconds, required.MaximumLifetime),
            WaitForDeregistrationOnUnknownHandoff = section.Optional(
                nameof(required.WaitForDeregistrationOnUnknownHandoff),
                Boolean,
                required.WaitForDeregistrationOnUnknownHandoff
            ),
            AnnounceRoutes = section.Optional(nameof(required.AnnounceRoutes), Boolean, required.AnnounceRoutes),
            TimestampBasedApproachInUse = section.Optional(
                nameof(required.TimestampBasedApproachInUse),
                Boolean,
                required.TimestampBasedApproachInUse
            ),
            MobileNodeGeneratedTimestampInUse = section.Optional(
                nameof(required.MobileNodeGeneratedTimestampInUse),
                Boolean,
                required.MobileNodeGeneratedTimestampInUse
            ),
        };
        Check(settings.Validate, section);
        return settings;
    }

    private static MobileNodePolicy ReadPolicy(ConfigurationSection section)
    {
        var required = new MobileNodePolicy { IdentifierPattern = section.Required(nameof(MobileNodePolicy.IdentifierPattern), Text) };
        return required with
        {
            ProxyRegistrationEnabled = section.Optional(
                nameof(required.ProxyRegistrationEnabled),
                Boolean,
                required.ProxyRegistrationEnabled
            ),
            PrefixCount = section.Optional(nameof(required.PrefixCount), Integer, required.PrefixCount),
            AuthorizedPrefixes = section.Optional(nameof(required.AuthorizedPrefixes), ListOf(Prefix), required.AuthorizedPrefixes),
            IpVersions = section.Optional(nameof(required.IpVersions), OneOf<IpVersions>, required.IpVersions),
            Ipv4AddressCount = section.Optional(nameof(required.Ipv4AddressCount), Integer, required.Ipv4AddressCount),
            Ipv4HomeAddresses = section.Optional(nameof(required.Ipv4HomeAddresses), ListOf(AnyNodeAddress), required.Ipv4HomeAddresses),
        };
    }

    /// <summary>RFC 5844, Section 3.1.</summary>
    private static Ipv4AnchorSettings ReadIpv4(ConfigurationSection section)
    {
        var required = new Ipv4AnchorSettings
        {
            HomeNetwork = section.Required(nameof(Ipv4AnchorSettings.HomeNetwork), AnyPrefix),
            DefaultRouter = section.Required(nameof(Ipv4AnchorSettings.DefaultRouter), AnyNodeAddress),
        };
        var settings = required with
        {
            Edition = section.Optional(nameof(required.Edition), OneOf<Ipv4Edition>, required.Edition),
            AddressPool = section.Nullable(nameof(required.AddressPool), AnyPrefix),
            Ipv4RoutingEnabled = section.Optional(nameof(required.Ipv4RoutingEnabled), Boolean, required.Ipv4RoutingEnabled),
            Ipv6RoutingEnabled = section.Optional(nameof(required.Ipv6RoutingEnabled), Boolean, required.Ipv6RoutingEnabled),
            GatewayActsAsDhcpServer = section.Nullable(nameof(required.GatewayActsAsDhcpServer), Boolean),
            FixedDHCPServerId = section.Optional(nameof(required.FixedDHCPServerId), AnyAddress, required.FixedDHCPServerId),
            DhcpServerAddress = section.Optional<IPAddress?>(nameof(required.DhcpServerAddress), AnyNodeAddress, null),
            DhcpPool = section.Nullable(nameof(required.DhcpPool), AnyPrefix),
            LeaseTime = section.Optional(nameof(required.LeaseTime), Milliseconds, required.LeaseTime),
            TunnelMtu = section.Optional(nameof(required.TunnelMtu), Mtu, required.TunnelMtu),
        };
        Check(settings.Validate, section);
        return settings;
    }

    /// <summary>RFC 5213, Sections 9.2 and 9.3, RFC 6275, Section 12, and further settings of a mobile access gateway.</summary>
    private static MobileAccessGatewaySettings ReadGateway(ConfigurationSection section, IReadOnlyList<InterfaceConfiguration> interfaces)
    {
        var required = new MobileAccessGatewaySettings
        {
            ProxyCareOfAddress = section.Required(ConfigurationKeys.GatewayAddress, NodeAddress),
            LocalMobilityAnchorAddress = section.Required(ConfigurationKeys.AnchorAddress, NodeAddress),
        };
        var settings = required with
        {
            ProtectionRequired = section.Optional(nameof(required.ProtectionRequired), Boolean, required.ProtectionRequired),
            ProtectedTunnels = section.Optional(nameof(required.ProtectedTunnels), ListOf(NodeAddress), required.ProtectedTunnels),
            AccessLinks = section.Optional(
                nameof(required.AccessLinks),
                ListOf(SectionOf(link => ReadAccessLink(link, interfaces))),
                required.AccessLinks
            ),
            Identification = section.Optional(
                nameof(required.Identification),
                ListOf(SectionOf(ReadIdentification)),
                required.Identification
            ),
            Profiles = section.Optional(nameof(required.Profiles), ListOf(SectionOf(ReadProfile)), required.Profiles),
            RequestedLifetime = section.Optional(nameof(required.RequestedLifetime), Milliseconds, required.RequestedLifetime),
            TimestampBasedApproachInUse = section.Optional(
                nameof(required.TimestampBasedApproachInUse),
                Boolean,
                required.TimestampBasedApproachInUse
            ),
            FixedMAGLinkLocalAddressOnAllAccessLinks = section.Optional(
                nameof(required.FixedMAGLinkLocalAddressOnAllAccessLinks),
                Address,
                required.FixedMAGLinkLocalAddressOnAllAccessLinks
            ),
            FixedMAGLinkLayerAddressOnAllAccessLinks = section.Optional(
                nameof(required.FixedMAGLinkLayerAddressOnAllAccessLinks),
                MacAddress,
                required.FixedMAGLinkLayerAddressOnAllAccessLinks
            ),
            MobileNodeGeneratedTimestampInUse = section.Optional(
                nameof(required.MobileNodeGeneratedTimestampInUse),
                Boolean,
                required.MobileNodeGeneratedTimestampInUse
            ),
            EnableMAGLocalRouting = section.Optional(nameof(required.EnableMAGLocalRouting), Boolean, required.EnableMAGLocalRouting),
            Dhcpv6Servers = section.Optional(nameof(required.Dhcpv6Servers), ListOf(Address), required.Dhcpv6Servers),
            Ipv4 = section.Optional<Ipv4GatewaySettings?>(nameof(required.Ipv4), SectionOf(ReadIpv4OfGateway), null),
            Ipv4Transport = section.Optional<Ipv4GatewayTransport?>(
                nameof(required.Ipv4Transport),
                SectionOf(TransportReader.ReadGateway),
                null
            ),
            AccessTechnology = section.Optional(ConfigurationKeys.AccessTechnology, OneOf<AccessTechnologyType>, required.AccessTechnology),
            CoreMtu = section.Optional(nameof(required.CoreMtu), Count, required.CoreMtu),
            InitialBindackTimeout = section.Optional(ConfigurationKeys.InitialTimeout, Milliseconds, required.InitialBindackTimeout),
            MaxBindackTimeout = section.Optional(ConfigurationKeys.MaximumTimeout, Milliseconds, required.MaxBindackTimeout),
            RefreshAt = section.Optional(nameof(required.RefreshAt), Fraction, required.RefreshAt),
        };
        Check(settings.Validate, section);
        return settings;
    }

    /// <summary>RFC 5844, Section 3, and its drafts.</summary>
    private static Ipv4GatewaySettings ReadIpv4OfGateway(ConfigurationSection section)
    {
        var defaults = new Ipv4GatewaySettings();
        return new Ipv4GatewaySettings
        {
            Edition = section.Optional(nameof(defaults.Edition), OneOf<Ipv4Edition>, defaults.Edition),
            ActsAsDhcpServer = section.Optional(nameof(defaults.ActsAsDhcpServer), Boolean, defaults.ActsAsDhcpServer),
            FixedDHCPServerId = section.Optional(nameof(defaults.FixedDHCPServerId), AnyAddress, defaults.FixedDHCPServerId),
            DhcpAddress = section.Optional<IPAddress?>(nameof(defaults.DhcpAddress), AnyNodeAddress, null),
            DhcpServers = section.Optional(nameof(defaults.DhcpServers), ListOf(AnyNodeAddress), defaults.DhcpServers),
            RelayAddress = section.Optional<IPAddress?>(nameof(defaults.RelayAddress), AnyNodeAddress, null),
            OverridesServerIdentifier = section.Optional(
                nameof(defaults.OverridesServerIdentifier),
                Boolean,
                defaults.OverridesServerIdentifier
            ),
            LeaseTime = section.Optional(nameof(defaults.LeaseTime), Milliseconds, defaults.LeaseTime),
            WaitsForDhcp = section.Optional(nameof(defaults.WaitsForDhcp), Boolean, defaults.WaitsForDhcp),
        };
    }

    /// <summary>The MAC address is given with the access link or with the interface; if both are given, they must be equal.</summary>
    private static AccessLinkSettings ReadAccessLink(ConfigurationSection section, IReadOnlyList<InterfaceConfiguration> interfaces)
    {
        var link = section.Required("Link", Text);
        var address = section.Nullable("MacAddress", MacAddress);
        if (interfaces.FirstOrDefault(candidate => candidate.Link == link) is not { IsAccessLink: true } on)
        {
            throw section.Error("Link", $"'{link}' is not the link of an interface with IsAccessLink");
        }
        if (address is not null && on.MacAddress is { } other && address != other)
        {
            throw section.Error("MacAddress", $"the interface of '{link}' has another address, {other}");
        }

        return new AccessLinkSettings
        {
            Link = on.Id,
            MacAddress = address ?? on.MacAddress ?? throw section.Error("MacAddress", "is missing, both here and with the interface"),
            BoundIdentifier = section.Optional<string?>("BoundIdentifier", Text, null),
            Mtu = section.Optional("Mtu", Count, 1500u),
            VisitedPrefix = section.Nullable("VisitedPrefix", Prefix),
        };
    }

    private static MobileNodeIdentification ReadIdentification(ConfigurationSection section) =>
        new()
        {
            MacPattern = section.Required(nameof(MobileNodeIdentification.MacPattern), Text),
            IdentifierFormat = section.Required(nameof(MobileNodeIdentification.IdentifierFormat), Text),
        };

    private static MobileNodeProfile ReadProfile(ConfigurationSection section) =>
        new()
        {
            IdentifierPattern = section.Required(nameof(MobileNodeProfile.IdentifierPattern), Text),
            MobileNodeIdentifier = section.Optional<string?>(nameof(MobileNodeProfile.MobileNodeIdentifier), Text, null),
            HomeNetworkPrefixes = section.Optional(nameof(MobileNodeProfile.HomeNetworkPrefixes), ListOf(Prefix), []),
            HomeNetworkPrefixPatterns = section.Optional(nameof(MobileNodeProfile.HomeNetworkPrefixPatterns), ListOf(Text), []),
            InterfacePrefixes = section.Optional(nameof(MobileNodeProfile.InterfacePrefixes), ListOf(SectionOf(ReadInterfacePrefixes)), []),
            LocalMobilityAnchorAddress = section.Optional<IPAddress?>(ConfigurationKeys.AnchorAddress, NodeAddress, null),
            Ipv4AnchorAddress = section.Optional<IPAddress?>(
                nameof(MobileNodeProfile.Ipv4AnchorAddress),
                TransportReader.Ipv4Address,
                null
            ),
            SignalsOverIpv4 = section.Nullable(nameof(MobileNodeProfile.SignalsOverIpv4), Boolean),
            IpVersions = section.Optional(nameof(MobileNodeProfile.IpVersions), OneOf<IpVersions>, IpVersions.Ipv6),
            Ipv4HomeAddresses = section.Optional(nameof(MobileNodeProfile.Ipv4HomeAddresses), ListOf(HomeAddress), []),
            IsEntitled = section.Optional(nameof(MobileNodeProfile.IsEntitled), Boolean, true),
            EnableMAGLocalRouting = section.Nullable(nameof(MobileNodeProfile.EnableMAGLocalRouting), Boolean),
            AddressConfiguration = section.Nullable(nameof(MobileNodeProfile.AddressConfiguration), OneOf<AddressConfiguration>),
            PrefixLifetimes = new PrefixLifetimes(
                section.Optional(ConfigurationKeys.ValidLifetime, Milliseconds, PrefixLifetimes.Default.Valid),
                section.Optional(ConfigurationKeys.PreferredLifetime, Milliseconds, PrefixLifetimes.Default.Preferred)
            ),
        };

    private static InterfacePrefixes ReadInterfacePrefixes(ConfigurationSection section) =>
        new()
        {
            MacPattern = section.Required(nameof(InterfacePrefixes.MacPattern), Text),
            HomeNetworkPrefixes = section.Optional(nameof(InterfacePrefixes.HomeNetworkPrefixes), ListOf(Prefix), []),
        };

    /// <summary>The settings check their own ranges.</summary>
    private static void Check(Action validate, ConfigurationSection section)
    {
        try
        {
            validate();
        }
        catch (ArgumentException outside)
        {
            throw section.Error(ConfigurationKeys.Of(outside.ParamName ?? ""), outside.Message.Split(" (Parameter", 2)[0]);
        }
    }

    /// <summary>Checks the values against each other.</summary>
    private static void Validate(NodeConfiguration configuration, ConfigurationSection section)
    {
        var settings = SettingsOf(configuration);
        if (settings.All(known => known.Role != configuration.Role))
        {
            throw section.Error("Role", $"'{configuration.Role}' is none of {string.Join(", ", settings.Select(known => known.Role))}");
        }
        if (configuration.DataPath is not ("auto" or "kernel" or "tun" or "seg6"))
        {
            throw section.Error("DataPath", $"'{configuration.DataPath}' is not one of auto, kernel, tun, seg6");
        }
        ValidateInterfaces(configuration, section);
        for (var i = 0; i < configuration.Routes.Count; i++)
        {
            if (configuration.Routes[i].Link is { } link && configuration.Interfaces.All(on => on.Link != link))
            {
                throw section.Error($"Routes[{i}].Link", $"'{link}' is not the link of an interface");
            }
        }

        foreach (var (role, key, value) in settings)
        {
            var isToo = role == NodeConfiguration.RouterRole && configuration.Role == NodeConfiguration.HomeAgentRole;
            if (role != configuration.Role && value is not null && !isToo)
            {
                throw section.Error(key, $"the role is {configuration.Role}");
            }
            if (role == configuration.Role && value is null)
            {
                throw section.Error(key, "is missing");
            }
        }

        if (configuration.LocalMobilityAnchor is { } anchor)
        {
            ValidateAnchor(configuration, anchor, section);
        }
        else if (configuration.MobileAccessGateway is { } gateway)
        {
            ValidateGateway(configuration, gateway, section);
        }
        else
        {
            MobilityReader.Validate(configuration, section, address => IsOwn(configuration, address));
        }
        SecurityReader.Validate(
            configuration,
            section,
            address => IsOwn(configuration, address) || address.Equals(configuration.MobileNode?.HomeAddress)
        );
    }

    /// <summary>The settings of each role, with their key; null for those that are not given.</summary>
    private static IReadOnlyList<(string Role, string Key, object? Value)> SettingsOf(NodeConfiguration configuration) =>
        [
            (NodeConfiguration.AnchorRole, nameof(configuration.LocalMobilityAnchor), configuration.LocalMobilityAnchor),
            (NodeConfiguration.GatewayRole, nameof(configuration.MobileAccessGateway), configuration.MobileAccessGateway),
            (NodeConfiguration.HomeAgentRole, nameof(configuration.HomeAgent), configuration.HomeAgent),
            (NodeConfiguration.CorrespondentRole, nameof(configuration.CorrespondentNode), configuration.CorrespondentNode),
            (NodeConfiguration.MobileNodeRole, nameof(configuration.MobileNode), configuration.MobileNode),
            (NodeConfiguration.RouterRole, nameof(configuration.Router), configuration.Router),
        ];

    private static void ValidateInterfaces(NodeConfiguration configuration, ConfigurationSection section)
    {
        var interfaces = configuration.Interfaces;
        if (interfaces.Count == 0)
        {
            throw section.Error("Interfaces", "must not be empty");
        }
        for (var i = 0; i < interfaces.Count; i++)
        {
            var (on, before) = (interfaces[i], interfaces.Take(i).ToList());
            if (before.Any(other => other.Link == on.Link))
            {
                throw section.Error($"Interfaces[{i}].Link", $"'{on.Link}' is also the link of another interface");
            }
            if (before.Any(other => other.Interface == on.Interface))
            {
                throw section.Error($"Interfaces[{i}].Interface", $"'{on.Interface}' is also on another link");
            }
            ValidateAddresses(on, i, before, section);
            if (on.IsAccessLink && configuration.Role != NodeConfiguration.GatewayRole)
            {
                throw section.Error($"Interfaces[{i}].IsAccessLink", "only a mag has access links");
            }
        }
    }

    /// <summary>An address belongs to one interface; a link-local address is another on every link (RFC 4291, Section 2.5.6).</summary>
    private static void ValidateAddresses(
        InterfaceConfiguration on,
        int index,
        IReadOnlyList<InterfaceConfiguration> before,
        ConfigurationSection section
    )
    {
        for (var j = 0; j < on.Addresses.Count; j++)
        {
            var address = on.Addresses[j].Address;
            var other = address.IsIPv6LinkLocal
                ? null
                : before.FirstOrDefault(other => other.Addresses.Any(taken => taken.Address.Equals(address)));
            if (other is not null || on.Addresses.Take(j).Any(taken => taken.Address.Equals(address)))
            {
                throw section.Error($"Interfaces[{index}].Addresses[{j}]", $"{address} is also an address of '{(other ?? on).Interface}'");
            }
        }
    }

    private static void ValidateAnchor(NodeConfiguration configuration, LocalMobilityAnchorSettings anchor, ConfigurationSection section)
    {
        if (!IsOwn(configuration, anchor.Address))
        {
            throw section.Error(
                $"LocalMobilityAnchor.{ConfigurationKeys.AnchorAddress}",
                $"{anchor.Address} is not an address of an interface"
            );
        }
        if (anchor.Ipv4Transport is { Address: var over } && !IsOwn(configuration, over))
        {
            throw section.Error($"LocalMobilityAnchor.{Ipv4TransportAddress}", $"{over} is not an address of an interface");
        }
    }

    private static void ValidateGateway(NodeConfiguration configuration, MobileAccessGatewaySettings gateway, ConfigurationSection section)
    {
        if (!IsOwn(configuration, gateway.ProxyCareOfAddress))
        {
            throw section.Error(
                $"MobileAccessGateway.{ConfigurationKeys.GatewayAddress}",
                $"{gateway.ProxyCareOfAddress} is not an address of an interface other than an access link"
            );
        }
        if (gateway.Ipv4Transport is { Address: var over } && !IsOwn(configuration, over))
        {
            throw section.Error(
                $"MobileAccessGateway.{Ipv4TransportAddress}",
                $"{over} is not an address of an interface other than an access link"
            );
        }
        foreach (var access in configuration.Interfaces.Where(on => on.IsAccessLink))
        {
            if (gateway.AccessLinks.All(link => link.Link != access.Id))
            {
                throw section.Error($"MobileAccessGateway.{nameof(gateway.AccessLinks)}", $"'{access.Link}' is missing");
            }
        }
    }

    private static bool IsOwn(NodeConfiguration configuration, IPAddress address) =>
        configuration.Interfaces.Any(on => !on.IsAccessLink && on.Addresses.Any(own => own.Address.Equals(address)));
}
