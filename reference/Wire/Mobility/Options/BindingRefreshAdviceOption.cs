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
    public TimeSpan RefreshInterval => TimeSpan.FromSeconds(RefreshIntervalUnits * BindingUpdate.SecondsPerLifetimeUnit);

    public override byte Type => (byte)MobilityOptionType.BindingRefreshAdvice;

    public override int DataLength => BindingRefreshAdviceFormat.Length;

    public override (int Multiple, int Offset) Alignment => BindingRefreshAdviceFormat.Alignment;

    public override void WriteData(Span<byte> destination) => BindingRefreshAdviceFormat.Write(destination, RefreshIntervalUnits);
}
