using System.Text;

namespace Pmip.Wire;

/// <summary>
/// An IPv6 extension header as a value. In a packet it is an <see cref="ExtensionHeader"/>, whose octets the value is read from.
/// </summary>
/// <param name="NextHeader">The type of what follows, see <see cref="IpProtocol"/>.</param>
public abstract record WritableExtensionHeader(byte NextHeader)
{
    private protected const int NextHeaderOffset = 0;
    private protected const int HeaderExtensionLengthOffset = 1;

    /// <summary>Hdr Ext Len counts units of this many octets, the first not included.</summary>
    private protected const int LengthUnit = OptionPadding.HeaderUnit;

    /// <summary>The Next Header value that announces this header.</summary>
    public abstract byte Type { get; }

    /// <summary>Octets of the header, a multiple of 8.</summary>
    public abstract int Length { get; }

    /// <summary>Writes the header and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than that.</exception>
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

    /// <summary>The header and, behind it, what it announces: the payload of a packet whose Next Header is <see cref="Type"/>.</summary>
    public byte[] Before(ReadOnlySpan<byte> next)
    {
        var length = Length;
        var bytes = new byte[length + next.Length];
        Write(bytes);
        next.CopyTo(bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>A record shows what it holds, not what follows from its type.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(NextHeader)).Append(" = ").Append(NextHeader);
        return true;
    }

    /// <summary>Writes every octet behind the Next Header field. Offsets are those of the whole header.</summary>
    private protected abstract void WriteData(Span<byte> header);

    /// <summary>Why the octets are not one whole header whose second octet is its length: <c>Truncated</c> or <c>TrailingOctets</c>.</summary>
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
        return bytes.Length > length ? new WireError(length, "TrailingOctets", $"{bytes.Length - length} octets behind the header") : null;
    }
}
