using System.Net.Sockets;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

/// <summary>One interface of a node.</summary>
public sealed record InterfaceConfiguration
{
    /// <summary>The name of the link, as used by the role: "core", "link1".</summary>
    public required string Link { get; init; }

    /// <summary>The name of an existing interface in the kernel: "eth0".</summary>
    public required string Interface { get; init; }

    /// <summary>Added when the node starts, without duplicate address detection.</summary>
    public IReadOnlyList<ConfiguredAddress> Addresses { get; init; } = [];

    /// <summary>
    /// A link to mobile nodes: packets from it are forwarded by source prefix or dropped, and its only link-local addresses are
    /// those that the role configures (RFC 5213, Section 6.9.3).
    /// </summary>
    public bool IsAccessLink { get; init; }

    /// <summary>The MAC address to set when the node starts; null to leave it unchanged.</summary>
    public MacAddress? MacAddress { get; init; }

    internal LinkId Id => new(Link);

    /// <summary>The prefix of the first IPv6 address, out of which hosts on the link make addresses; null if it has not 64 bits.</summary>
    internal Ipv6Prefix? AdvertisedPrefix =>
        Addresses.FirstOrDefault(own => own.Address.AddressFamily == AddressFamily.InterNetworkV6) is { PrefixLength: 64 } first
            ? new Ipv6Prefix(first.Address, first.PrefixLength)
            : null;
}

/// <summary>A route of the node in addition to those of its interfaces' prefixes and those of the role.</summary>
public sealed record NodeRoute
{
    public required IpPrefix To { get; init; }

    /// <summary>The next hop, of the family of the prefix; null if the destinations are on the link.</summary>
    public System.Net.IPAddress? Via { get; init; }

    /// <summary>Required if there is no next hop or a link-local one.</summary>
    public string? Link { get; init; }
}
