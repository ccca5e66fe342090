using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The state of an address (RFC 4862, Section 2).</summary>
public enum AddressState
{
    /// <summary>Being tested for uniqueness: used neither to send nor to receive.</summary>
    Tentative,

    Assigned,

    /// <summary>Another node uses the address.</summary>
    Duplicate,
}

/// <summary>An address of an interface. After <paramref name="PreferredUntil"/>, if set, it is deprecated as a source address.</summary>
internal sealed record InterfaceAddress(IPAddress Address, AddressState State, Instant? PreferredUntil = null)
{
    /// <summary>The addresses that are neighbours on the link by the configuration of this one; its own address alone by default.</summary>
    public IpPrefix Subnet { get; init; } = IpPrefix.Of(Address);

    /// <summary>Used without being advertised or defended in Neighbor Discovery (RFC 5648, Section 5.6.3).</summary>
    public bool IsSilent { get; init; }
}
