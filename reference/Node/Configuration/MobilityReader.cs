using System.Net;
using System.Text.Json;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using static Pmip.Node.Configuration.ConfigurationSection;

namespace Pmip.Node.Configuration;

/// <summary>Reads the settings of the roles of Mobile IPv6, RFC 6275.</summary>
internal static class MobilityReader
{
    private const string OfHomeAgent = nameof(NodeConfiguration.HomeAgent),
        OfCorrespondent = nameof(NodeConfiguration.CorrespondentNode),
        OfMobileNode = nameof(NodeConfiguration.MobileNode);

    public static HomeAgentSettings ReadHomeAgent(ConfigurationSection section)
    {
        var required = new HomeAgentSettings
        {
            Address = section.Required(nameof(HomeAgentSettings.Address), NodeAddress),
            HomeLink = new LinkId(section.Required(nameof(HomeAgentSettings.HomeLink), ConfigurationSection.Text)),
            HomePrefixes = section.Required(nameof(HomeAgentSettings.HomePrefixes), ListOf(Prefix)),
            MobileNodes = section.Required(nameof(HomeAgentSettings.MobileNodes), ListOf(Prefix)),
        };
        var settings = required with
        {
            Mcoa = section.Optional(nameof(required.Mcoa), OneOf<McoaEdition>, required.Mcoa),
            AllowsMultipleCareOfAddresses = section.Optional(
                nameof(required.AllowsMultipleCareOfAddresses),
                Boolean,
                required.AllowsMultipleCareOfAddresses
            ),
            AcceptsBulkRegistration = section.Optional(nameof(required.AcceptsBulkRegistration), Boolean, required.AcceptsBulkRegistration),
            AllowsSimultaneousHomeAndForeign = section.Optional(
                nameof(required.AllowsSimultaneousHomeAndForeign),
                Boolean,
                required.AllowsSimultaneousHomeAndForeign
            ),
            HasOtherRoutersOnHomeLink = section.Optional(
                nameof(required.HasOtherRoutersOnHomeLink),
                Boolean,
                required.HasOtherRoutersOnHomeLink
            ),
            MaximumLifetime = section.Optional(nameof(required.MaximumLifetime), Milliseconds, required.MaximumLifetime),
            ProtectionRequired = section.Optional(nameof(required.ProtectionRequired), Boolean, required.ProtectionRequired),
            ProtectedTunnels = section.Optional(nameof(required.ProtectedTunnels), ListOf(NodeAddress), required.ProtectedTunnels),
            PerformDad = section.Optional(nameof(required.PerformDad), Boolean, required.PerformDad),
            RefreshRequestBefore = section.Nullable(nameof(required.RefreshRequestBefore), Milliseconds),
            MobileNetworks = section.Optional(
                nameof(required.MobileNetworks),
                ListOf(SectionOf(ReadMobileNetwork)),
                required.MobileNetworks
            ),
            DualStack = section.Optional<DualStackHomeAgentSettings?>(nameof(required.DualStack), SectionOf(ReadDualStack), null),
        };
        Check(settings.Validate, section);
        return settings;
    }

    private static DualStackHomeAgentSettings ReadDualStack(ConfigurationSection section)
    {
        var required = new DualStackHomeAgentSettings
        {
            Address = section.Required(nameof(DualStackHomeAgentSettings.Address), TransportReader.Ipv4Address),
        };
        var settings = required with
        {
            HomeAddresses = section.Optional(
                nameof(required.HomeAddresses),
                value => TransportReader.ReadAddresses(value, "is not the home address of a mobile node"),
                required.HomeAddresses
            ),
            Pool = section.Optional(nameof(required.Pool), ListOf(TransportReader.Ipv4Address), required.Pool),
            AcceptsForcedUdp = section.Optional(nameof(required.AcceptsForcedUdp), Boolean, required.AcceptsForcedUdp),
            NatRefreshTime = section.Optional(nameof(required.NatRefreshTime), Milliseconds, required.NatRefreshTime),
            Port = section.Optional(nameof(required.Port), TransportReader.Port, required.Port),
        };
        Check(settings.Validate, section);
        return settings;
    }

    public static CorrespondentNodeSettings ReadCorrespondent(ConfigurationSection section)
    {
        var required = new CorrespondentNodeSettings { Address = section.Required(nameof(CorrespondentNodeSettings.Address), NodeAddress) };
        var settings = required with
        {
            Mcoa = section.Optional(nameof(required.Mcoa), OneOf<McoaEdition>, required.Mcoa),
            AllowsMultipleCareOfAddresses = section.Optional(
                nameof(required.AllowsMultipleCareOfAddresses),
                Boolean,
                required.AllowsMultipleCareOfAddresses
            ),
            AcceptsBindings = section.Optional(nameof(required.AcceptsBindings), Boolean, required.AcceptsBindings),
            MaximumLifetime = section.Optional(nameof(required.MaximumLifetime), Milliseconds, required.MaximumLifetime),
            NonceLifetime = section.Optional(nameof(required.NonceLifetime), Milliseconds, required.NonceLifetime),
            RefreshRequestBefore = section.Nullable(nameof(required.RefreshRequestBefore), Milliseconds),
        };
        Check(settings.Validate, section);
        return settings;
    }

    public static MobileNodeSettings ReadMobileNode(ConfigurationSection section)
    {
        var required = new MobileNodeSettings
        {
            HomeAddress = section.Required(nameof(MobileNodeSettings.HomeAddress), NodeAddress),
            HomePrefix = section.Required(nameof(MobileNodeSettings.HomePrefix), Prefix),
            HomeAgent = section.Required(nameof(MobileNodeSettings.HomeAgent), NodeAddress),
            Links = section.Required(nameof(MobileNodeSettings.Links), ListOf(value => new LinkId(Text(value)))),
        };
        var settings = required with
        {
            Mcoa = section.Optional(nameof(required.Mcoa), OneOf<McoaEdition>, required.Mcoa),
            Bids = section.Optional(nameof(required.Bids), ReadBids, required.Bids),
            RegistersInBulk = section.Optional(nameof(required.RegistersInBulk), Boolean, required.RegistersInBulk),
            BulkDelay = section.Optional(nameof(required.BulkDelay), Milliseconds, required.BulkDelay),
            OptimizesRoutes = section.Optional(nameof(required.OptimizesRoutes), Boolean, required.OptimizesRoutes),
            AtHome = section.Optional(nameof(required.AtHome), OneOf<ReturnPolicy>, required.AtHome),
            Lifetime = section.Optional(nameof(required.Lifetime), Milliseconds, required.Lifetime),
            ProtectionRequired = section.Optional(nameof(required.ProtectionRequired), Boolean, required.ProtectionRequired),
            FirstRegistrationTimeout = section.Optional(
                ConfigurationKeys.FirstRegistrationTimeout,
                Milliseconds,
                required.FirstRegistrationTimeout
            ),
            InitialTimeout = section.Optional(ConfigurationKeys.InitialTimeout, Milliseconds, required.InitialTimeout),
            MaximumTimeout = section.Optional(ConfigurationKeys.MaximumTimeout, Milliseconds, required.MaximumTimeout),
            DualStack = section.Optional<DualStackMobileNodeSettings?>(
                nameof(required.DualStack),
                SectionOf(ReadDualStackOfMobileNode),
                null
            ),
        };
        Check(settings.Validate, section, ConfigurationKeys.Of);
        return settings;
    }

    private static DualStackMobileNodeSettings ReadDualStackOfMobileNode(ConfigurationSection section)
    {
        var required = new DualStackMobileNodeSettings
        {
            HomeAgent = section.Required(nameof(DualStackMobileNodeSettings.HomeAgent), TransportReader.Ipv4Address),
        };
        var settings = required with
        {
            HomeAddress = section.Optional<IPAddress?>(nameof(required.HomeAddress), Ipv4HomeAddress, null),
            Port = section.Optional(nameof(required.Port), TransportReader.Port, required.Port),
        };
        Check(settings.Validate, section);
        return settings;
    }

    /// <summary>Also 0.0.0.0, which asks for any.</summary>
    private static IPAddress Ipv4HomeAddress(LocatedValue value) =>
        value.Text == IPAddress.Any.ToString() ? IPAddress.Any : TransportReader.Ipv4Address(value);

    /// <summary>An object with a BID for each link, which is the key.</summary>
    private static IReadOnlyDictionary<LinkId, ushort> ReadBids(LocatedValue value)
    {
        if (value.Type != JsonTokenType.StartObject)
        {
            throw value.Error("is not an object in braces");
        }

        return value.Members.ToDictionary(
            member => new LinkId(member.Key),
            member =>
                Integer(member.Value) is > 0 and <= ushort.MaxValue and var bid
                    ? (ushort)bid
                    : throw member.Value.Error("is not a BID from 1 to 65535")
        );
    }

    public static RouterSettings ReadRouter(ConfigurationSection section) =>
        new() { AdvertisedLinks = section.Required(nameof(RouterSettings.AdvertisedLinks), ListOf(value => new LinkId(Text(value)))) };

    /// <summary>Checks a node with a role of Mobile IPv6 as a whole.</summary>
    public static void Validate(NodeConfiguration configuration, ConfigurationSection section, Func<IPAddress, bool> isOwn)
    {
        if (configuration.DataPath != "auto")
        {
            throw section.Error("DataPath", $"must be auto: a {configuration.Role} has an IP stack of its own");
        }
        if (configuration.StateDirectory is not null)
        {
            throw section.Error("StateDirectory", $"a {configuration.Role} has no variables that system management sets");
        }
        for (var i = 0; i < configuration.Interfaces.Count; i++)
        {
            if (configuration.Interfaces[i].MacAddress is not null)
            {
                throw section.Error(
                    $"Interfaces[{i}].MacAddress",
                    $"a {configuration.Role} has the link-layer addresses of its interfaces"
                );
            }
        }
        for (var i = 0; i < configuration.Routes.Count; i++)
        {
            if (configuration.LinkOf(configuration.Routes[i]) is null)
            {
                throw section.Error($"Routes[{i}].Via", $"{configuration.Routes[i].Via} is on no link of this node");
            }
        }
        if (configuration.Router is { } router)
        {
            ValidateRouter(router, configuration, section);
        }
        switch (configuration.Role)
        {
            case NodeConfiguration.HomeAgentRole:
                ValidateHomeAgent(configuration, section, isOwn);
                break;
            case NodeConfiguration.MobileNodeRole:
                ValidateMobileNode(configuration, section);
                break;
            case NodeConfiguration.RouterRole:
                break;
            default:
                RequireOwn(
                    configuration.CorrespondentNode!.Address,
                    $"{OfCorrespondent}.{nameof(CorrespondentNodeSettings.Address)}",
                    section,
                    isOwn
                );
                break;
        }
    }

    private static void ValidateRouter(RouterSettings router, NodeConfiguration configuration, ConfigurationSection section)
    {
        for (var i = 0; i < router.AdvertisedLinks.Count; i++)
        {
            var (link, key) = (router.AdvertisedLinks[i], $"{nameof(configuration.Router)}.{nameof(router.AdvertisedLinks)}[{i}]");
            if (configuration.Interfaces.FirstOrDefault(on => on.Id == link) is not { } known)
            {
                throw section.Error(key, $"'{link}' is not the link of an interface");
            }
            if (known.AdvertisedPrefix is null)
            {
                throw section.Error(key, $"the interface on '{link}' has no IPv6 address with a prefix of 64 bits");
            }
        }
    }

    private static void ValidateMobileNode(NodeConfiguration configuration, ConfigurationSection section)
    {
        var settings = configuration.MobileNode!;
        for (var i = 0; i < settings.Links.Count; i++)
        {
            if (configuration.Interfaces.All(on => on.Id != settings.Links[i]))
            {
                throw section.Error(
                    $"{OfMobileNode}.{nameof(settings.Links)}[{i}]",
                    $"'{settings.Links[i]}' is not the link of an interface"
                );
            }
        }
        foreach (var link in settings.Bids.Keys.Where(link => !settings.Links.Contains(link)))
        {
            throw section.Error($"{OfMobileNode}.{nameof(settings.Bids)}.{link}", $"'{link}' is not a link of the mobile node");
        }
    }

    private static void ValidateHomeAgent(NodeConfiguration configuration, ConfigurationSection section, Func<IPAddress, bool> isOwn)
    {
        var agent = configuration.HomeAgent!;
        RequireOwn(agent.Address, $"{OfHomeAgent}.{nameof(agent.Address)}", section, isOwn);
        if (configuration.Interfaces.FirstOrDefault(on => on.Id == agent.HomeLink) is not { } home)
        {
            throw section.Error($"{OfHomeAgent}.{nameof(agent.HomeLink)}", $"'{agent.HomeLink}' is not the link of an interface");
        }

        for (var i = 0; i < agent.HomePrefixes.Count; i++)
        {
            if (!home.Addresses.Any(own => agent.HomePrefixes[i].Contains(own.Address)))
            {
                throw section.Error(
                    $"{OfHomeAgent}.{nameof(agent.HomePrefixes)}[{i}]",
                    $"the interface on '{agent.HomeLink}' has no address of {agent.HomePrefixes[i]}"
                );
            }
        }
        for (var i = 0; i < agent.MobileNodes.Count; i++)
        {
            var nodes = agent.MobileNodes[i];
            if (!agent.HomePrefixes.Any(prefix => prefix.Length <= nodes.Length && prefix.Contains(nodes.Network)))
            {
                throw section.Error($"{OfHomeAgent}.{nameof(agent.MobileNodes)}[{i}]", $"{nodes} is outside the home prefixes");
            }
        }
    }

    private static void RequireOwn(IPAddress address, string key, ConfigurationSection section, Func<IPAddress, bool> isOwn)
    {
        if (!isOwn(address))
        {
            throw section.Error(key, $"{address} is not an address of an interface");
        }
    }

    private static MobileNetworkPolicy ReadMobileNetwork(ConfigurationSection section)
    {
        var (home, network) = (
            section.Required(nameof(MobileNetworkPolicy.HomeAddress), Text),
            section.Required(nameof(MobileNetworkPolicy.Network), Text)
        );
        try
        {
            return new MobileNetworkPolicy(home, network);
        }
        catch (ArgumentException wrong)
        {
            var key = wrong.Message.Contains("addresses", StringComparison.Ordinal)
                ? nameof(MobileNetworkPolicy.HomeAddress)
                : nameof(MobileNetworkPolicy.Network);
            throw section.Error(key, wrong.Message.Split(" (Parameter", 2)[0]);
        }
    }

    /// <param name="keyOf">The key of a setting, by the name of its property; null if they are the same.</param>
    private static void Check(Action validate, ConfigurationSection section, Func<string, string>? keyOf = null)
    {
        try
        {
            validate();
        }
        catch (ArgumentException outside)
        {
            var name = outside.ParamName ?? "";
            throw section.Error(keyOf?.Invoke(name) ?? name, outside.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
