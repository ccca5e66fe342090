namespace Pmip.Wire;

/// <summary>Client-identifier option, RFC 2132, Section 9.14.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 61   |    Length     |    Type and Identifier ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Identifier">Two octets or more: a type, then the identifier. Type and identifier are compared together.</param>
/// <exception cref="ArgumentException">There are fewer octets.</exception>
public sealed record DhcpClientIdentifierOption(OctetString Identifier) : DhcpOption
{
    internal const int ShortestLength = 2;

    public OctetString Identifier
    {
        get;
        init => field = RequireLengthFrom(value, ShortestLength);
    } = RequireLengthFrom(Identifier, ShortestLength);

    public override byte Code => (byte)DhcpOptionCode.ClientIdentifier;

    public override int DataLength => Identifier.Length;

    /// <summary>The identifier of a client that uses its hardware address: type 1, then the address.</summary>
    public static DhcpClientIdentifierOption ForMac(MacAddress address) =>
        new(new OctetString([DhcpMessage.EthernetHardwareType, .. address.ToArray()]));

    public override void WriteData(Span<byte> destination) => Identifier.Span.CopyTo(destination);
}
