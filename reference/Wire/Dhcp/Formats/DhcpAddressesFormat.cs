namespace Pmip.Wire;

/// <summary>The data of a Router option, RFC 2132, Section 3.5: one address or more.</summary>
internal static class DhcpAddressesFormat
{
    /// <summary>The error <c>OptionLength</c>, or null.</summary>
    internal static WireError? Check(ReadOnlySpan<byte> data) =>
        OptionLength.CheckFrom(data, Ipv4Octets.Length) ?? (data.Length % Ipv4Octets.Length == 0 ? null : NotAMultiple(data.Length));

    private static WireError NotAMultiple(int length) => new(0, "OptionLength", $"length {length}, not a multiple of {Ipv4Octets.Length}");
}
