using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// IPv6 or IPv4 in IPv6, RFC 2473, Section 3. Extension headers of the outer packet are skipped when read and not written.
/// </summary>
/// <param name="Source">An IPv6 address.</param>
/// <param name="Destination">An IPv6 address.</param>
/// <exception cref="ArgumentException">An address is not IPv6.</exception>
public sealed record Ipv6Encapsulation(IPAddress Source, IPAddress Destination) : Encapsulation
{
    public IPAddress Source
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Source);

    public IPAddress Destination
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Destination);

    public override int Overhead => Ipv6Packet.HeaderLength;

    public override Ipv6Packet Around(ReadOnlyMemory<byte> inner) =>
        new(Source, Destination, ProtocolOf(inner.Span), inner) { HopLimit = HopLimit, TrafficClass = TrafficClass };

    internal static bool TryUnwrap(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out EncapsulatedPacket? encapsulated,
        [NotNullWhen(false)] out WireError? error
    )
    {
        encapsulated = null;
        if (!IpHeader.TryReadIpv6(bytes, out var packet, out var upper, out error) || !TryReadInner(upper, out var version, out error))
        {
            return false;
        }

        var outer = new Ipv6Encapsulation(packet.Source, packet.Destination)
        {
            HopLimit = packet.HopLimit,
            TrafficClass = packet.TrafficClass,
        };
        encapsulated = new EncapsulatedPacket(outer, version, upper.Offset, upper.Payload, null);
        return true;
    }
}
