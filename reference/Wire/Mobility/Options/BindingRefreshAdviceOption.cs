using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Binding Refresh Advice option, RFC 6275, Section 6.2.4. Alignment 2n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 2    |  Length = 2   |
/// +-------------------------------+---------------+---------------+
/// |       Refresh Interval        |
/// +-------------------------------+
/// </code></remarks>
/// <param name="RefreshIntervalUnits">The interval in units of 4 seconds, as for a lifetime.</param>
public sealed record BindingRefreshAdviceOption(ushort RefreshIntervalUnits) : MobilityOption
{
    private const int FixedDataLength = sizeof(ushort);

    public TimeSpan RefreshInterval => TimeSpan.FromSeconds(RefreshIntervalUnits * BindingUpdate.SecondsPerLifetimeUnit);

    public override byte Type => (byte)MobilityOptionType.BindingRefreshAdvice;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => (2, 0);

    public override void WriteData(Span<byte> destination) => BinaryPrimitives.WriteUInt16BigEndian(destination, RefreshIntervalUnits);

    internal static BindingRefreshAdviceOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) ? new BindingRefreshAdviceOption(BinaryPrimitives.ReadUInt16BigEndian(data)) : null;
}
