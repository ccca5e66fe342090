using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>The outer headers of a tunnelled packet: over IPv6 as in RFC 2473, over IPv4 as in RFC 5844, Section 4.1.4.1.</summary>
public abstract record Encapsulation
{
    private protected Encapsulation() { }

    /// <summary>Hop limit or time to live of the outer header.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>Traffic class or type of service of the outer header.</summary>
    public byte TrafficClass { get; init; }

    /// <summary>Number of octets that the tunnel adds to a packet.</summary>
    public abstract int Overhead { get; }

    /// <summary>Removes the outer headers of a packet without ESP; the caller removes ESP first.</summary>
    /// <remarks>
    /// Over IPv4 and UDP, one of the ports must be <see cref="MobilityPorts.Data"/> or <see cref="MobilityPorts.DualStack"/>. On the
    /// latter, signaling looks like a tunnelled IPv6 packet: call <see cref="SignalingTransport.TryUnwrap"/> first.
    /// </remarks>
    /// <param name="packet">The packet from the outer IP header on.</param>
    /// <param name="error">
    /// <c>Truncated</c> or another rule of the outer headers; <c>Version</c>: neither 4 nor 6, or the inner version differs from the
    /// announced one; <c>Fragment</c>; <c>UpperLayer</c>: no tunnelled packet is announced; <c>Port</c>: neither port is a data port.
    /// </param>
    public static bool TryUnwrap(
        ReadOnlyMemory<byte> packet,
        MobilityPorts ports,
        [NotNullWhen(true)] out EncapsulatedPacket? encapsulated,
        [NotNullWhen(false)] out WireError? error
    )
    {
        ArgumentNullException.ThrowIfNull(ports);
        encapsulated = null;
        switch (IpHeader.VersionOf(packet.Span))
        {
            case IpHeader.Ipv6:
                return Ipv6Encapsulation.TryUnwrap(packet, out encapsulated, out error);
            case IpHeader.Ipv4:
                return TryUnwrapIpv4(packet, ports, out encapsulated, out error);
            default:
                error = IpHeader.UnknownVersion(packet.Span);
                return false;
        }
    }

    /// <summary>The packet preceded by the outer headers.</summary>
    /// <exception cref="ArgumentException">
    /// The version of the packet is neither 4 nor 6, or the packet is too long with the outer headers.
    /// </exception>
    public byte[] Wrap(ReadOnlySpan<byte> inner) => Around(inner.ToArray()).ToBytes();

    /// <summary>The outer packet, whose payload is the packet with the headers between.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Wrap"/>.</exception>
    public abstract IpPacket Around(ReadOnlyMemory<byte> inner);

    /// <summary>The protocol number that announces a packet of this version.</summary>
    /// <exception cref="ArgumentException">The version is neither 4 nor 6.</exception>
    private protected static byte ProtocolOf(ReadOnlySpan<byte> inner) =>
        IpHeader.VersionOf(inner) switch
        {
            IpHeader.Ipv4 => Ipv4Protocol.Ipv4,
            IpHeader.Ipv6 => IpProtocol.Ipv6,
            _ => throw new ArgumentException("The inner packet is neither IPv4 nor IPv6.", nameof(inner)),
        };

    /// <summary>Reads the inner packet of a tunnel without a UDP header, and its version.</summary>
    private protected static bool TryReadInner(UpperLayer upper, out int version, [NotNullWhen(false)] out WireError? error)
    {
        version = IpHeader.VersionOf(upper.Payload.Span);
        var announced = upper.Protocol switch
        {
            Ipv4Protocol.Ipv4 => IpHeader.Ipv4,
            IpProtocol.Ipv6 => IpHeader.Ipv6,
            _ => 0,
        };
        if (announced == 0)
        {
            error = new WireError(
                upper.Offset,
                "UpperLayer",
                $"protocol {upper.Protocol}, neither {Ipv4Protocol.Ipv4} nor {IpProtocol.Ipv6}"
            );
            return false;
        }

        error =
            upper.Payload.IsEmpty ? WireError.Truncated(upper.Offset, 1, 0)
            : version != announced
                ? new WireError(upper.Offset, "Version", $"version {version}, but protocol {upper.Protocol} announces version {announced}")
            : null;
        return error is null;
    }

    private static bool TryUnwrapIpv4(
        ReadOnlyMemory<byte> bytes,
        MobilityPorts ports,
        [NotNullWhen(true)] out EncapsulatedPacket? encapsulated,
        [NotNullWhen(false)] out WireError? error
    )
    {
        encapsulated = null;
        return IpHeader.TryReadIpv4(bytes, out var packet, out var upper, out error)
            && (
                upper.Protocol == Ipv4Protocol.Udp
                    ? Ipv4UdpEncapsulation.TryRead(bytes.Span, packet, upper, ports, out encapsulated, out error)
                    : Ipv4Encapsulation.TryRead(bytes.Span, packet, upper, out encapsulated, out error)
            );
    }
}
