using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// One Ethernet interface of a simulated node. Its <paramref name="Link"/> names the interface, not what is at the other end:
/// a mobile node keeps it when it moves, the test bed plugs it in elsewhere between LinkDown and LinkUp.
/// </summary>
public sealed record InterfaceSettings(LinkId Link, MacAddress MacAddress)
{
    /// <summary>RFC 8200, Section 5: no IPv6 link has a smaller MTU.</summary>
    public const uint MinimumMtu = 1280;

    /// <summary>Assigned at the start, without duplicate address detection.</summary>
    public IReadOnlyList<ConfiguredAddress> Addresses { get; init; } = [];

    /// <summary>A host's interface: duplicate address detection, Router Solicitations and stateless autoconfiguration on link up.</summary>
    public bool Autoconfigure { get; init; }

    /// <summary>
    /// An access link of a mobile access gateway: what arrives is forwarded only by a route with a matching
    /// <see cref="Route.From"/>, else dropped in silence. Such an interface has no link-local address but those that the role
    /// gives it, because that address is the business of the binding (RFC 5213, Section 6.9.3).
    /// </summary>
    public bool ForwardOnlyBySourceRoute { get; init; }

    /// <summary>In octets, from 1280 on. Nothing is ever fragmented here: below 1320, tunnels lose packets of up to 1280 octets.</summary>
    public uint Mtu { get; init; } = 1500;

    /// <summary>Whether the interface has a carrier when the node starts. The role hears of changes only.</summary>
    public bool InitiallyUp { get; init; } = true;
}
