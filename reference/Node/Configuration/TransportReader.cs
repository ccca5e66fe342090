using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Pmip.Node.Configuration.ConfigurationSection;

namespace Pmip.Node.Configuration;

/// <summary>Reads how a node is reached over IPv4, and reaches others so: RFC 5844, Sections 4 and 5, and its drafts.</summary>
internal static class TransportReader
{
    public static Ipv4AnchorTransport ReadAnchor(ConfigurationSection section)
    {
        var required = new Ipv4AnchorTransport { Address = section.Required(nameof(Ipv4AnchorTransport.Address), Ipv4Address) };
        var transport = required with
        {
            Edition = section.Optional(nameof(required.Edition), OneOf<Ipv4Edition>, required.Edition),
            AcceptForcedIPv4UDPEncapsulationRequest = section.Optional(
                nameof(required.AcceptForcedIPv4UDPEncapsulationRequest),
                Boolean,
                required.AcceptForcedIPv4UDPEncapsulationRequest
            ),
            AcceptIPv4UDPEncapsulationRequest = section.Optional(
                nameof(required.AcceptIPv4UDPEncapsulationRequest),
                Boolean,
                required.AcceptIPv4UDPEncapsulationRequest
            ),
            NatRefreshTime = section.Optional(nameof(required.NatRefreshTime), Milliseconds, required.NatRefreshTime),
            Ports = section.Optional(nameof(required.Ports), SectionOf(ReadPorts), required.Ports),
            SupportsTlvHeader = section.Optional(nameof(required.SupportsTlvHeader), Boolean, required.SupportsTlvHeader),
        };
        Check(transport.Validate, section);
        return transport;
    }

    public static Ipv4GatewayTransport ReadGateway(ConfigurationSection section)
    {
        var required = new Ipv4GatewayTransport { Address = section.Required(nameof(Ipv4GatewayTransport.Address), Ipv4Address) };
        var transport = required with
        {
            Edition = section.Optional(nameof(required.Edition), OneOf<Ipv4Edition>, required.Edition),
            Anchors = section.Optional(nameof(required.Anchors), ReadAnchors, required.Anchors),
            ForceIPv4UDPEncapsulationSupport = section.Optional(
                nameof(required.ForceIPv4UDPEncapsulationSupport),
                Boolean,
                required.ForceIPv4UDPEncapsulationSupport
            ),
            RequestIPv4UDPEncapsulationSupport = section.Optional(
                nameof(required.RequestIPv4UDPEncapsulationSupport),
                Boolean,
                required.RequestIPv4UDPEncapsulationSupport
            ),
            UsesTlvHeader = section.Optional(nameof(required.UsesTlvHeader), Boolean, required.UsesTlvHeader),
            Ports = section.Optional(nameof(required.Ports), SectionOf(ReadPorts), required.Ports),
        };
        Check(transport.Validate, section);
        return transport;
    }

    /// <summary>An IPv4 address that a node can have.</summary>
    public static IPAddress Ipv4Address(LocatedValue value) =>
        AnyNodeAddress(value) is { AddressFamily: AddressFamily.InterNetwork } address
            ? address
            : throw value.Error($"'{value.Text}' is not an IPv4 address");

    private static MobilityPorts ReadPorts(ConfigurationSection section) =>
        new(
            section.Optional(nameof(MobilityPorts.Control), Port, MobilityPorts.Default.Control),
            section.Optional(nameof(MobilityPorts.Data), Port, MobilityPorts.Default.Data),
            section.Optional(nameof(MobilityPorts.DualStack), Port, MobilityPorts.Default.DualStack)
        );

    /// <summary>A UDP port, 1 to 65535.</summary>
    public static ushort Port(LocatedValue value) =>
        Integer(value) is > 0 and <= ushort.MaxValue and var port ? (ushort)port : throw value.Error("is not a port from 1 to 65535");

    /// <summary>An object with an IPv4-LMAA for each LMAA, which is the key.</summary>
    private static IReadOnlyDictionary<IPAddress, IPAddress> ReadAnchors(LocatedValue value) =>
        ReadAddresses(value, "is not the IPv6 address of an LMA");

    /// <summary>An object with an IPv4 address for each IPv6 address, which is the key.</summary>
    /// <param name="fault">What is said of a wrong key.</param>
    public static IReadOnlyDictionary<IPAddress, IPAddress> ReadAddresses(LocatedValue value, string fault)
    {
        if (value.Type != JsonTokenType.StartObject)
        {
            throw value.Error("is not an object in braces");
        }

        var addresses = new Dictionary<IPAddress, IPAddress>();
        foreach (var (key, of) in value.Members)
        {
            if (!IPAddress.TryParse(key, out var owner) || owner.AddressFamily != AddressFamily.InterNetworkV6)
            {
                throw of.Error(fault);
            }
            if (!addresses.TryAdd(owner, Ipv4Address(of)))
            {
                throw of.Error("occurs twice");
            }
        }
        return addresses;
    }

    /// <summary>The settings check their own ranges.</summary>
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
