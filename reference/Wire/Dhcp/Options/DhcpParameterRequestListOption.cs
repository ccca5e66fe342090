namespace Pmip.Wire;

/// <summary>Parameter Request List option, RFC 2132, Section 9.8.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 55   |    Length     |         Option Codes ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Codes">Option codes in order of preference, one or more.</param>
/// <exception cref="ArgumentException">There are fewer octets.</exception>
public sealed record DhcpParameterRequestListOption(OctetString Codes) : DhcpOption
{
    internal const int ShortestLength = 1;

    public OctetString Codes
    {
        get;
        init => field = RequireLengthFrom(value, ShortestLength);
    } = RequireLengthFrom(Codes, ShortestLength);

    public override byte Code => (byte)DhcpOptionCode.ParameterRequestList;

    public override int DataLength => Codes.Length;

    /// <summary>Whether the client requests this option.</summary>
    public bool Contains(DhcpOptionCode code) => Codes.Span.Contains((byte)code);

    public override void WriteData(Span<byte> destination) => Codes.Span.CopyTo(destination);
}
