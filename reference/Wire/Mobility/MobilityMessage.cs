using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Pmip.Wire;

/// <summary>A mobility message: the contents of a Mobility Header without the checksum, RFC 6275, Section 6.1.</summary>
public abstract record MobilityMessage
{
    private protected MobilityMessage() { }

    /// <summary>The MH Type field, see <see cref="MobilityHeaderType"/>.</summary>
    public abstract byte Type { get; }

    /// <summary>Length of the message with its padding in octets, a multiple of 8 and at most 2048.</summary>
    public abstract int Length { get; }

    private delegate MobilityMessage Reader(ReadOnlySpan<byte> message, MobilityOptionList options);

    /// <summary>Reads one message in the edition <see cref="WireEdition.Default"/>.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityMessage?, out WireError?)"/>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out MobilityMessage? message,
        [NotNullWhen(false)] out WireError? error
    ) => TryParse(bytes, WireEdition.Default, out message, out error);

    /// <summary>
    /// Reads one message that fills <paramref name="bytes"/>. The checksum is not verified: see
    /// <see cref="MobilityHeader.HasValidChecksum(System.Net.IPAddress, System.Net.IPAddress, ReadOnlySpan{byte})"/>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The checks follow the order of RFC 6275, Section 9.2: a message of a type above 7 is read as an
    /// <see cref="UnknownMobilityMessage"/> without a check of its Payload Proto field.
    /// </para>
    /// <para>
    /// To answer a malformed Binding Identifier option (RFC 5648, Section 6.2), a receiver reads the message again in an edition
    /// <c>with { BindingIdentifier = BindingIdentifierLayout.None }</c>, in which the option is unknown.
    /// </para>
    /// </remarks>
    /// <param name="bytes">The message from the Payload Proto field on.</param>
    /// <param name="edition">The edition that defines the known options and their layout.</param>
    /// <param name="message">The message, with unknown options and without padding.</param>
    /// <param name="error">
    /// <c>Truncated</c>, <c>TrailingOctets</c>, <c>PayloadProto</c>, <c>HeaderLength</c> (too short for the type), a rule of
    /// <see cref="MobilityOption.TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityOption?, out WireError?)"/>, or
    /// <c>MessageLength</c>: the options, when aligned, do not fit.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        WireEdition edition,
        [NotNullWhen(true)] out MobilityMessage? message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        message = null;
        error = CheckExtent(bytes);
        if (error is not null)
        {
            return false;
        }

        var type = bytes[MobilityHeader.TypeOffset];
        message = (MobilityHeaderType)type switch
        {
            MobilityHeaderType.BindingRefreshRequest => Read(
                bytes,
                edition,
                BindingRefreshRequest.OptionsOffset,
                BindingRefreshRequest.Read,
                out error
            ),
            MobilityHeaderType.HomeTestInit => Read(bytes, edition, HomeTestInit.OptionsOffset, HomeTestInit.Read, out error),
            MobilityHeaderType.CareOfTestInit => Read(bytes, edition, CareOfTestInit.OptionsOffset, CareOfTestInit.Read, out error),
            MobilityHeaderType.HomeTest => Read(bytes, edition, HomeTest.OptionsOffset, HomeTest.Read, out error),
            MobilityHeaderType.CareOfTest => Read(bytes, edition, CareOfTest.OptionsOffset, CareOfTest.Read, out error),
            MobilityHeaderType.BindingUpdate => Read(bytes, edition, BindingUpdate.OptionsOffset, BindingUpdate.Read, out error),
            MobilityHeaderType.BindingAcknowledgement => Read(
                bytes,
                edition,
                BindingAcknowledgement.OptionsOffset,
                BindingAcknowledgement.Read,
                out error
            ),
            MobilityHeaderType.BindingError => Read(bytes, edition, BindingError.OptionsOffset, BindingError.Read, out error),
            _ => new UnknownMobilityMessage(type, new OctetString(bytes[MobilityHeader.Length..])),
        };
        return message is not null;
    }

    /// <summary>Writes the message with a checksum of zero and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The message has {length} octets, the destination {destination.Length}.", nameof(destination));
        }

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

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Writes every octet after the Checksum field. Offsets count from the start of the message.</summary>
    private protected abstract void WriteData(Span<byte> message);

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MobilityHeader.LengthUnit)
        {
            return WireError.Truncated(bytes.Length, MobilityHeader.LengthUnit, bytes.Length);
        }

        var announced = MobilityHeader.LengthUnit * (bytes[MobilityHeader.HeaderLenOffset] + 1);
        if (bytes.Length < announced)
        {
            return WireError.Truncated(MobilityHeader.HeaderLenOffset, announced, bytes.Length);
        }
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets after the {announced} octets of the message")
            : null;
    }

    private static MobilityMessage? Read(
        ReadOnlySpan<byte> bytes,
        WireEdition edition,
        int optionsOffset,
        Reader read,
        out WireError? error
    )
    {
        error = CheckHeader(bytes, optionsOffset);
        return error is null && MobilityOptionList.TryParse(bytes, optionsOffset, edition, out var options, out error)
            ? read(bytes, options)
            : null;
    }

    private static WireError? CheckHeader(ReadOnlySpan<byte> bytes, int optionsOffset)
    {
        var payloadProto = bytes[MobilityHeader.PayloadProtoOffset];
        if (payloadProto != MobilityHeader.PayloadProtoNone)
        {
            return new WireError(
                MobilityHeader.PayloadProtoOffset,
                "PayloadProto",
                $"Payload Proto {payloadProto}, not {MobilityHeader.PayloadProtoNone}"
            );
        }

        return bytes.Length < optionsOffset
            ? new WireError(
                MobilityHeader.HeaderLenOffset,
                "HeaderLength",
                $"{bytes.Length} octets; the fixed part of this message type has {optionsOffset}"
            )
            : null;
    }
}
