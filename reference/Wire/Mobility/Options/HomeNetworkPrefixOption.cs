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

    public override int DataLength => Ipv6PrefixData.Length;

    public override (int Multiple, int Offset) Alignment => (8, 4);

    public override void WriteData(Span<byte> destination) => Ipv6PrefixData.Write(Prefix, destination);

    internal static HomeNetworkPrefixOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, Ipv6PrefixData.Length, out error) && Ipv6PrefixData.TryRead(data, out var prefix, out error)
            ? new HomeNetworkPrefixOption(prefix)
            : null;
}
