using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// The header between UDP and an IPv6 packet in signaling with the T flag (draft-ietf-netlmm-pmip6-ipv4-support-02, Section 4.2.2, and
/// draft-ietf-mip6-nemo-v4traversal-05, Section 4.1).
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 2    |    Length     |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// </code></remarks>
internal static class TlvHeader
{
    public const int Size = 4;

    /// <summary>The length in octets of the longest packet that the Length field can announce.</summary>
    public const int MaximumContent = byte.MaxValue;

    private const byte Ipv6Payload = 2;
    private const int LengthOffset = 1;
    private const int ReservedOffset = 2;

    /// <summary>Whether the octets after UDP begin with this header: the first four bits of an IP packet are 4 or 6.</summary>
    public static bool IsAt(ReadOnlySpan<byte> octets) => !octets.IsEmpty && octets[0] == Ipv6Payload;

    /// <summary>Checks the header.</summary>
    /// <param name="error"><c>Truncated</c>, or <c>TlvLength</c>: the Length is not that of the octets after the header.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(false)] out WireError? error)
    {
        error =
            octets.Length < Size ? WireError.Truncated(0, Size, octets.Length)
            : octets[LengthOffset] != octets.Length - Size
                ? new WireError(LengthOffset, "TlvLength", $"Length {octets[LengthOffset]}, but {octets.Length - Size} octets follow")
            : null;
        return error is null;
    }

    /// <summary>The packet preceded by the header.</summary>
    /// <exception cref="ArgumentException">The packet is longer than <see cref="MaximumContent"/>.</exception>
    public static byte[] Before(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > MaximumContent)
        {
            throw new ArgumentException($"A TLV header cannot announce {packet.Length} octets.", nameof(packet));
        }

        var octets = new byte[Size + packet.Length];
        octets[0] = Ipv6Payload;
        octets[LengthOffset] = (byte)packet.Length;
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(ReservedOffset), 0);
        packet.CopyTo(octets.AsSpan(Size));
        return octets;
    }
}
