namespace Pmip.Wire;

/// <summary>Maximum DHCP Message Size option, RFC 2132, Section 9.10.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 57   |  Length = 2   |            Octets             |
/// +---------------+---------------+-------------------------------+
/// </code></remarks>
/// <param name="Octets">The maximum length of a message that the sender accepts, in octets; at least 576.</param>
/// <exception cref="ArgumentOutOfRangeException">The value is less than 576.</exception>
public sealed record DhcpMaximumMessageSizeOption(ushort Octets) : DhcpOption
{
    public const ushort Minimum = 576;

    public ushort Octets
    {
        get;
        init => field = RequireMinimum(value);
    } = RequireMinimum(Octets);

    public override byte Code => (byte)DhcpOptionCode.MaximumMessageSize;

    public override int DataLength => DhcpMinimumFormat.Length;

    public override void WriteData(Span<byte> destination) => DhcpMinimumFormat.Write(destination, Octets);

    private static ushort RequireMinimum(ushort value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, Minimum);
        return value;
    }
}
