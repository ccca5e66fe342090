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
    private const int ReservedOffset = 0;
    private const int PrefixLengthOffset = 1;
    private const int PrefixOffset = 2;

    public override byte Type => (byte)MobilityOptionType.MobileNetworkPrefix;

    public override int DataLength => PrefixOffset + Ipv6Octets.Length;

    public override (int Multiple, int Offset) Alignment => (8, 4);

    public override void WriteData(Span<byte> destination)
    {
        destination[ReservedOffset] = 0;
        destination[PrefixLengthOffset] = Prefix.Length;
        Ipv6Octets.Write(Prefix.Network, destination[PrefixOffset..]);
    }

    internal static MobileNetworkPrefixOption? ReadData(ReadOnlySpan<byte> data, out WireError? error)
    {
        if (!HasLength(data, PrefixOffset + Ipv6Octets.Length, out error))
        {
            return null;
        }

        var length = data[PrefixLengthOffset];
        if (length <= Ipv6Prefix.MaximumLength)
        {
            return new MobileNetworkPrefixOption(new Ipv6Prefix(Ipv6Octets.Read(data[PrefixOffset..]), length));
        }

        error = new WireError(
            HeaderLength + PrefixLengthOffset,
            "PrefixLength",
            $"prefix length {length}, maximum {Ipv6Prefix.MaximumLength}"
        );
        return null;
    }
}
