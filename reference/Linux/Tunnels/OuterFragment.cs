using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Fragments of outer packets of IPv6 that are longer than their path (RFC 2473, Section 7.1; RFC 8200, Section 4.5). The kernel fragments
/// only what is longer than its link: it learns no path MTU from reports about packets of a raw socket that is not connected.
/// </summary>
internal static class OuterFragment
{
    internal const int HeaderLength = 8;

    /// <summary>Offsets are in units of 8 octets.</summary>
    private const int Unit = 8;

    /// <summary>The octets of the fragmentable part that each fragment carries, except the last.</summary>
    /// <param name="pathMtu">In octets; less than the minimum MTU of IPv6 counts as that.</param>
    internal static int Capacity(uint pathMtu) =>
        ((int)Math.Max(pathMtu, Ipv6Packet.MinimumMtu) - Ipv6Packet.HeaderLength - HeaderLength) / Unit * Unit;

    /// <summary>Writes the part of a fragmentable part that fills the octets behind the Fragment header.</summary>
    /// <param name="at">The offset in the fragmentable part, a multiple of 8.</param>
    /// <param name="first">The type of the first header of the fragmentable part.</param>
    /// <param name="limit">
    /// The header with a Tunnel Encapsulation Limit, with which the fragmentable part begins; empty if it has none.
    /// </param>
    internal static void Write(
        Span<byte> fragment,
        uint identification,
        int at,
        byte first,
        ReadOnlySpan<byte> limit,
        ReadOnlySpan<byte> packet
    )
    {
        var data = fragment[HeaderLength..];
        var hasMore = at + data.Length < limit.Length + packet.Length;
        new FragmentHeader(first, (ushort)(at / Unit), hasMore, identification).Write(fragment[..HeaderLength]);
        if (at == 0)
        {
            limit.CopyTo(data);
            data = data[limit.Length..];
        }
        packet.Slice(Math.Max(at - limit.Length, 0), data.Length).CopyTo(data);
    }
}
