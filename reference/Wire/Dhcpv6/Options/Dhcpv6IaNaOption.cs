using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Identity Association for Non-temporary Addresses option, RFC 8415, Section 21.4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |        option-code = 3        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                             IAID                              |
/// +---------------------------------------------------------------+
/// |                              T1                               |
/// +---------------------------------------------------------------+
/// |                              T2                               |
/// +---------------------------------------------------------------+
/// |                        IA_NA-options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="RenewalSeconds">T1; 0 leaves the choice to the client.</param>
/// <param name="RebindingSeconds">T2; 0 leaves the choice to the client.</param>
/// <param name="Options">The options, without a <see cref="Dhcpv6IaNaOption"/>.</param>
/// <exception cref="ArgumentException">An option is not allowed here, or the options do not fit.</exception>
public sealed record Dhcpv6IaNaOption(uint Iaid, uint RenewalSeconds, uint RebindingSeconds, Dhcpv6OptionList Options) : Dhcpv6Option
{
    private const int IaidOffset = 0;
    private const int RenewalOffset = 4;
    private const int RebindingOffset = 8;
    private const int OptionsOffset = 12;

    public Dhcpv6OptionList Options
    {
        get;
        init => field = RequireOptions(value);
    } = RequireOptions(Options);

    public override ushort Code => (ushort)Dhcpv6OptionCode.IaNa;

    public override int DataLength => OptionsOffset + Options.Length;

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination[IaidOffset..], Iaid);
        BinaryPrimitives.WriteUInt32BigEndian(destination[RenewalOffset..], RenewalSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(destination[RebindingOffset..], RebindingSeconds);
        Options.Write(destination[OptionsOffset..]);
    }

    internal static Dhcpv6IaNaOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        TryReadOptions(data, OptionsOffset, Dhcpv6OptionPlace.IaNa, out var options, out error)
            ? new Dhcpv6IaNaOption(
                BinaryPrimitives.ReadUInt32BigEndian(data[IaidOffset..]),
                BinaryPrimitives.ReadUInt32BigEndian(data[RenewalOffset..]),
                BinaryPrimitives.ReadUInt32BigEndian(data[RebindingOffset..]),
                options
            )
            : null;

    private static Dhcpv6OptionList RequireOptions(Dhcpv6OptionList options) =>
        options.RequireIn(Dhcpv6OptionPlace.IaNa).RequireRoom(MaximumDataLength - OptionsOffset);
}
