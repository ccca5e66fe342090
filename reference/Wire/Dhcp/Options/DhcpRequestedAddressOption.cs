using System.Net;

namespace Pmip.Wire;

/// <summary>Requested IP Address option, RFC 2132, Section 9.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 50   |  Length = 4   |          Address (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Address">The IPv4 address that the client requests.</param>
/// <exception cref="ArgumentException">The address is not IPv4.</exception>
public sealed record DhcpRequestedAddressOption(IPAddress Address) : DhcpOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Address);

    public override byte Code => (byte)DhcpOptionCode.RequestedAddress;

    public override int DataLength => Ipv4Octets.Length;

    public override void WriteData(Span<byte> destination) => Ipv4Octets.Write(Address, destination);
}
