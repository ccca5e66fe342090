using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The MTU of an IPv6-in-IPv6 tunnel, RFC 5213, Section 6.9.5.</summary>
internal static class TunnelMtu
{
    /// <summary>RFC 8200, Section 5: the minimum MTU of an IPv6 link.</summary>
    public const uint Minimum = 1280;

    public static uint Over(uint pathMtu) => Math.Max(Minimum, pathMtu - Math.Min(pathMtu, Ipv6Packet.HeaderLength));

    /// <summary>Reduces the tunnel MTU with the path MTU and advertises it to the mobile nodes.</summary>
    public static void Learn(GatewayState gateway, PacketTooBig tooBig)
    {
        if (!IsAboutTunnel(gateway.Tunnel, tooBig.Invoking.Span) || tooBig.Mtu >= gateway.CoreMtu)
        {
            return;
        }

        var before = Over(gateway.CoreMtu);
        gateway.CoreMtu = tooBig.Mtu;
        if (Over(tooBig.Mtu) == before)
        {
            return;
        }

        foreach (var attachment in gateway.Attachments)
        {
            RouterAdvertisementDraft.Send(gateway, attachment);
        }
    }

    /// <summary>The quoted packet may be truncated and cannot be parsed as a whole: its addresses are octets 8 to 39.</summary>
    private static bool IsAboutTunnel(Tunnel tunnel, ReadOnlySpan<byte> quoted) =>
        quoted.Length >= Ipv6Packet.HeaderLength
        && quoted[8..24].SequenceEqual(tunnel.Local.GetAddressBytes())
        && quoted[24..40].SequenceEqual(tunnel.Remote.GetAddressBytes());
}
