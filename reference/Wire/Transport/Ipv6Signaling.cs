using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// Signaling over IPv6: IPv6, optionally a type 2 routing header and a Home Address option, Mobility Header. The checksum of the
/// Mobility Header is used and covers the IPv6 pseudo-header.
/// </summary>
/// <param name="Source">An IPv6 address.</param>
/// <param name="Destination">An IPv6 address.</param>
/// <exception cref="ArgumentException">An address is not IPv6.</exception>
public sealed record Ipv6Signaling(IPAddress Source, IPAddress Destination) : SignalingTransport
{
    public override IPAddress Source
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Source);

    public override IPAddress Destination
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Destination);

    /// <summary>
    /// RFC 6275, Section 6.3: the address of a Home Address option, for which <see cref="Source"/> is the care-of address.
    /// </summary>
    public IPAddress? HomeAddress
    {
        get;
        init => field = value is null ? null : Ipv6Octets.Require(value);
    }

    /// <summary>
    /// RFC 6275, Section 6.4: the address of a type 2 routing header, for which <see cref="Destination"/> is the care-of address.
    /// </summary>
    public IPAddress? RoutedTo
    {
        get;
        init => field = value is null ? null : Ipv6Octets.Require(value);
    }

    /// <summary>What came with a Home Address option goes back with a type 2 routing header, and vice versa.</summary>
    public override SignalingTransport Reversed =>
        new Ipv6Signaling(Destination, Source) { HomeAddress = RoutedTo, RoutedTo = HomeAddress };

    public override SignalingTransport Direct => this with { HomeAddress = null, RoutedTo = null };

    /// <summary>RFC 6275, Section 6.1.1: the checksum covers the home addresses instead of the care-of addresses.</summary>
    public bool HasValidChecksum(ReadOnlySpan<byte> mobilityHeader) =>
        MobilityHeader.HasValidChecksum(HomeAddress ?? Source, RoutedTo ?? Destination, mobilityHeader);

    internal void Checksum(Span<byte> mobilityHeader) =>
        MobilityHeader.FillChecksum(HomeAddress ?? Source, RoutedTo ?? Destination, mobilityHeader);

    private protected override void SetChecksum(Span<byte> mobilityHeader) => Checksum(mobilityHeader);

    private protected override IpPacket Carry(byte[] mobilityHeader)
    {
        var (next, payload) = (IpProtocol.MobilityHeader, mobilityHeader);
        if (HomeAddress is not null)
        {
            payload = new DestinationOptionsHeader(next, [new HomeAddressOption(HomeAddress)]).Before(payload);
            next = IpProtocol.DestinationOptions;
        }
        if (RoutedTo is not null)
        {
            payload = new Type2RoutingHeader(next, RoutedTo).Before(payload);
            next = IpProtocol.Routing;
        }
        return new Ipv6Packet(Source, Destination, next, payload);
    }

    internal static bool TryUnwrap(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out SignalingPacket? signaling,
        [NotNullWhen(false)] out WireError? error
    )
    {
        signaling = null;
        if (!IpHeader.TryReadIpv6(bytes, out var packet, out var upper, out error))
        {
            return false;
        }
        if (upper.Protocol != IpProtocol.MobilityHeader)
        {
            error = OtherUpperLayer(upper.Offset, upper.Protocol, IpProtocol.MobilityHeader);
            return false;
        }

        var transport = new Ipv6Signaling(packet.Source, packet.Destination)
        {
            HomeAddress = upper.Headers.Select(HomeAddressIn).FirstOrDefault(address => address is not null),
            RoutedTo = upper.Headers.Select(FinalDestinationIn).FirstOrDefault(address => address is not null),
        };
        var checksumError = transport.HasValidChecksum(upper.Payload.Span)
            ? null
            : new WireError(upper.Offset + MobilityHeader.ChecksumOffset, "Checksum", "incorrect checksum");
        signaling = new SignalingPacket(transport, upper.Offset, upper.Payload, upper.Headers, checksumError);
        return true;
    }

    private static IPAddress? HomeAddressIn(ExtensionHeader header) =>
        header.Type == IpProtocol.DestinationOptions && DestinationOptionsHeader.TryParse(header.Bytes.Span, out var options, out _)
            ? options.Options.OfType<HomeAddressOption>().FirstOrDefault()?.HomeAddress
            : null;

    private static IPAddress? FinalDestinationIn(ExtensionHeader header) =>
        header.Type == IpProtocol.Routing && Type2RoutingHeader.TryParse(header.Bytes.Span, out var routing, out _)
            ? routing.HomeAddress
            : null;
}
