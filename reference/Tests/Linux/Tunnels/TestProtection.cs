using System.Net;
using Pmip.Linux.Tunnels;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>ESP at the end of a tunnel, and at the other end.</summary>
internal sealed class TestProtection(Tunnel tunnel) : ITunnelProtection
{
    private const uint Outgoing = 0x2001,
        Incoming = 0x1001;

    private static readonly NullHmacSha256EspTransform _transform = new(new OctetString([.. Enumerable.Range(1, 32).Select(i => (byte)i)]));
    private uint _sent;

    public byte[]? Seal(IPAddress remote, byte protocol, ReadOnlyMemory<byte> packet) =>
        remote.Equals(tunnel.Remote) ? Sealed(Outgoing, ++_sent, protocol, packet) : null;

    public EspPacket? Open(IPAddress remote, IPAddress local, ReadOnlyMemory<byte> esp) =>
        remote.Equals(tunnel.Remote)
        && local.Equals(tunnel.Local)
        && _transform.TryOpen(esp.Span, out var opened, out _)
        && opened.Header.SecurityParametersIndex == Incoming
            ? opened
            : null;

    /// <summary>A packet of the other end.</summary>
    public static byte[] FromOtherEnd(byte protocol, ReadOnlyMemory<byte> packet, uint index = Incoming) =>
        Sealed(index, 1, protocol, packet);

    /// <summary>What the other end finds in a packet; null if it is not authentic.</summary>
    public static EspPacket? AtOtherEnd(ReadOnlyMemory<byte> esp) =>
        _transform.TryOpen(esp.Span, out var opened, out _) && opened.Header.SecurityParametersIndex == Outgoing ? opened : null;

    private static byte[] Sealed(uint index, uint number, byte protocol, ReadOnlyMemory<byte> packet) =>
        _transform.Seal(new EspPacket(new EspHeader(index, number), protocol, packet), []);
}
