using System.Net;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Domains;

/// <summary>What a link connects.</summary>
public enum LinkKind
{
    /// <summary>MAGs and LMAs.</summary>
    Core,

    /// <summary>An LMA and correspondent nodes.</summary>
    Home,

    /// <summary>A router, such as a MAG, and the mobile nodes that attach to it. The link is down at the start.</summary>
    Access,
}

/// <summary>A link of a domain.</summary>
/// <param name="Port">The tester's port on the link, whose name is the name of the link.</param>
public sealed record DomainLink(PortId Port, LinkKind Kind)
{
    /// <summary>
    /// The address of the router to all other links, if the implementation under test is not on the link itself; null if it is.
    /// </summary>
    public IPAddress? NextHop { get; init; }

    /// <summary>The MN-Identifier of whichever mobile node attaches to the link; null if mobile nodes are told apart.</summary>
    public string? BoundIdentity { get; init; }

    /// <summary>The prefix of the link for nodes without mobility service; null if such nodes get no access.</summary>
    public Ipv6Prefix? VisitedPrefix { get; init; }

    /// <summary>The MTU of the link in octets.</summary>
    public uint Mtu { get; init; } = 1500;

    /// <summary>True for the access link that only the mobile nodes of bookends use.</summary>
    public bool IsForBookends { get; init; }
}
