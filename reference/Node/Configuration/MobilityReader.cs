using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using static Pmip.Node.Configuration.ConfigurationSection;

namespace Pmip.Node.Configuration;

/// <summary>Reads the settings of the roles of Mobile IPv6, RFC 6275.</summary>
internal static class MobilityReader
{
    private const string OfHomeAgent = nameof(NodeConfiguration.HomeAgent),
        OfCorrespondent = nameof(NodeConfiguration.CorrespondentNode);

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
            PerformDad = section.Optional(nameof(required.PerformDad), Boolean, required.PerformDad),
            RefreshRequestBefore = section.Nullable(nameof(required.RefreshRequestBefore), Milliseconds),
            MobileNetworks = section.Optional(
                nameof(required.MobileNetworks),
                ListOf(SectionOf(ReadMobileNetwork)),
                required.MobileNetworks
            ),
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
        if (configuration.Role == NodeConfiguration.HomeAgentRole)
        {
            ValidateHomeAgent(configuration, section, isOwn);
        }
        else
        {
            RequireOwn(
                configuration.CorrespondentNode!.Address,
                $"{OfCorrespondent}.{nameof(CorrespondentNodeSettings.Address)}",
                section,
                isOwn
            );
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

    private static void Check(Action validate, ConfigurationSection section)
    {
        try
        {
            validate();
        }
        catch (ArgumentException outside)
        {
            throw section.Error(outside.ParamName ?? "", outside.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
