using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

/// <summary>One interface of a node.</summary>
public sealed record InterfaceConfiguration
{
    /// <summary>The link's name, by which the role knows it: "core", "link1".</summary>
    public required string Link { get; init; }

    /// <summary>The interface's name in the kernel, which has it already: "eth0".</summary>
    public required string Interface { get; init; }

    /// <summary>Added when the node starts, without duplicate address detection.</summary>
    public IReadOnlyList<ConfiguredAddress> Addresses { get; init; } = [];

    /// <summary>
    /// A link to mobile nodes: what comes from it is forwarded by its source or not at all, and on it there is no link-local
    /// address but those that the role gives it (RFC 5213, Section 6.9.3).
    /// </summary>
    public bool IsAccessLink { get; init; }

    /// <summary>Set when the node starts; null leaves the interface the one it has.</summary>
    public MacAddress? MacAddress { get; init; }

    internal LinkId Id => new(Link);
}

/// <summary>A route of the node beside those of its interfaces' prefixes and those of the role.</summary>
public sealed record NodeRoute
{
    public required Ipv6Prefix To { get; init; }

    /// <summary>The next hop; null for what is on the link.</summary>
    public System.Net.IPAddress? Via { get; init; }

    /// <summary>Needed where there is no next hop, or a link-local one.</summary>
    public string? Link { get; init; }
}
