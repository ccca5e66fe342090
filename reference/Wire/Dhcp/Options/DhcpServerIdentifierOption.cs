using System.Net;

namespace Pmip.Wire;

/// <summary>Server Identifier option, RFC 2132, Section 9.7.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 54   |  Length = 4   |          Address (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Address">An IPv4 address of the server.</param>
/// <exception cref="ArgumentException">The address is not IPv4.</exception>
public sealed record DhcpServerIdentifierOption(IPAddress Address) : DhcpOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Address);

    public override byte Code => (byte)DhcpOptionCode.ServerIdentifier;

    public override int DataLength => Ipv4Octets.Length;

    public override void WriteData(Span<byte> destination) => Ipv4Octets.Write(Address, destination);
}
