using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Reports packets that cannot enter a tunnel to their sources, beyond what the kernel itself reports.</summary>
internal sealed class TunnelErrors : IDisposable
{
    private const byte FirstInformational = 128;

    /// <summary>RFC 1812, Section 4.3.2.3: an error has at most 576 octets, of which its headers take 28.</summary>
    private const int QuotedLength = 576 - 28;

    private readonly Ipv6RawSocket _socket;
    private readonly Ipv4RawSocket _ipv4;
    private readonly IcmpErrorLimit _limit = new(TimeProvider.System);

    /// <summary>Opens the sockets in the calling thread's namespace.</summary>
    internal TunnelErrors()
    {
        _socket = Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass());
        try
        {
            _ipv4 = Ipv4RawSocket.Open(Ipv4Protocol.Icmp);
            _ipv4.SetFilter(PacketFilter.Nothing);
        }
        catch
        {
            _ipv4?.Dispose();
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Answers Packet Too Big or Fragmentation Needed (RFC 8201, RFC 1191).</summary>
    internal void ReportTooBig(ReadOnlySpan<byte> packet, uint mtu)
    {
        if (InnerPacket.IsIpv6(packet))
        {
            Report(packet, new PacketTooBig(mtu, Icmpv6Message.Quote(packet)));
        }
        else if (Ipv4Packet.TryParse(packet.ToArray(), out var about, out _) && !IsError(about) && _limit.MaySend())
        {
            var quoted = new OctetString(packet[..Math.Min(packet.Length, QuotedLength)]);
            var error = new Icmpv4FragmentationNeeded((ushort)mtu, quoted).ToBytes();
            Send(() => _ipv4.Send(source: null, about.Source, error, new SendOptions { TrafficClass = Icmpv4Message.ErrorPrecedence }));
        }
    }

    /// <summary>Sends the error, unless the packet is an error itself or too many were sent.</summary>
    internal void Report(ReadOnlySpan<byte> packet, Icmpv6Message error)
    {
        if (!Ipv6Packet.TryParse(packet.ToArray(), out var about, out _) || IsError(about) || !_limit.MaySend())
        {
            return;
        }
        Send(() => _socket.Send(source: null, about.Source, error.ToBytes(IPAddress.IPv6Any, about.Source)));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _ipv4.Dispose();
    }

    private static void Send(Action send)
    {
        try
        {
            send();
        }
        catch (LinuxException)
        {
            // There is no way back to the source, so it cannot be told.
        }
    }

    /// <summary>RFC 1812, Section 4.3.2.7: fragments other than the first are not answered either.</summary>
    private static bool IsError(Ipv4Packet packet) =>
        packet.FragmentOffset != 0
        || packet
            is { Protocol: Ipv4Protocol.Icmp, Payload: { Length: > 0, Span: [not (Icmpv4Type.EchoRequest or Icmpv4Type.EchoReply), ..] } };

    private static bool IsError(Ipv6Packet packet) =>
        packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.Icmpv6
        && upper.Payload is { Length: > 0, Span: [< FirstInformational, ..] };
}
