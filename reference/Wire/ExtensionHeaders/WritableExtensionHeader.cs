using System.Text;

namespace Pmip.Wire;

/// <summary>
/// A decoded IPv6 extension header. Its octets in a packet are an <see cref="ExtensionHeader"/>.
/// </summary>
/// <param name="NextHeader">The type of the following header, see <see cref="IpProtocol"/>.</param>
public abstract record WritableExtensionHeader(byte NextHeader)
{
    private protected const int NextHeaderOffset = 0;
    private protected const int HeaderExtensionLengthOffset = 1;

    /// <summary>Hdr Ext Len counts units of this number of octets, not including the first unit.</summary>
    private protected const int LengthUnit = OptionPadding.HeaderUnit;

    /// <summary>The Next Header value that announces this header.</summary>
    public abstract byte Type { get; }

    /// <summary>Length of the header in octets, a multiple of 8.</summary>
    public abstract int Length { get; }

    /// <summary>Writes the header and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The header has {length} octets, the destination {destination.Length}.", nameof(destination));
        }

        destination[NextHeaderOffset] = NextHeader;
        WriteData(destination[..length]);
        return length;
    }

    /// <summary>
    /// The header followed by the part that it announces: the payload of a packet whose Next Header is <see cref="Type"/>.
    /// </summary>
    public byte[] Before(ReadOnlySpan<byte> next)
    {
        var length = Length;
        var bytes = new byte[length + next.Length];
        Write(bytes);
        next.CopyTo(bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(NextHeader)).Append(" = ").Append(NextHeader);
        return true;
    }

    /// <summary>Writes every octet after the Next Header field. Offsets count from the start of the header.</summary>
    private protected abstract void WriteData(Span<byte> header);

    /// <summary>
    /// The reason why the octets are not exactly one header with its length in the second octet, or null: <c>Truncated</c> or
    /// <c>TrailingOctets</c>.
    /// </summary>
    private protected static WireError? CheckExtent(ReadOnlySpan<byte> bytes) =>
        bytes.Length < LengthUnit
            ? WireError.Truncated(bytes.Length, LengthUnit, bytes.Length)
            : CheckExtent(bytes, LengthUnit * (bytes[HeaderExtensionLengthOffset] + 1));

    private protected static WireError? CheckExtent(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length < length)
        {
            return WireError.Truncated(bytes.Length, length, bytes.Length);
        }
        return bytes.Length > length ? new WireError(length, "TrailingOctets", $"{bytes.Length - length} octets after the header") : null;
    }
}
