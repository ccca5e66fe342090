using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Binding Update, RFC 6275, Section 6.1.7; with the P flag a Proxy Binding Update, RFC 5213, Section 8.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +-------------------------------+
///                                 |          Sequence #           |
/// +-+-+-+-+-+-+-+-+-+-+-----------+-------------------------------+
/// |A|H|L|K|M|R|P|F|T|O| Reserved  |           Lifetime            |
/// +-+-+-+-+-+-+-+-+-+-+-----------+-------------------------------+
/// |                       Mobility Options ...                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="LifetimeUnits">The lifetime in units of 4 seconds; zero de-registers the binding.</param>
/// <exception cref="ArgumentException">The options do not fit into a Mobility Header.</exception>
public sealed record BindingUpdate(ushort SequenceNumber, BindingUpdateFlags Flags, ushort LifetimeUnits, MobilityOptionList Options)
    : MobilityMessage
{
    public const int SequenceNumberOffset = 6;
    public const int FlagsOffset = 8;
    public const int LifetimeOffset = 10;
    public const int OptionsOffset = 12;

    /// <summary>RFC 6275, Section 6.1.7: the unit of the Lifetime field in seconds.</summary>
    public const int SecondsPerLifetimeUnit = 4;

    public MobilityOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => (byte)MobilityHeaderType.BindingUpdate;

    public override int Length => Options.EndFrom(OptionsOffset);

    /// <summary>The P flag is set.</summary>
    public bool IsProxy => Flags.HasFlag(BindingUpdateFlags.ProxyRegistration);

    public TimeSpan Lifetime => TimeSpan.FromSeconds(LifetimeUnits * SecondsPerLifetimeUnit);

    internal static void WriteFixedPart(Span<byte> message, ushort sequenceNumber, BindingUpdateFlags flags, ushort lifetimeUnits)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message[SequenceNumberOffset..], sequenceNumber);
        BinaryPrimitives.WriteUInt16BigEndian(message[FlagsOffset..], (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(message[LifetimeOffset..], lifetimeUnits);
    }

    private protected override void WriteData(Span<byte> message)
    {
        WriteFixedPart(message, SequenceNumber, Flags, LifetimeUnits);
        Options.Write(message, OptionsOffset);
    }
}
