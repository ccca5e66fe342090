using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// One mobility message in place, RFC 6275, Section 6.1. All of its format has been checked, so that no member fails for what is on the
/// wire. It allocates nothing, unless the message is malformed.
/// </summary>
public readonly ref struct MobilityMessageReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly WireEdition _edition;
    private readonly int _optionsOffset;

    private MobilityMessageReader(ReadOnlySpan<byte> message, WireEdition edition, int optionsOffset)
    {
        (_edition, _optionsOffset) = (edition, optionsOffset);
        _message = message;
    }

    /// <summary>The MH Type field, see <see cref="MobilityHeaderType"/>.</summary>
    public byte Type => _message[MobilityHeader.TypeOffset];

    /// <summary>The octets of the message, from the Payload Proto field on.</summary>
    public ReadOnlySpan<byte> Bytes => _message;

    /// <summary>The options; none if the type is unknown.</summary>
    public MobilityOptionEnumerator Options => new(new OptionWalker(_message, _optionsOffset), _edition);

    /// <exception cref="InvalidOperationException">The message is of another type.</exception>
    public BindingUpdateReader BindingUpdate =>
        Type == (byte)MobilityHeaderType.BindingUpdate ? new BindingUpdateReader(this) : throw OtherType();

    /// <exception cref="InvalidOperationException">The message is of another type.</exception>
    public BindingAcknowledgementReader BindingAcknowledgement =>
        Type == (byte)MobilityHeaderType.BindingAcknowledgement ? new BindingAcknowledgementReader(this) : throw OtherType();

    /// <summary>Reads one message that fills <paramref name="bytes"/>. The checksum is not verified.</summary>
    /// <inheritdoc cref="MobilityMessage.TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityMessage?, out WireError?)" path="/remarks"/>
    /// <inheritdoc cref="MobilityMessage.TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityMessage?, out WireError?)" path="/param"/>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        WireEdition edition,
        out MobilityMessageReader message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        ArgumentNullException.ThrowIfNull(edition);
        message = default;
        error = CheckExtent(bytes);
        if (error is not null)
        {
            return false;
        }

        if (OptionsOffsetOf((MobilityHeaderType)bytes[MobilityHeader.TypeOffset]) is not { } optionsOffset)
        {
            message = new MobilityMessageReader(bytes, edition, bytes.Length);
            return true;
        }

        error = CheckHeader(bytes, optionsOffset);
        if (error is not null || !TryReadOptions(bytes, optionsOffset, edition, out error))
        {
            return false;
        }

        message = new MobilityMessageReader(bytes, edition, optionsOffset);
        return true;
    }

    /// <summary>The record of the message.</summary>
    internal MobilityMessage ToRecord()
    {
        var type = (MobilityHeaderType)Type;
        if (OptionsOffsetOf(type) is null)
        {
            return new UnknownMobilityMessage(Type, new OctetString(_message[MobilityHeader.Length..]));
        }

        var options = MobilityOptionList.Of(Options, _edition.BindingIdentifier);
        return type switch
        {
            MobilityHeaderType.BindingRefreshRequest => BindingRefreshRequest.Read(_message, options),
            MobilityHeaderType.HomeTestInit => HomeTestInit.Read(_message, options),
            MobilityHeaderType.CareOfTestInit => CareOfTestInit.Read(_message, options),
            MobilityHeaderType.HomeTest => HomeTest.Read(_message, options),
            MobilityHeaderType.CareOfTest => CareOfTest.Read(_message, options),
            MobilityHeaderType.BindingUpdate => BindingUpdate.ToRecord(options),
            MobilityHeaderType.BindingAcknowledgement => BindingAcknowledgement.ToRecord(options),
            _ => BindingError.Read(_message, options),
        };
    }

    /// <summary>Where the options begin in a message of this type, or null for an unknown type.</summary>
    private static int? OptionsOffsetOf(MobilityHeaderType type) =>
        type switch
        {
            MobilityHeaderType.BindingRefreshRequest => BindingRefreshRequest.OptionsOffset,
            MobilityHeaderType.HomeTestInit => HomeTestInit.OptionsOffset,
            MobilityHeaderType.CareOfTestInit => CareOfTestInit.OptionsOffset,
            MobilityHeaderType.HomeTest => HomeTest.OptionsOffset,
            MobilityHeaderType.CareOfTest => CareOfTest.OptionsOffset,
            MobilityHeaderType.BindingUpdate => Wire.BindingUpdate.OptionsOffset,
            MobilityHeaderType.BindingAcknowledgement => Wire.BindingAcknowledgement.OptionsOffset,
            MobilityHeaderType.BindingError => BindingError.OptionsOffset,
            _ => null,
        };

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MobilityHeader.LengthUnit)
        {
            return WireError.Truncated(bytes.Length, MobilityHeader.LengthUnit, bytes.Length);
        }

        var announced = MobilityHeader.LengthUnit * (bytes[MobilityHeader.HeaderLenOffset] + 1);
        return bytes.Length == announced ? null : OtherExtent(bytes.Length, announced);
    }

    private static WireError OtherExtent(int present, int announced) =>
        present < announced
            ? WireError.Truncated(MobilityHeader.HeaderLenOffset, announced, present)
            : new WireError(announced, "TrailingOctets", $"{present - announced} octets after the {announced} octets of the message");

    private static WireError? CheckHeader(ReadOnlySpan<byte> bytes, int optionsOffset)
    {
        var payloadProto = bytes[MobilityHeader.PayloadProtoOffset];
        if (payloadProto != MobilityHeader.PayloadProtoNone)
        {
            return OtherPayloadProto(payloadProto);
        }
        return bytes.Length < optionsOffset ? TooShort(bytes.Length, optionsOffset) : null;
    }

    private static WireError OtherPayloadProto(byte payloadProto) =>
        new(MobilityHeader.PayloadProtoOffset, "PayloadProto", $"Payload Proto {payloadProto}, not {MobilityHeader.PayloadProtoNone}");

    private static WireError TooShort(int length, int optionsOffset) =>
        new(MobilityHeader.HeaderLenOffset, "HeaderLength", $"{length} octets; the fixed part of this message type has {optionsOffset}");

    private static bool TryReadOptions(
        ReadOnlySpan<byte> message,
        int start,
        WireEdition edition,
        [NotNullWhen(false)] out WireError? error
    )
    {
        var walker = new OptionWalker(message, start);
        var count = 0;
        while (walker.TryNext(out var bytes, out error))
        {
            if (MobilityOptionReader.Check(bytes, edition) is { } violation)
            {
                error = violation.Shifted(walker.Position);
                return false;
            }

            count++;
        }

        // A message whose options are not aligned would be longer when it is written, by less than a unit for each option.
        var longest = message.Length + count * (MobilityHeader.LengthUnit - 1);
        if (error is null && longest > MobilityHeader.MaximumMessageLength)
        {
            error = CheckAlignedLength(new MobilityOptionEnumerator(new OptionWalker(message, start), edition), start);
        }
        return error is null;
    }

    private static WireError? CheckAlignedLength(MobilityOptionEnumerator options, int start)
    {
        var end = start;
        foreach (var option in options)
        {
            end += OptionPadding.Before(option.Alignment, end) + OptionPadding.OptionHeaderLength + option.Data.Length;
        }
        return end <= MobilityHeader.MaximumMessageLength ? null : TooLong(start);
    }

    private static WireError TooLong(int start) =>
        new(start, "MessageLength", "the options, when aligned, do not fit into a Mobility Header");

    private InvalidOperationException OtherType() => new($"The message is of type {Type}.");
}
