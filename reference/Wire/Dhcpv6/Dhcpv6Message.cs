using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>A DHCPv6 message, RFC 8415, Sections 8 and 9. The first octet is the type, which determines the format.</summary>
public abstract record Dhcpv6Message
{
    private protected const int TypeOffset = 0;

    private protected Dhcpv6Message() { }

    /// <summary>msg-type.</summary>
    public abstract Dhcpv6MessageType Type { get; }

    /// <summary>The options of the message; nested options are in their enclosing option.</summary>
    public abstract Dhcpv6OptionList Options { get; init; }

    /// <summary>Length of the whole message in octets.</summary>
    public int Length => FixedLength + Options.Length;

    /// <summary>Length of the fields before the options in octets.</summary>
    private protected abstract int FixedLength { get; }

    /// <summary>Reads one message that fills <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The octets from the type on.</param>
    /// <param name="message">
    /// A <see cref="Dhcpv6RelayMessage"/> or, for every other type, a <see cref="Dhcpv6ClientServerMessage"/>.
    /// </param>
    /// <param name="error">
    /// <c>Truncated</c>; <c>RelayMessage</c>: a relay agent message contains no message; or a rule of <see cref="Dhcpv6Option.TryParse"/>.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Dhcpv6Message? message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        message = null;
        var needed = bytes.IsEmpty ? 1 : FixedLengthOf((Dhcpv6MessageType)bytes[TypeOffset]);
        if (bytes.Length < needed)
        {
            error = WireError.Truncated(bytes.Length, needed, bytes.Length);
            return false;
        }

        if (!Dhcpv6OptionList.TryParse(bytes[needed..], Dhcpv6OptionPlace.Message, out var options, out error))
        {
            error = error.Shifted(needed);
            return false;
        }

        message = IsRelayed((Dhcpv6MessageType)bytes[TypeOffset])
            ? Dhcpv6RelayMessage.Read(bytes, options, out error)
            : Dhcpv6ClientServerMessage.Read(bytes, options);
        return message is not null;
    }

    /// <summary>Writes the message and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The message has {length} octets, the destination {destination.Length}.", nameof(destination));
        }

        destination[TypeOffset] = (byte)Type;
        WriteFixed(destination[..FixedLength]);
        Options.Write(destination[FixedLength..length]);
        return length;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Writes every octet between the type and the options. Offsets count from the start of the message.</summary>
    private protected abstract void WriteFixed(Span<byte> message);

    private protected static bool IsRelayed(Dhcpv6MessageType type) =>
        type is Dhcpv6MessageType.RelayForward or Dhcpv6MessageType.RelayReply;

    private static int FixedLengthOf(Dhcpv6MessageType type) =>
        IsRelayed(type) ? Dhcpv6RelayMessage.OptionsOffset : Dhcpv6ClientServerMessage.OptionsOffset;
}
