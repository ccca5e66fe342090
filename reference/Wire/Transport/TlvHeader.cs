using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// The header between UDP and a packet of IPv4 or IPv6, in signaling and tunnels with the T flag
/// (draft-ietf-netlmm-pmip6-ipv4-support-02 and -04, Section 4; draft-ietf-mip6-nemo-v4traversal-05, Section 4.1).
/// </summary>
/// <remarks>
/// <para>
/// The layout is the one of the only draft whose types include packets of IP: the next version of it has no type for them, and RFC 5845,
/// Section 7.2, another layout. Its Length field cannot announce a packet of more than <see cref="MaximumLength"/> octets, although every
/// tunnel has such packets. Their length is that of the datagram, and the field is 0.
/// </para>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Type      |    Length     |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// </code>
/// </remarks>
public static class TlvHeader
{
    /// <summary>The length of the header in octets.</summary>
    public const int Size = 4;

    /// <summary>The longest packet, in octets, that the Length field announces.</summary>
    public const int MaximumLength = byte.MaxValue;

    private const byte Ipv4Type = 1;
    private const byte Ipv6Type = 2;
    private const int LengthOffset = 1;

    /// <summary>Whether the octets after UDP begin with this header: the first four bits of an IP packet are 4 or 6.</summary>
    public static bool IsAt(ReadOnlySpan<byte> octets) => !octets.IsEmpty && octets[0] is Ipv4Type or Ipv6Type;

    /// <summary>Checks the header.</summary>
    /// <param name="error">
    /// <c>Truncated</c>; <c>TlvType</c>: the packet is not one of the Type; <c>TlvLength</c>: the Length is not that of the octets after
    /// the header.
    /// </param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(false)] out WireError? error)
    {
        var length = octets.Length - Size;
        error =
            length <= 0 ? WireError.Truncated(0, Size + 1, octets.Length)
            : octets[LengthOffset] != LengthOf(length)
                ? new WireError(LengthOffset, "TlvLength", $"Length {octets[LengthOffset]}, but {length} octets follow")
            : octets[0] != TypeOf(octets[Size..])
                ? new WireError(0, "TlvType", $"Type {octets[0]}, but the packet has version {IpHeader.VersionOf(octets[Size..])}")
            : null;
        return error is null;
    }

    /// <summary>The packet preceded by the header.</summary>
    public static byte[] Before(ReadOnlySpan<byte> packet)
    {
        var octets = new byte[Size + packet.Length];
        Write(octets, packet);
        packet.CopyTo(octets.AsSpan(Size));
        return octets;
    }

    /// <summary>Writes the header of a packet.</summary>
    /// <param name="destination">At least <see cref="Size"/> octets.</param>
    /// <param name="packet">A packet of IPv4 or IPv6, at least its first octet if <paramref name="length"/> is given.</param>
    /// <param name="length">The length of the whole packet in octets; that of <paramref name="packet"/> if null.</param>
    public static void Write(Span<byte> destination, ReadOnlySpan<byte> packet, int? length = null)
    {
        destination[..Size].Clear();
        destination[0] = TypeOf(packet);
        destination[LengthOffset] = LengthOf(length ?? packet.Length);
    }

    private static byte LengthOf(int length) => length <= MaximumLength ? (byte)length : (byte)0;

    private static byte TypeOf(ReadOnlySpan<byte> packet) => IpHeader.VersionOf(packet) == IpHeader.Ipv4 ? Ipv4Type : Ipv6Type;
}
