using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>How far an address has come (RFC 4862, Section 2).</summary>
internal enum AddressState
{
    /// <summary>Being tested for uniqueness: neither sent from nor received at.</summary>
    Tentative,

    Assigned,

    /// <summary>Another node has it.</summary>
    Duplicate,
}

/// <summary>An address of an interface. After <paramref name="PreferredUntil"/>, if there is one, it is no source of choice any more.</summary>
internal sealed record InterfaceAddress(IPAddress Address, AddressState State, Instant? PreferredUntil = null);
