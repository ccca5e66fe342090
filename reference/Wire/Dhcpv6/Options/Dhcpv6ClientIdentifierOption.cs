namespace Pmip.Wire;

/// <summary>Client Identifier option, RFC 8415, Section 21.2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |        option-code = 1        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                            DUID ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Duid">The DUID of the client.</param>
public sealed record Dhcpv6ClientIdentifierOption(Duid Duid) : Dhcpv6Option
{
    public override ushort Code => (ushort)Dhcpv6OptionCode.ClientIdentifier;

    public override int DataLength => Duid.Octets.Length;

    public override void WriteData(Span<byte> destination) => Duid.Octets.Span.CopyTo(destination);

    internal static Dhcpv6ClientIdentifierOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        Duid.TryRead(data, out var duid, out error) ? new Dhcpv6ClientIdentifierOption(duid) : null;
}
