using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Pmip.Wire;

/// <summary>A mobility message: everything in a Mobility Header but its checksum, RFC 6275, Section 6.1.</summary>
public abstract record MobilityMessage
{
    private protected MobilityMessage()
    {
    }

    /// <summary>The MH Type field, see <see cref="MobilityHeaderType"/>.</summary>
    public abstract byte Type { get; }

    /// <summary>Octets of the message with its padding, a multiple of 8 and at most 2048.</summary>
    public abstract int Length { get; }

    /// <summary>
    /// Reads one message that fills <paramref name="bytes"/>. The checksum is not judged: see <see cref="MobilityHeader.HasValidChecksum"/>.
    /// </summary>
    /// <remarks>
    /// The checks come in the order of RFC 6275, Section 9.2: a message of another type than the three known here is an
    /// <see cref="UnknownMobilityMessage"/> before its Payload Proto field matters.
    /// </remarks>
    /// <param name="bytes">From the Payload Proto field on.</param>
    /// <param name="message">The message; unknown options are in it, padding is not.</param>
    /// <param name="error">
    /// <c>Truncated</c>, <c>TrailingOctets</c>, <c>PayloadProto</c>, <c>HeaderLength</c> (too short for the type), a rule of
    /// <see cref="MobilityOption.TryParse"/>, or <c>MessageLength</c>: properly aligned, the options would not fit.
    /// </param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MobilityMessage? message, [NotNullWhen(false)] out WireError? error)
    {
        message = null;
        error = CheckExtent(bytes);
        if (error is not null) return false;

        var type = bytes[MobilityHeader.TypeOffset];
        switch ((MobilityHeaderType)type)
        {
            case MobilityHeaderType.BindingUpdate:
                if (TryReadOptions(bytes, BindingUpdate.OptionsOffset, out var options, out error)) message = BindingUpdate.Read(bytes, options);
                break;
            case MobilityHeaderType.BindingAcknowledgement:
                if (TryReadOptions(bytes, BindingAcknowledgement.OptionsOffset, out options, out error)) message = BindingAcknowledgement.Read(bytes, options);
                break;
            case MobilityHeaderType.BindingError:
                if (TryReadOptions(bytes, BindingError.OptionsOffset, out options, out error)) message = BindingError.Read(bytes, options);
                break;
            default:
                message = new UnknownMobilityMessage(type, new OctetString(bytes[MobilityHeader.Length..]));
                break;
        }

        return message is not null;
    }

    /// <summary>Writes the message with a checksum of zero and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than that.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
            throw new ArgumentException($"The message has {length} octets, the destination {destination.Length}.", nameof(destination));

        destination[MobilityHeader.PayloadProtoOffset] = MobilityHeader.PayloadProtoNone;
        destination[MobilityHeader.HeaderLenOffset] = (byte)(length / MobilityHeader.LengthUnit - 1);
        destination[MobilityHeader.TypeOffset] = Type;
        destination[MobilityHeader.ReservedOffset] = 0;
        destination.Slice(MobilityHeader.ChecksumOffset, sizeof(ushort)).Clear();
        WriteData(destination[..length]);
        return length;
    }

    /// <summary>The message with its checksum for these addresses of the pseudo-header.</summary>
    /// <param name="source">The source address; with a Home Address option, the home address.</param>
    /// <param name="destination">The destination address; with a type 2 routing header, the home address in it.</param>
    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[Length];
        Write(bytes);
        MobilityHeader.FillChecksum(source, destination, bytes);
        return bytes;
    }

    /// <summary>A record shows what it holds, not what follows from its type.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Writes every octet behind the checksum field. Offsets are those of the whole message.</summary>
    private protected abstract void WriteData(Span<byte> message);

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MobilityHeader.LengthUnit) return WireError.Truncated(bytes.Length, MobilityHeader.LengthUnit, bytes.Length);

        var announced = MobilityHeader.LengthUnit * (bytes[MobilityHeader.HeaderLenOffset] + 1);
        if (bytes.Length < announced) return WireError.Truncated(MobilityHeader.HeaderLenOffset, announced, bytes.Length);
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets behind the {announced} of the header")
            : null;
    }

    private static bool TryReadOptions(
        ReadOnlySpan<byte> bytes, int optionsOffset, [NotNullWhen(true)] out MobilityOptionList? options, [NotNullWhen(false)] out WireError? error)
    {
        options = null;
        if (bytes[MobilityHeader.PayloadProtoOffset] != MobilityHeader.PayloadProtoNone)
        {
            error = new WireError(
                MobilityHeader.PayloadProtoOffset, "PayloadProto", $"{bytes[MobilityHeader.PayloadProtoOffset]}, not {MobilityHeader.PayloadProtoNone}");
            return false;
        }

        if (bytes.Length < optionsOffset)
        {
            error = new WireError(
                MobilityHeader.HeaderLenOffset, "HeaderLength", $"{bytes.Length} octets, where the type has {optionsOffset} before its options");
            return false;
        }

        return MobilityOptionList.TryParse(bytes, optionsOffset, out options, out error);
    }
}
