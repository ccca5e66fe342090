using System.Text.Json;
using Pmip.Protocol;

namespace Pmip.Node.Configuration;

/// <summary>From the text of a configuration to its values.</summary>
internal sealed class ConfigurationReader
{
    private readonly string _json;
    private readonly string _file;

    private ConfigurationReader(string json, string file) => (_json, _file) = (json, file);

    public static NodeConfiguration Read(string json, string file) => new ConfigurationReader(json, file).Read();

    private NodeConfiguration Read()
    {
        var file = Deserialize();
        var defaults = new NodeConfiguration { Name = "", Role = "", Interfaces = [] };
        var configuration = new NodeConfiguration
        {
            Name = Require(file.Name, "Name"),
            Role = Require(file.Role, "Role"),
            Interfaces = [.. Require(file.Interfaces, "Interfaces").Select((section, i) => Interface(section, $"Interfaces[{i}]"))],
            Routes = [.. (file.Routes ?? []).Select((section, i) => Route(section, $"Routes[{i}]"))],
            DataPath = file.DataPath ?? defaults.DataPath,
            ManagementSocket = file.ManagementSocket,
            ClockOffset = file.ClockOffset ?? defaults.ClockOffset,
            Seed = file.Seed,
        };
        configuration = configuration with
        {
            LocalMobilityAnchor = file.LocalMobilityAnchor is { } anchor ? Anchor(anchor, "LocalMobilityAnchor") : null,
            MobileAccessGateway = file.MobileAccessGateway is { } gateway ? Gateway(gateway, "MobileAccessGateway", configuration.Interfaces) : null,
        };
        Validate(configuration);
        return configuration;
    }

    private ConfigurationFile Deserialize()
    {
        try
        {
            return JsonSerializer.Deserialize(_json, ConfigurationJson.Default.ConfigurationFile) ?? throw Error("", "there is nothing in it");
        }
        catch (JsonException wrong)
        {
            throw new NodeConfigurationException(_file, (int)(wrong.LineNumber + 1 ?? 0), KeyOf(wrong), ReasonOf(wrong));
        }
    }

    /// <summary>The serializer's path begins with a dollar sign, and names no key that it does not know.</summary>
    private static string KeyOf(JsonException wrong) => wrong.Path is { Length: > 2 } path ? path[2..] : "";

    /// <summary>The serializer's own messages go on about where and into what; ours are as they are.</summary>
    private static string ReasonOf(JsonException wrong) => wrong.Message switch
    {
        var message when message.Contains("could not be mapped", StringComparison.Ordinal) => "there is no such key",
        var message when message.Contains("could not be converted", StringComparison.Ordinal) => "the value is of another kind",
        var message => message,
    };

    private NodeInterface Interface(ConfigurationFile.InterfaceSection section, string key) => new()
    {
        Link = Require(section.Link, $"{key}.Link"),
        Interface = Require(section.Interface, $"{key}.Interface"),
        Addresses = section.Addresses ?? [],
        IsAccessLink = section.IsAccessLink ?? false,
        MacAddress = section.MacAddress,
    };

    private NodeRoute Route(ConfigurationFile.RouteSection section, string key) => new()
    {
        To = section.To ?? throw Missing($"{key}.To"),
        Via = section.Via,
        Link = section.Link,
    };

    private LocalMobilityAnchorSettings Anchor(ConfigurationFile.AnchorSection section, string key)
    {
        var settings = new LocalMobilityAnchorSettings
        {
            Address = Require(section.Address, $"{key}.{ConfigurationFile.KeyOf(nameof(LocalMobilityAnchorSettings.Address))}"),
            PrefixPool = section.PrefixPool ?? throw Missing($"{key}.PrefixPool"),
        };
        settings = settings with
        {
            AuthorizedMobileAccessGateways = section.AuthorizedMobileAccessGateways ?? settings.AuthorizedMobileAccessGateways,
            MobileNodes = section.MobileNodes is { } policies ? [.. policies.Select((policy, i) => Policy(policy, $"{key}.MobileNodes[{i}]"))] : settings.MobileNodes,
            MinDelayBeforeBCEDelete = section.MinDelayBeforeBCEDelete ?? settings.MinDelayBeforeBCEDelete,
            MaxDelayBeforeNewBCEAssign = section.MaxDelayBeforeNewBCEAssign ?? settings.MaxDelayBeforeNewBCEAssign,
            TimestampValidityWindow = section.TimestampValidityWindow ?? settings.TimestampValidityWindow,
            MaximumLifetime = section.MaximumLifetime ?? settings.MaximumLifetime,
            WaitForDeregistrationOnUnknownHandoff = section.WaitForDeregistrationOnUnknownHandoff ?? settings.WaitForDeregistrationOnUnknownHandoff,
            MobileNodeGeneratedTimestampInUse = section.MobileNodeGeneratedTimestampInUse ?? settings.MobileNodeGeneratedTimestampInUse,
        };
        Check(settings.Validate, key);
        return settings;
    }

    private MobileNodePolicy Policy(ConfigurationFile.PolicySection section, string key)
    {
        var policy = new MobileNodePolicy { IdentifierPattern = Require(section.IdentifierPattern, $"{key}.IdentifierPattern") };
        return policy with
        {
            ProxyRegistrationEnabled = section.ProxyRegistrationEnabled ?? policy.ProxyRegistrationEnabled,
            PrefixCount = section.PrefixCount ?? policy.PrefixCount,
            AuthorizedPrefixes = section.AuthorizedPrefixes ?? policy.AuthorizedPrefixes,
        };
    }

    private MobileAccessGatewaySettings Gateway(ConfigurationFile.GatewaySection section, string key, IReadOnlyList<NodeInterface> interfaces)
    {
        var settings = new MobileAccessGatewaySettings
        {
            ProxyCareOfAddress = Require(section.ProxyCareOfAddress, $"{key}.{ConfigurationFile.KeyOf(nameof(MobileAccessGatewaySettings.ProxyCareOfAddress))}"),
            LocalMobilityAnchorAddress = Require(section.LocalMobilityAnchorAddress, $"{key}.{ConfigurationFile.KeyOf(nameof(MobileAccessGatewaySettings.LocalMobilityAnchorAddress))}"),
        };
        settings = settings with
        {
            AccessLinks = section.AccessLinks is { } links ? [.. links.Select((link, i) => AccessLink(link, $"{key}.AccessLinks[{i}]", interfaces))] : settings.AccessLinks,
            Identification = section.Identification is { } all ? [.. all.Select((one, i) => Identification(one, $"{key}.Identification[{i}]"))] : settings.Identification,
            RequestedLifetime = section.RequestedLifetime ?? settings.RequestedLifetime,
            TimestampBasedApproachInUse = section.TimestampBasedApproachInUse ?? settings.TimestampBasedApproachInUse,
            FixedMAGLinkLocalAddressOnAllAccessLinks = section.FixedMAGLinkLocalAddressOnAllAccessLinks ?? settings.FixedMAGLinkLocalAddressOnAllAccessLinks,
            EnableMAGLocalRouting = section.EnableMAGLocalRouting ?? settings.EnableMAGLocalRouting,
            AccessTechnology = section.AccessTechnology ?? settings.AccessTechnology,
            CoreMtu = section.CoreMtu ?? settings.CoreMtu,
            InitialBindackTimeout = section.InitialBindackTimeout ?? settings.InitialBindackTimeout,
            MaxBindackTimeout = section.MaxBindackTimeout ?? settings.MaxBindackTimeout,
            RefreshAt = section.RefreshAt ?? settings.RefreshAt,
        };
        Check(settings.Validate, key);
        return settings;
    }

    /// <summary>A link has one address of the gateway: said there or with the interface.</summary>
    private AccessLinkSettings AccessLink(ConfigurationFile.AccessLinkSection section, string key, IReadOnlyList<NodeInterface> interfaces)
    {
        var link = Require(section.Link, $"{key}.Link");
        if (interfaces.FirstOrDefault(candidate => candidate.Link == link) is not { IsAccessLink: true } on)
            throw Error($"{key}.Link", $"'{link}' is not the name of an interface with IsAccessLink");
        if (section.MacAddress is { } here && on.MacAddress is { } there && here != there)
            throw Error($"{key}.MacAddress", $"the interface of '{link}' has another one, {there}");

        return new AccessLinkSettings
        {
            Link = on.Id,
            MacAddress = section.MacAddress ?? on.MacAddress ?? throw Error($"{key}.MacAddress", "is missing, here and with the interface"),
            BoundIdentifier = section.BoundIdentifier,
        };
    }

    private MobileNodeIdentification Identification(ConfigurationFile.IdentificationSection section, string key)
    {
        var identification = new MobileNodeIdentification
        {
            MacPattern = Require(section.MacPattern, $"{key}.MacPattern"),
            IdentifierFormat = Require(section.IdentifierFormat, $"{key}.IdentifierFormat"),
        };
        return identification with { HomeNetworkPrefixes = section.HomeNetworkPrefixes ?? identification.HomeNetworkPrefixes };
    }

    /// <summary>What one value alone does not show.</summary>
    private void Validate(NodeConfiguration configuration)
    {
        if (configuration.Role is not (NodeConfiguration.AnchorRole or NodeConfiguration.GatewayRole)) throw Error("Role", $"'{configuration.Role}' is neither lma nor mag");
        if (configuration.DataPath is not ("auto" or "kernel" or "tun")) throw Error("DataPath", $"'{configuration.DataPath}' is none of auto, kernel, tun");
        if (configuration.Interfaces.Count == 0) throw Error("Interfaces", "there is none");
        ValidateInterfaces(configuration);
        for (var i = 0; i < configuration.Routes.Count; i++)
        {
            var (route, key) = (configuration.Routes[i], $"Routes[{i}]");
            if (route.Link is { } link && configuration.Interfaces.All(on => on.Link != link)) throw Error($"{key}.Link", $"'{link}' is not the link of an interface");
            if (route.Link is null && route.Via is null or { IsIPv6LinkLocal: true }) throw Missing($"{key}.Link");
        }

        ValidateRole(configuration);
    }

    private void ValidateInterfaces(NodeConfiguration configuration)
    {
        for (var i = 0; i < configuration.Interfaces.Count; i++)
        {
            var (on, key, before) = (configuration.Interfaces[i], $"Interfaces[{i}]", configuration.Interfaces.Take(i).ToList());
            if (before.Any(other => other.Link == on.Link)) throw Error($"{key}.Link", $"'{on.Link}' is the link of another interface as well");
            if (before.Any(other => other.Interface == on.Interface)) throw Error($"{key}.Interface", $"'{on.Interface}' is on another link as well");
            if (on.IsAccessLink && configuration.Role != NodeConfiguration.GatewayRole) throw Error($"{key}.IsAccessLink", "only a mag has access links");
        }
    }

    private void ValidateRole(NodeConfiguration configuration)
    {
        if (configuration.Role == NodeConfiguration.AnchorRole)
        {
            if (configuration.MobileAccessGateway is not null) throw Error("MobileAccessGateway", "the role is lma");
            RequireOwn(configuration, Require(configuration.LocalMobilityAnchor, "LocalMobilityAnchor").Address, $"LocalMobilityAnchor.{ConfigurationFile.KeyOf(nameof(LocalMobilityAnchorSettings.Address))}");
            return;
        }

        if (configuration.LocalMobilityAnchor is not null) throw Error("LocalMobilityAnchor", "the role is mag");
        var gateway = Require(configuration.MobileAccessGateway, "MobileAccessGateway");
        RequireOwn(configuration, gateway.ProxyCareOfAddress, $"MobileAccessGateway.{ConfigurationFile.KeyOf(nameof(MobileAccessGatewaySettings.ProxyCareOfAddress))}");
        foreach (var access in configuration.Interfaces.Where(on => on.IsAccessLink))
        {
            if (gateway.AccessLinks.All(link => link.Link != access.Id)) throw Error("MobileAccessGateway.AccessLinks", $"'{access.Link}' is missing");
        }
    }

    private void RequireOwn(NodeConfiguration configuration, System.Net.IPAddress address, string key)
    {
        if (!configuration.Interfaces.Any(on => !on.IsAccessLink && on.Addresses.Any(own => own.Address.Equals(address))))
            throw Error(key, $"{address} is not an address of an interface that is no access link");
    }

    /// <summary>The settings know their ranges themselves.</summary>
    private void Check(Action validate, string section)
    {
        try
        {
            validate();
        }
        catch (ArgumentException outside)
        {
            throw Error($"{section}.{ConfigurationFile.KeyOf(outside.ParamName ?? "")}", outside.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private T Require<T>(T? value, string key)
        where T : class => value ?? throw Missing(key);

    private NodeConfigurationException Missing(string key) => Error(key, "is missing");

    private NodeConfigurationException Error(string key, string reason) => new(_file, KeyLines.Find(_json, key), key, reason);
}
