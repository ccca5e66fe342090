using System.Net;

namespace Pmip.Wire;

/// <summary>Subnet Selection option, RFC 3011, Section 2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Code = 118   |  Length = 4   |          Address (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Address">The IPv4 address of a subnet, with host bits of zero, which are not checked.</param>
/// <exception cref="ArgumentException">The address is not IPv4.</exception>
public sealed record DhcpSubnetSelectionOption(IPAddress Address) : DhcpOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Address);

    public override byte Code => (byte)DhcpOptionCode.SubnetSelection;

    public override int DataLength => Ipv4Octets.Length;

    public override void WriteData(Span<byte> destination) => Ipv4Octets.Write(Address, destination);
}
