using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// Binding Acknowledgement, RFC 6275, Section 6.1.8; with the P flag a Proxy Binding Acknowledgement, RFC 5213, Section 8.2.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+-+-+-+-+-------+
///                                 |    Status     |K|R|P|T|  Rsv. |
/// +-------------------------------+---------------+-+-+-+-+-------+
/// |          Sequence #           |           Lifetime            |
/// +-------------------------------+-------------------------------+
/// |                       Mobility Options ...                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="LifetimeUnits">The lifetime in units of 4 seconds; has no meaning in a rejection.</param>
/// <exception cref="ArgumentException">The options do not fit into a Mobility Header.</exception>
public sealed record BindingAcknowledgement(
    BindingStatus Status,
    BindingAcknowledgementFlags Flags,
    ushort SequenceNumber,
    ushort LifetimeUnits,
    MobilityOptionList Options
) : MobilityMessage
{
    public const int StatusOffset = 6;
    public const int FlagsOffset = 7;
    public const int SequenceNumberOffset = 8;
    public const int LifetimeOffset = 10;
    public const int OptionsOffset = 12;

    /// <summary>RFC 6275, Section 6.1.8: this status and all greater ones are rejections.</summary>
    private const byte FirstRejection = 128;

    public MobilityOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => (byte)MobilityHeaderType.BindingAcknowledgement;

    public override int Length => Options.EndFrom(OptionsOffset);

    /// <summary>The P flag is set.</summary>
    public bool IsProxy => Flags.HasFlag(BindingAcknowledgementFlags.ProxyRegistration);

    public bool IsRejection => Rejects(Status);

    public TimeSpan Lifetime => TimeSpan.FromSeconds(LifetimeUnits * BindingUpdate.SecondsPerLifetimeUnit);

    /// <summary>Whether these options fit into a message, when aligned.</summary>
    public static bool HasRoomFor(MobilityOptionList options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.FitsFrom(OptionsOffset);
    }

    internal static bool Rejects(BindingStatus status) => (byte)status >= FirstRejection;

    internal static void WriteFixedPart(
        Span<byte> message,
        BindingStatus status,
        BindingAcknowledgementFlags flags,
        ushort sequenceNumber,
        ushort lifetimeUnits
    )
    {
        message[StatusOffset] = (byte)status;
        message[FlagsOffset] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(message[SequenceNumberOffset..], sequenceNumber);
        BinaryPrimitives.WriteUInt16BigEndian(message[LifetimeOffset..], lifetimeUnits);
    }

    private protected override void WriteData(Span<byte> message)
    {
        WriteFixedPart(message, Status, Flags, SequenceNumber, LifetimeUnits);
        Options.Write(message, OptionsOffset);
    }
}
