using Pmip.Protocol;

namespace Pmip.Node.Configuration;

/// <summary>Where a node is the default router of hosts (RFC 4861, Section 6.2).</summary>
public sealed record RouterSettings
{
    /// <summary>
    /// The links on which the node advertises itself, with the prefix of its first IPv6 address there, of 64 bits, for hosts to make
    /// addresses of.
    /// </summary>
    public required IReadOnlyList<LinkId> AdvertisedLinks { get; init; }
}
