using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What identifies a binding, RFC 5648, Section 6.1.</summary>
/// <param name="Home">The home address.</param>
/// <param name="BindingId">The BID; null for a binding without one.</param>
public sealed record BindingKey(IPAddress Home, ushort? BindingId)
{
    public override string ToString() => BindingId is { } bid ? $"{Home} BID {bid}" : $"{Home}";
}
