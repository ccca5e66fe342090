using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// One Ethernet interface of a simulated node. Its <paramref name="Link"/> names the interface, not the attached link:
/// a mobile node keeps the name when it moves; the test bed attaches it to another link between LinkDown and LinkUp.
/// </summary>
public sealed record InterfaceSettings(LinkId Link, MacAddress MacAddress)
{
    /// <summary>Assigned at the start, without duplicate address detection.</summary>
    public IReadOnlyList<ConfiguredAddress> Addresses { get; init; } = [];

    /// <summary>A host's interface: duplicate address detection, Router Solicitations and stateless autoconfiguration on link up.</summary>
    public bool Autoconfigure { get; init; }

    /// <summary>A host's interface: its IPv4 address comes from a DHCP server, and is asked for on link up.</summary>
    public bool AutoconfigureIpv4 { get; init; }

    /// <summary>
    /// An access link of a mobile access gateway: packets that arrive are forwarded only by a route with a matching
    /// <see cref="Route.From"/>, and otherwise dropped silently, as are those whose source is on another access link. The only link-local
    /// addresses of such an interface are those that the role configures, because the address is part of the binding (RFC 5213, Section
    /// 6.9.3).
    /// </summary>
    public bool ForwardOnlyBySourceRoute { get; init; }

    /// <summary>In octets, at least 1280.</summary>
    public uint Mtu { get; init; } = 1500;

    /// <summary>Whether the interface has a carrier when the node starts. Only changes are reported to the role.</summary>
    public bool InitiallyUp { get; init; } = true;
}
