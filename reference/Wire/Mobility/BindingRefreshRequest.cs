using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Binding Refresh Request, RFC 6275, Section 6.1.2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +-------------------------------+
///                                 |           Reserved            |
/// +-------------------------------+-------------------------------+
/// |                       Mobility Options ...                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <exception cref="ArgumentException">The options do not fit into a Mobility Header.</exception>
public sealed record BindingRefreshRequest(MobilityOptionList Options) : MobilityMessage
{
    public const int ReservedOffset = 6;
    public const int OptionsOffset = 8;

    public MobilityOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => (byte)MobilityHeaderType.BindingRefreshRequest;

    public override int Length => Options.EndFrom(OptionsOffset);

    internal static BindingRefreshRequest Read(ReadOnlySpan<byte> message, MobilityOptionList options) => new(options);

    private protected override void WriteData(Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message[ReservedOffset..], 0);
        Options.Write(message, OptionsOffset);
    }
}
