namespace Pmip.Wire;

/// <summary>Server Identifier option, RFC 8415, Section 21.3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |        option-code = 2        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                            DUID ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Duid">The DUID of the server.</param>
public sealed record Dhcpv6ServerIdentifierOption(Duid Duid) : Dhcpv6Option
{
    public override ushort Code => (ushort)Dhcpv6OptionCode.ServerIdentifier;

    public override int DataLength => Duid.Octets.Length;

    public override void WriteData(Span<byte> destination) => Duid.Octets.Span.CopyTo(destination);

    internal static Dhcpv6ServerIdentifierOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        Duid.TryRead(data, out var duid, out error) ? new Dhcpv6ServerIdentifierOption(duid) : null;
}
