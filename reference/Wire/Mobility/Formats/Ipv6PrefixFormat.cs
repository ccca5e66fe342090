namespace Pmip.Wire;

/// <summary>
/// The data of a Home Network Prefix option, RFC 5213, Section 8.3, and of a Mobile Network Prefix option, RFC 3963, Section 4.3:
/// Reserved, Prefix Length, Prefix.
/// </summary>
internal static class Ipv6PrefixFormat
{
    private const int ReservedOffset = 0;
    private const int PrefixLengthOffset = 1;
    private const int PrefixOffset = 2;

    internal const int Length = PrefixOffset + Ipv6Octets.Length;

    internal static (int Multiple, int Offset) Alignment => (8, 4);

    /// <summary>The error <c>OptionLength</c>, or <c>PrefixLength</c> at its field, or null.</summary>
    internal static WireError? Check(ReadOnlySpan<byte> data) =>
        OptionLength.Check(data, Length)
        ?? (data[PrefixLengthOffset] <= Ipv6Prefix.MaximumLength ? null : BeyondMaximum(data[PrefixLengthOffset]));

    internal static Ipv6Prefix Read(ReadOnlySpan<byte> data) => Ipv6Prefix.Read(data[PrefixOffset..], data[PrefixLengthOffset]);

    internal static void Write(Span<byte> data, Ipv6Prefix prefix)
    {
        data[ReservedOffset] = 0;
        data[PrefixLengthOffset] = prefix.Length;
        prefix.Write(data[PrefixOffset..]);
    }

    private static WireError BeyondMaximum(byte length) =>
        new(
            MobilityOption.HeaderLength + PrefixLengthOffset,
            "PrefixLength",
            $"prefix length {length}, maximum {Ipv6Prefix.MaximumLength}"
        );
}
