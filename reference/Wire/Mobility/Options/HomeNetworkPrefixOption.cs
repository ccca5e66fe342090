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
    private const int ReservedOffset = 0;
    private const int PrefixLengthOffset = 1;
    private const int PrefixOffset = 2;

    public override byte Type => (byte)MobilityOptionType.HomeNetworkPrefix;

    public override int DataLength => PrefixOffset + Ipv6Octets.Length;

    public override (int Multiple, int Offset) Alignment => (8, 4);

    public override void WriteData(Span<byte> destination)
    {
        destination[ReservedOffset] = 0;
        destination[PrefixLengthOffset] = Prefix.Length;
        Ipv6Octets.Write(Prefix.Network, destination[PrefixOffset..]);
    }

    internal static HomeNetworkPrefixOption? ReadData(ReadOnlySpan<byte> data, out WireError? error)
    {
        if (!HasLength(data, PrefixOffset + Ipv6Octets.Length, out error))
        {
            return null;
        }

        var length = data[PrefixLengthOffset];
        if (length <= Ipv6Prefix.MaximumLength)
        {
            return new HomeNetworkPrefixOption(new Ipv6Prefix(Ipv6Octets.Read(data[PrefixOffset..]), length));
        }

        error = new WireError(
            HeaderLength + PrefixLengthOffset,
            "PrefixLength",
            $"prefix length {length}, maximum {Ipv6Prefix.MaximumLength}"
        );
        return null;
    }
}
