using System.Diagnostics;
using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Reports packets that cannot enter a tunnel to their sources, beyond what the kernel itself reports.</summary>
internal sealed class TunnelErrors : IDisposable
{
    /// <summary>RFC 4443, Section 2.4(f): the number of errors is limited, here per second.</summary>
    private const int Limit = 100;

    private const byte FirstInformational = 128;

    private readonly Ipv6RawSocket _socket = Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass());
    private long _second;
    private int _sent;

    /// <summary>Sends the error, unless the packet is an error itself or too many were sent.</summary>
    internal void Report(ReadOnlySpan<byte> packet, Icmpv6Message error)
    {
        if (!Ipv6Packet.TryParse(packet.ToArray(), out var about, out _) || IsError(about) || !MaySend())
        {
            return;
        }
        try
        {
            _socket.Send(source: null, about.Source, error.ToBytes(IPAddress.IPv6Any, about.Source));
        }
        catch (LinuxException)
        {
            // There is no way back to the source, so it cannot be told.
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsError(Ipv6Packet packet) =>
        packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.Icmpv6
        && upper.Payload is { Length: > 0, Span: [< FirstInformational, ..] };

    private bool MaySend()
    {
        var second = Stopwatch.GetTimestamp() / Stopwatch.Frequency;
        (_second, _sent) = (second, second == _second ? _sent + 1 : 1);
        return _sent <= Limit;
    }
}
