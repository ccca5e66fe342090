using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// An entry of the Binding Cache of a home agent or correspondent node, RFC 6275, Section 9.1, and RFC 5648, Section 4.1.
/// </summary>
/// <param name="Key">The home address, and the BID if the binding has one.</param>
/// <param name="CareOf">The care-of address; the home address in a home binding (RFC 5648, Section 6.2).</param>
/// <param name="SequenceNumber">That of the Binding Update that made or renewed the binding.</param>
/// <param name="EndsAt">When the granted lifetime ends; null for a home binding that stays until it is removed.</param>
public sealed record MobileBinding(BindingKey Key, IPAddress CareOf, ushort SequenceNumber, Instant? EndsAt)
{
    /// <summary>A home binding: the mobile node is on its home link besides (RFC 5648, Section 5.6).</summary>
    public bool IsHome => CareOf.Equals(Key.Home);

    /// <summary>
    /// The UDP ports of the tunnel to an IPv4 care-of address that is behind a NAT, or for which UDP was asked (RFC 5555, Section 4.2);
    /// otherwise null.
    /// </summary>
    public TunnelPorts? Ports { get; init; }
}
