using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>The headers that carry a Mobility Header between mobility entities, and the checksums that are required there.</summary>
public abstract record SignalingTransport
{
    private protected SignalingTransport() { }

    /// <summary>Source address of the first IP header.</summary>
    public abstract IPAddress Source { get; init; }

    /// <summary>Destination address of the first IP header.</summary>
    public abstract IPAddress Destination { get; init; }

    /// <summary>The transport of the reply: source and destination addresses and ports exchanged.</summary>
    public abstract SignalingTransport Reversed { get; }

    /// <summary>The same transport without home addresses: between the addresses of the IP headers alone.</summary>
    public virtual SignalingTransport Direct => this;

    /// <summary>Finds the Mobility Header in a packet without ESP; the caller removes ESP first.</summary>
    /// <remarks>
    /// Over IPv4, the source or the destination port selects the format: <see cref="MobilityPorts.Control"/> announces a Mobility Header,
    /// <see cref="MobilityPorts.DualStack"/> an IPv6 packet that contains a Mobility Header.
    /// </remarks>
    /// <param name="packet">The packet from the first IP header on.</param>
    /// <param name="error">
    /// <c>Truncated</c>, <c>Version</c> or another rule of the preceding headers; <c>Fragment</c>; <c>UpperLayer</c>: a header announces a
    /// different protocol; <c>Port</c>: neither port is a signaling port.
    /// </param>
    public static bool TryUnwrap(
        ReadOnlyMemory<byte> packet,
        MobilityPorts ports,
        [NotNullWhen(true)] out SignalingPacket? signaling,
        [NotNullWhen(false)] out WireError? error
    )
    {
        ArgumentNullException.ThrowIfNull(ports);
        signaling = null;
        switch (IpHeader.VersionOf(packet.Span))
        {
            case IpHeader.Ipv6:
                return Ipv6Signaling.TryUnwrap(packet, out signaling, out error);
            case IpHeader.Ipv4:
                return TryUnwrapUdp(packet, ports, out signaling, out error);
            default:
                error = IpHeader.UnknownVersion(packet.Span);
                return false;
        }
    }

    /// <summary>The generated form would contain <see cref="Reversed"/>, and that this transport, without an end.</summary>
    public sealed override string ToString() => Text;

    /// <summary>The addresses, and the ports if there are any.</summary>
    private protected virtual string Text => $"{Source} to {Destination}";

    /// <summary>Creates a packet with this message.</summary>
    public byte[] Wrap(MobilityMessage message)
    {
        return Wrap(Octets(message));
    }

    /// <summary>The octets of this message with the checksum that the transport requires.</summary>
    public byte[] Complete(MobilityMessage message)
    {
        var octets = Octets(message);
        SetChecksum(octets);
        return octets;
    }

    /// <summary>
    /// Creates a packet with these octets as Mobility Header, valid or not. The checksum field is set as the transport requires.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer octets than the six of the header, or too many for a packet.</exception>
    public byte[] Wrap(ReadOnlySpan<byte> mobilityHeader) => ToPacket(mobilityHeader).ToBytes();

    /// <summary>The packet that <see cref="Wrap(ReadOnlySpan{byte})"/> writes.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Wrap(ReadOnlySpan{byte})"/>.</exception>
    public IpPacket ToPacket(ReadOnlySpan<byte> mobilityHeader)
    {
        if (mobilityHeader.Length < MobilityHeader.Length)
        {
            throw new ArgumentException(
                $"A Mobility Header has at least {MobilityHeader.Length} octets, not {mobilityHeader.Length}.",
                nameof(mobilityHeader)
            );
        }

        var octets = mobilityHeader.ToArray();
        SetChecksum(octets);
        return Carry(octets);
    }

    /// <summary>Sets the checksum field of a Mobility Header as the transport requires.</summary>
    private protected abstract void SetChecksum(Span<byte> mobilityHeader);

    /// <summary>The packet that carries a Mobility Header with its checksum.</summary>
    private protected abstract IpPacket Carry(byte[] mobilityHeader);

    private static byte[] Octets(MobilityMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var octets = new byte[message.Length];
        message.Write(octets);
        return octets;
    }

    private protected static WireError OtherUpperLayer(int offset, byte found, byte wanted) =>
        new(offset, "UpperLayer", $"protocol {found}, not {wanted}");

    private static bool TryUnwrapUdp(
        ReadOnlyMemory<byte> bytes,
        MobilityPorts ports,
        [NotNullWhen(true)] out SignalingPacket? signaling,
        [NotNullWhen(false)] out WireError? error
    )
    {
        signaling = null;
        if (!IpHeader.TryReadIpv4(bytes, out var packet, out var upper, out error))
        {
            return false;
        }
        if (upper.Protocol != Ipv4Protocol.Udp)
        {
            error = OtherUpperLayer(upper.Offset, upper.Protocol, Ipv4Protocol.Udp);
            return false;
        }

        if (!IpHeader.TryReadUdp(upper, out var datagram, out error))
        {
            return false;
        }
        if (datagram.SourcePort == ports.Control || datagram.DestinationPort == ports.Control)
        {
            signaling = Ipv4UdpSignaling.Read(bytes.Span, packet, upper, datagram);
            return true;
        }

        if (datagram.SourcePort == ports.DualStack || datagram.DestinationPort == ports.DualStack)
        {
            return Ipv4UdpIpv6Signaling.TryRead(bytes.Span, packet, upper, datagram, out signaling, out error);
        }

        error = new WireError(
            upper.Offset,
            "Port",
            $"ports {datagram.SourcePort} and {datagram.DestinationPort}; neither is {ports.Control} or {ports.DualStack}"
        );
        return false;
    }
}
