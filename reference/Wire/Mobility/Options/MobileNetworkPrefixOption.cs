namespace Pmip.Wire;

/// <summary>Mobile Network Prefix option, RFC 3963, Section 4.3. Alignment 8n+4.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Type = 6    |  Length = 18  |   Reserved    | Prefix Length |
/// +---------------+---------------+---------------+---------------+
/// |                   Mobile Network Prefix (16)                   |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Prefix">A prefix of the mobile network behind a mobile router.</param>
public sealed record MobileNetworkPrefixOption(Ipv6Prefix Prefix) : MobilityOption
{
    public override byte Type => (byte)MobilityOptionType.MobileNetworkPrefix;

    public override int DataLength => Ipv6PrefixFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv6PrefixFormat.Alignment;

    public override void WriteData(Span<byte> destination) => Ipv6PrefixFormat.Write(destination, Prefix);
}
