using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// IPv6 or IPv4 in IPv4, RFC 4213, Section 3, and RFC 2003. Options of the outer header are skipped when read and not written.
/// </summary>
/// <param name="Source">An IPv4 address.</param>
/// <param name="Destination">An IPv4 address.</param>
/// <exception cref="ArgumentException">An address is not IPv4.</exception>
public sealed record Ipv4Encapsulation(IPAddress Source, IPAddress Destination) : Encapsulation
{
    public IPAddress Source
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Source);

    public IPAddress Destination
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Destination);

    public bool DontFragment { get; init; }

    public ushort Identification { get; init; }

    public override int Overhead => Ipv4Packet.MinimumHeaderLength;

    public override Ipv4Packet Around(ReadOnlyMemory<byte> inner) =>
        new(Source, Destination, ProtocolOf(inner.Span), inner)
        {
            HopLimit = HopLimit,
            TrafficClass = TrafficClass,
            DontFragment = DontFragment,
            Identification = Identification,
        };

    internal static bool TryRead(
        ReadOnlySpan<byte> bytes,
        Ipv4Packet packet,
        UpperLayer upper,
        [NotNullWhen(true)] out EncapsulatedPacket? encapsulated,
        [NotNullWhen(false)] out WireError? error
    )
    {
        encapsulated = null;
        if (!TryReadInner(upper, out var version, out error))
        {
            return false;
        }

        var outer = new Ipv4Encapsulation(packet.Source, packet.Destination)
        {
            HopLimit = packet.HopLimit,
            TrafficClass = packet.TrafficClass,
            DontFragment = packet.DontFragment,
            Identification = packet.Identification,
        };
        encapsulated = new EncapsulatedPacket(outer, version, upper.Offset, upper.Payload, IpHeader.JudgeHeaderChecksum(bytes));
        return true;
    }
}
