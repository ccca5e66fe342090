using System.Net;

namespace Pmip.Wire;

/// <summary>Subnet Mask option, RFC 2132, Section 3.3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 1    |  Length = 4   |            Mask (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="PrefixLength">Number of ones at the beginning of the mask, 0-32.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
public sealed record DhcpSubnetMaskOption(int PrefixLength) : DhcpOption
{
    public int PrefixLength
    {
        get;
        init => field = RequireRange(value);
    } = RequireRange(PrefixLength);

    /// <summary>For instance 255.255.255.0.</summary>
    public IPAddress Mask
    {
        get
        {
            Span<byte> octets = stackalloc byte[Ipv4Octets.Length];
            WriteData(octets);
            return Ipv4Octets.Read(octets);
        }
    }

    public override byte Code => (byte)DhcpOptionCode.SubnetMask;

    public override int DataLength => DhcpSubnetMaskFormat.Length;

    public override void WriteData(Span<byte> destination) => DhcpSubnetMaskFormat.Write(destination, PrefixLength);

    private static int RequireRange(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, DhcpSubnetMaskFormat.MaximumPrefixLength);
        return length;
    }
}
