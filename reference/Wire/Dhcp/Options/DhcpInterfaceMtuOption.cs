namespace Pmip.Wire;

/// <summary>Interface MTU option, RFC 2132, Section 5.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 26   |  Length = 2   |              MTU              |
/// +---------------+---------------+-------------------------------+
/// </code></remarks>
/// <param name="Mtu">The MTU in octets, at least 68.</param>
/// <exception cref="ArgumentOutOfRangeException">The MTU is less.</exception>
public sealed record DhcpInterfaceMtuOption(ushort Mtu) : DhcpOption
{
    public const ushort Minimum = 68;

    public ushort Mtu
    {
        get;
        init => field = RequireMinimum(value);
    } = RequireMinimum(Mtu);

    public override byte Code => (byte)DhcpOptionCode.InterfaceMtu;

    public override int DataLength => DhcpMinimumFormat.Length;

    public override void WriteData(Span<byte> destination) => DhcpMinimumFormat.Write(destination, Mtu);

    private static ushort RequireMinimum(ushort value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, Minimum);
        return value;
    }
}
