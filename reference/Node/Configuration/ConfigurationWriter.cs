using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

/// <summary>Writes a configuration as text, including all defaults.</summary>
internal sealed class ConfigurationWriter
{
    private readonly Utf8JsonWriter _json;

    private ConfigurationWriter(Utf8JsonWriter json) => _json = json;

    public static string Write(NodeConfiguration configuration)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            new ConfigurationWriter(json).WriteNode(configuration);
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private void WriteNode(NodeConfiguration configuration)
    {
        _json.WriteStartObject();
        Text("Name", configuration.Name);
        Text("Role", configuration.Role);
        Objects("Interfaces", configuration.Interfaces, WriteInterface);
        Objects("Routes", configuration.Routes, WriteRoute);
        if (configuration.LocalMobilityAnchor is { } anchor)
        {
            Object("LocalMobilityAnchor", anchor, WriteAnchor);
        }
        if (configuration.MobileAccessGateway is { } gateway)
        {
            Object("MobileAccessGateway", gateway, WriteGateway);
        }
        if (configuration.HomeAgent is { } agent)
        {
            Object(nameof(configuration.HomeAgent), agent, WriteHomeAgent);
        }
        if (configuration.CorrespondentNode is { } correspondent)
        {
            Object(nameof(configuration.CorrespondentNode), correspondent, WriteCorrespondent);
        }
        if (configuration.MobileNode is { } mobileNode)
        {
            Object(nameof(configuration.MobileNode), mobileNode, WriteMobileNode);
        }
        if (configuration.Router is { } router)
        {
            Object(nameof(configuration.Router), router, written => Texts(nameof(written.AdvertisedLinks), written.AdvertisedLinks));
        }
        if (configuration.Security is { } security)
        {
            Object("Security", security, WriteSecurity);
        }
        Text("DataPath", configuration.DataPath);
        Text("ManagementSocket", configuration.ManagementSocket);
        Text("StateDirectory", configuration.StateDirectory);
        Milliseconds("ClockOffset", configuration.ClockOffset);
        if (configuration.Seed is { } seed)
        {
            _json.WriteNumber("Seed", seed);
        }

        if (configuration.FailsAtMessage is { } message)
        {
            _json.WriteNumber("FailsAtMessage", message);
        }
        _json.WriteEndObject();
    }

    private void WriteInterface(InterfaceConfiguration on)
    {
        Text("Link", on.Link);
        Text("Interface", on.Interface);
        Texts("Addresses", on.Addresses);
        _json.WriteBoolean("IsAccessLink", on.IsAccessLink);
        Text("MacAddress", on.MacAddress);
    }

    private void WriteRoute(NodeRoute route)
    {
        Text("To", route.To);
        Text("Via", route.Via);
        Text("Link", route.Link);
    }

    private void WriteSecurity(NodeSecurity security)
    {
        _json.WriteBoolean(nameof(security.AntiReplay), security.AntiReplay);
        Objects(nameof(security.Associations), security.Associations, WriteAssociation);
        if (security.ForceRenewKey is { } key)
        {
            Object(nameof(security.ForceRenewKey), key, WriteDhcpKey);
        }
    }

    private void WriteDhcpKey(NodeDhcpKey key)
    {
        Text(nameof(key.SecretId), string.Create(CultureInfo.InvariantCulture, $"0x{key.SecretId:x}"));
        Text(nameof(key.KeyFile), key.KeyFile);
    }

    private void WriteAssociation(NodeAssociation association)
    {
        Text(
            nameof(association.SecurityParametersIndex),
            string.Create(CultureInfo.InvariantCulture, $"0x{association.SecurityParametersIndex:x}")
        );
        Text(nameof(association.Peer), association.Peer);
        Text(nameof(association.Destination), association.Destination);
        Text(nameof(association.Transform), association.Transform);
        Text(nameof(association.Mode), association.Mode);
        Text(nameof(association.KeyFile), association.KeyFile);
    }

    private void WriteAnchor(LocalMobilityAnchorSettings settings)
    {
        Text(ConfigurationKeys.AnchorAddress, settings.Address);
        Texts(nameof(settings.AuthorizedMobileAccessGateways), settings.AuthorizedMobileAccessGateways);
        _json.WriteBoolean(nameof(settings.ProtectionRequired), settings.ProtectionRequired);
        Texts(nameof(settings.ProtectedTunnels), settings.ProtectedTunnels);
        Text(nameof(settings.PrefixPool), settings.PrefixPool);
        Objects(nameof(settings.MobileNodes), settings.MobileNodes, WritePolicy);
        if (settings.Ipv4 is { } ipv4)
        {
            Object(nameof(settings.Ipv4), ipv4, WriteIpv4);
        }
        if (settings.Ipv4Transport is { } transport)
        {
            Object(nameof(settings.Ipv4Transport), transport, WriteTransport);
        }
        Milliseconds(nameof(settings.MinDelayBeforeBCEDelete), settings.MinDelayBeforeBCEDelete);
        Milliseconds(nameof(settings.MaxDelayBeforeNewBCEAssign), settings.MaxDelayBeforeNewBCEAssign);
        Milliseconds(nameof(settings.TimestampValidityWindow), settings.TimestampValidityWindow);
        Milliseconds(nameof(settings.MaximumLifetime), settings.MaximumLifetime);
        _json.WriteBoolean(nameof(settings.WaitForDeregistrationOnUnknownHandoff), settings.WaitForDeregistrationOnUnknownHandoff);
        _json.WriteBoolean(nameof(settings.AnnounceRoutes), settings.AnnounceRoutes);
        _json.WriteBoolean(nameof(settings.TimestampBasedApproachInUse), settings.TimestampBasedApproachInUse);
        _json.WriteBoolean(nameof(settings.MobileNodeGeneratedTimestampInUse), settings.MobileNodeGeneratedTimestampInUse);
    }

    private void WritePolicy(MobileNodePolicy policy)
    {
        Text(nameof(policy.IdentifierPattern), policy.IdentifierPattern);
        _json.WriteBoolean(nameof(policy.ProxyRegistrationEnabled), policy.ProxyRegistrationEnabled);
        _json.WriteNumber(nameof(policy.PrefixCount), policy.PrefixCount);
        Texts(nameof(policy.AuthorizedPrefixes), policy.AuthorizedPrefixes);
        Text(nameof(policy.IpVersions), policy.IpVersions);
        _json.WriteNumber(nameof(policy.Ipv4AddressCount), policy.Ipv4AddressCount);
        Texts(nameof(policy.Ipv4HomeAddresses), policy.Ipv4HomeAddresses);
    }

    private void WriteIpv4(Ipv4AnchorSettings ipv4)
    {
        Text(nameof(ipv4.Edition), ipv4.Edition);
        Text(nameof(ipv4.HomeNetwork), ipv4.HomeNetwork);
        Text(nameof(ipv4.DefaultRouter), ipv4.DefaultRouter);
        Text(nameof(ipv4.AddressPool), ipv4.AddressPool);
        _json.WriteBoolean(nameof(ipv4.Ipv4RoutingEnabled), ipv4.Ipv4RoutingEnabled);
        _json.WriteBoolean(nameof(ipv4.Ipv6RoutingEnabled), ipv4.Ipv6RoutingEnabled);
        if (ipv4.GatewayActsAsDhcpServer is { } actsAsServer)
        {
            _json.WriteBoolean(nameof(ipv4.GatewayActsAsDhcpServer), actsAsServer);
        }

        Text(nameof(ipv4.FixedDHCPServerId), ipv4.FixedDHCPServerId);
        Text(nameof(ipv4.DhcpServerAddress), ipv4.DhcpServerAddress);
        Text(nameof(ipv4.DhcpPool), ipv4.DhcpPool);
        Milliseconds(nameof(ipv4.LeaseTime), ipv4.LeaseTime);
        _json.WriteNumber(nameof(ipv4.TunnelMtu), ipv4.TunnelMtu);
    }

    private void WriteTransport(Ipv4AnchorTransport transport)
    {
        Text(nameof(transport.Edition), transport.Edition);
        Text(nameof(transport.Address), transport.Address);
        _json.WriteBoolean(nameof(transport.AcceptForcedIPv4UDPEncapsulationRequest), transport.AcceptForcedIPv4UDPEncapsulationRequest);
        _json.WriteBoolean(nameof(transport.AcceptIPv4UDPEncapsulationRequest), transport.AcceptIPv4UDPEncapsulationRequest);
        Milliseconds(nameof(transport.NatRefreshTime), transport.NatRefreshTime);
        Object(nameof(transport.Ports), transport.Ports, WritePorts);
        _json.WriteBoolean(nameof(transport.SupportsTlvHeader), transport.SupportsTlvHeader);
    }

    private void WriteTransportOfGateway(Ipv4GatewayTransport transport)
    {
        Text(nameof(transport.Edition), transport.Edition);
        Text(nameof(transport.Address), transport.Address);
        WriteAddresses(nameof(transport.Anchors), transport.Anchors);
        _json.WriteBoolean(nameof(transport.ForceIPv4UDPEncapsulationSupport), transport.ForceIPv4UDPEncapsulationSupport);
        _json.WriteBoolean(nameof(transport.RequestIPv4UDPEncapsulationSupport), transport.RequestIPv4UDPEncapsulationSupport);
        _json.WriteBoolean(nameof(transport.UsesTlvHeader), transport.UsesTlvHeader);
        Object(nameof(transport.Ports), transport.Ports, WritePorts);
    }

    private void WritePorts(MobilityPorts ports)
    {
        _json.WriteNumber(nameof(ports.Control), ports.Control);
        _json.WriteNumber(nameof(ports.Data), ports.Data);
        _json.WriteNumber(nameof(ports.DualStack), ports.DualStack);
    }

    private void WriteGateway(MobileAccessGatewaySettings settings)
    {
        Text(ConfigurationKeys.GatewayAddress, settings.ProxyCareOfAddress);
        Text(ConfigurationKeys.AnchorAddress, settings.LocalMobilityAnchorAddress);
        _json.WriteBoolean(nameof(settings.ProtectionRequired), settings.ProtectionRequired);
        Texts(nameof(settings.ProtectedTunnels), settings.ProtectedTunnels);
        Objects(nameof(settings.AccessLinks), settings.AccessLinks, WriteAccessLink);
        Objects(nameof(settings.Identification), settings.Identification, WriteIdentification);
        Objects(nameof(settings.Profiles), settings.Profiles, WriteProfile);
        Milliseconds(nameof(settings.RequestedLifetime), settings.RequestedLifetime);
        _json.WriteBoolean(nameof(settings.TimestampBasedApproachInUse), settings.TimestampBasedApproachInUse);
        Text(nameof(settings.FixedMAGLinkLocalAddressOnAllAccessLinks), settings.FixedMAGLinkLocalAddressOnAllAccessLinks);
        Text(nameof(settings.FixedMAGLinkLayerAddressOnAllAccessLinks), settings.FixedMAGLinkLayerAddressOnAllAccessLinks);
        _json.WriteBoolean(nameof(settings.MobileNodeGeneratedTimestampInUse), settings.MobileNodeGeneratedTimestampInUse);
        _json.WriteBoolean(nameof(settings.EnableMAGLocalRouting), settings.EnableMAGLocalRouting);
        Texts(nameof(settings.Dhcpv6Servers), settings.Dhcpv6Servers);
        if (settings.Ipv4 is { } ipv4)
        {
            Object(nameof(settings.Ipv4), ipv4, WriteIpv4OfGateway);
        }
        if (settings.Ipv4Transport is { } transport)
        {
            Object(nameof(settings.Ipv4Transport), transport, WriteTransportOfGateway);
        }
        Text(ConfigurationKeys.AccessTechnology, settings.AccessTechnology);
        _json.WriteNumber(nameof(settings.CoreMtu), settings.CoreMtu);
        Milliseconds(ConfigurationKeys.InitialTimeout, settings.InitialBindackTimeout);
        Milliseconds(ConfigurationKeys.MaximumTimeout, settings.MaxBindackTimeout);
        _json.WriteNumber(nameof(settings.RefreshAt), settings.RefreshAt);
    }

    private void WriteIpv4OfGateway(Ipv4GatewaySettings ipv4)
    {
        Text(nameof(ipv4.Edition), ipv4.Edition);
        _json.WriteBoolean(nameof(ipv4.ActsAsDhcpServer), ipv4.ActsAsDhcpServer);
        Text(nameof(ipv4.FixedDHCPServerId), ipv4.FixedDHCPServerId);
        Text(nameof(ipv4.DhcpAddress), ipv4.DhcpAddress);
        Texts(nameof(ipv4.DhcpServers), ipv4.DhcpServers);
        Text(nameof(ipv4.RelayAddress), ipv4.RelayAddress);
        _json.WriteBoolean(nameof(ipv4.OverridesServerIdentifier), ipv4.OverridesServerIdentifier);
        Milliseconds(nameof(ipv4.LeaseTime), ipv4.LeaseTime);
        _json.WriteBoolean(nameof(ipv4.WaitsForDhcp), ipv4.WaitsForDhcp);
    }

    private void WriteAccessLink(AccessLinkSettings link)
    {
        Text("Link", link.Link);
        Text("MacAddress", link.MacAddress);
        Text("BoundIdentifier", link.BoundIdentifier);
        _json.WriteNumber("Mtu", link.Mtu);
        Text("VisitedPrefix", link.VisitedPrefix);
    }

    private void WriteIdentification(MobileNodeIdentification identification)
    {
        Text(nameof(identification.MacPattern), identification.MacPattern);
        Text(nameof(identification.IdentifierFormat), identification.IdentifierFormat);
    }

    private void WriteProfile(MobileNodeProfile profile)
    {
        Text(nameof(profile.IdentifierPattern), profile.IdentifierPattern);
        Text(nameof(profile.MobileNodeIdentifier), profile.MobileNodeIdentifier);
        Texts(nameof(profile.HomeNetworkPrefixes), profile.HomeNetworkPrefixes);
        Texts(nameof(profile.HomeNetworkPrefixPatterns), profile.HomeNetworkPrefixPatterns);
        Objects(nameof(profile.InterfacePrefixes), profile.InterfacePrefixes, WriteInterfacePrefixes);
        Text(ConfigurationKeys.AnchorAddress, profile.LocalMobilityAnchorAddress);
        Text(nameof(profile.Ipv4AnchorAddress), profile.Ipv4AnchorAddress);
        if (profile.SignalsOverIpv4 is { } overIpv4)
        {
            _json.WriteBoolean(nameof(profile.SignalsOverIpv4), overIpv4);
        }
        Text(nameof(profile.IpVersions), profile.IpVersions);
        Texts(nameof(profile.Ipv4HomeAddresses), profile.Ipv4HomeAddresses);
        _json.WriteBoolean(nameof(profile.IsEntitled), profile.IsEntitled);
        if (profile.EnableMAGLocalRouting is { } enabled)
        {
            _json.WriteBoolean(nameof(profile.EnableMAGLocalRouting), enabled);
        }
        Text(nameof(profile.AddressConfiguration), profile.AddressConfiguration);
        Milliseconds(ConfigurationKeys.ValidLifetime, profile.PrefixLifetimes.Valid);
        Milliseconds(ConfigurationKeys.PreferredLifetime, profile.PrefixLifetimes.Preferred);
    }

    private void WriteInterfacePrefixes(InterfacePrefixes prefixes)
    {
        Text(nameof(prefixes.MacPattern), prefixes.MacPattern);
        Texts(nameof(prefixes.HomeNetworkPrefixes), prefixes.HomeNetworkPrefixes);
    }

    private void WriteHomeAgent(HomeAgentSettings settings)
    {
        Text(nameof(settings.Address), settings.Address);
        Text(nameof(settings.HomeLink), settings.HomeLink);
        Texts(nameof(settings.HomePrefixes), settings.HomePrefixes);
        Texts(nameof(settings.MobileNodes), settings.MobileNodes);
        Text(nameof(settings.Mcoa), settings.Mcoa);
        _json.WriteBoolean(nameof(settings.AllowsMultipleCareOfAddresses), settings.AllowsMultipleCareOfAddresses);
        _json.WriteBoolean(nameof(settings.AcceptsBulkRegistration), settings.AcceptsBulkRegistration);
        _json.WriteBoolean(nameof(settings.AllowsSimultaneousHomeAndForeign), settings.AllowsSimultaneousHomeAndForeign);
        _json.WriteBoolean(nameof(settings.HasOtherRoutersOnHomeLink), settings.HasOtherRoutersOnHomeLink);
        Milliseconds(nameof(settings.MaximumLifetime), settings.MaximumLifetime);
        _json.WriteBoolean(nameof(settings.ProtectionRequired), settings.ProtectionRequired);
        Texts(nameof(settings.ProtectedTunnels), settings.ProtectedTunnels);
        _json.WriteBoolean(nameof(settings.PerformDad), settings.PerformDad);
        Milliseconds(nameof(settings.RefreshRequestBefore), settings.RefreshRequestBefore);
        Objects(nameof(settings.MobileNetworks), settings.MobileNetworks, WriteMobileNetwork);
        if (settings.DualStack is { } dualStack)
        {
            Object(nameof(settings.DualStack), dualStack, WriteDualStack);
        }
    }

    private void WriteDualStack(DualStackHomeAgentSettings settings)
    {
        Text(nameof(settings.Address), settings.Address);
        WriteAddresses(nameof(settings.HomeAddresses), settings.HomeAddresses);
        Texts(nameof(settings.Pool), settings.Pool);
        _json.WriteBoolean(nameof(settings.AcceptsForcedUdp), settings.AcceptsForcedUdp);
        Milliseconds(nameof(settings.NatRefreshTime), settings.NatRefreshTime);
        _json.WriteNumber(nameof(settings.Port), settings.Port);
    }

    private void WriteAddresses(string key, IReadOnlyDictionary<IPAddress, IPAddress> addresses) =>
        Object(
            key,
            addresses,
            written =>
            {
                foreach (var (of, address) in written)
                {
                    Text(of.ToString(), address);
                }
            }
        );

    private void WriteMobileNetwork(MobileNetworkPolicy policy)
    {
        Text(nameof(policy.HomeAddress), policy.HomeAddress);
        Text(nameof(policy.Network), policy.Network);
    }

    private void WriteCorrespondent(CorrespondentNodeSettings settings)
    {
        Text(nameof(settings.Address), settings.Address);
        Text(nameof(settings.Mcoa), settings.Mcoa);
        _json.WriteBoolean(nameof(settings.AllowsMultipleCareOfAddresses), settings.AllowsMultipleCareOfAddresses);
        _json.WriteBoolean(nameof(settings.AcceptsBindings), settings.AcceptsBindings);
        Milliseconds(nameof(settings.MaximumLifetime), settings.MaximumLifetime);
        Milliseconds(nameof(settings.NonceLifetime), settings.NonceLifetime);
        Milliseconds(nameof(settings.RefreshRequestBefore), settings.RefreshRequestBefore);
    }

    private void WriteMobileNode(MobileNodeSettings settings)
    {
        Text(nameof(settings.HomeAddress), settings.HomeAddress);
        Text(nameof(settings.HomePrefix), settings.HomePrefix);
        Text(nameof(settings.HomeAgent), settings.HomeAgent);
        Texts(nameof(settings.Links), settings.Links);
        Text(nameof(settings.Mcoa), settings.Mcoa);
        Object(
            nameof(settings.Bids),
            settings.Bids,
            bids =>
            {
                foreach (var (link, bid) in bids)
                {
                    _json.WriteNumber(link.Name, bid);
                }
            }
        );
        _json.WriteBoolean(nameof(settings.RegistersInBulk), settings.RegistersInBulk);
        Milliseconds(nameof(settings.BulkDelay), settings.BulkDelay);
        _json.WriteBoolean(nameof(settings.OptimizesRoutes), settings.OptimizesRoutes);
        Text(nameof(settings.AtHome), settings.AtHome);
        Milliseconds(nameof(settings.Lifetime), settings.Lifetime);
        _json.WriteBoolean(nameof(settings.ProtectionRequired), settings.ProtectionRequired);
        Milliseconds(ConfigurationKeys.FirstRegistrationTimeout, settings.FirstRegistrationTimeout);
        Milliseconds(ConfigurationKeys.InitialTimeout, settings.InitialTimeout);
        Milliseconds(ConfigurationKeys.MaximumTimeout, settings.MaximumTimeout);
        if (settings.DualStack is { } dualStack)
        {
            Object(nameof(settings.DualStack), dualStack, WriteDualStackOfMobileNode);
        }
    }

    private void WriteDualStackOfMobileNode(DualStackMobileNodeSettings settings)
    {
        Text(nameof(settings.HomeAgent), settings.HomeAgent);
        Text(nameof(settings.HomeAddress), settings.HomeAddress);
        _json.WriteNumber(nameof(settings.Port), settings.Port);
    }

    /// <summary>Writes nothing if there is no value.</summary>
    private void Text(string key, object? value)
    {
        if (value is not null)
        {
            _json.WriteString(key, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
    }

    private void Texts<T>(string key, IEnumerable<T> values)
    {
        _json.WriteStartArray(key);
        foreach (var value in values)
        {
            _json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
        _json.WriteEndArray();
    }

    /// <summary>Writes nothing if there is no value.</summary>
    private void Milliseconds(string key, TimeSpan? time)
    {
        if (time is { } value)
        {
            Milliseconds(key, value);
        }
    }

    private void Milliseconds(string key, TimeSpan time) => _json.WriteNumber(key, (long)time.TotalMilliseconds);

    private void Object<T>(string key, T value, Action<T> write)
    {
        _json.WriteStartObject(key);
        write(value);
        _json.WriteEndObject();
    }

    private void Objects<T>(string key, IEnumerable<T> values, Action<T> write)
    {
        _json.WriteStartArray(key);
        foreach (var value in values)
        {
            _json.WriteStartObject();
            write(value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
