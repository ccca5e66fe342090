namespace Pmip.Wire;

/// <summary>Home Network Prefix option, RFC 5213, Section 8.3. Alignment 8n+4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Type = 22   |  Length = 18  |   Reserved    | Prefix Length |
/// +---------------+---------------+---------------+---------------+
/// |                   Home Network Prefix (16)                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
public sealed record HomeNetworkPrefixOption(Ipv6Prefix Prefix) : MobilityOption
{
    public override byte Type => (byte)MobilityOptionType.HomeNetworkPrefix;

    public override int DataLength => Ipv6PrefixFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv6PrefixFormat.Alignment;

    public override void WriteData(Span<byte> destination) => Ipv6PrefixFormat.Write(destination, Prefix);
}
