namespace Pmip.Wire;

/// <summary>
/// The data that the Home Network Prefix option (RFC 5213, Section 8.3) and the Mobile Network Prefix option (RFC 3963, Section 4.3) share:
/// a reserved octet, the length of the prefix in bits, and its 16 octets.
/// </summary>
internal static class Ipv6PrefixData
{
    private const int ReservedOffset = 0;
    private const int PrefixLengthOffset = 1;
    private const int PrefixOffset = 2;

    /// <summary>In octets.</summary>
    public const int Length = PrefixOffset + Ipv6Octets.Length;

    public static void Write(Ipv6Prefix prefix, Span<byte> destination)
    {
        destination[ReservedOffset] = 0;
        destination[PrefixLengthOffset] = prefix.Length;
        Ipv6Octets.Write(prefix.Network, destination[PrefixOffset..]);
    }

    /// <param name="data">The data of the option, of <see cref="Length"/> octets.</param>
    /// <param name="error">That the prefix is longer than an address.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, out Ipv6Prefix prefix, out WireError? error)
    {
        var length = data[PrefixLengthOffset];
        var isValid = length <= Ipv6Prefix.MaximumLength;
        prefix = isValid ? new Ipv6Prefix(Ipv6Octets.Read(data[PrefixOffset..]), length) : default;
        error = isValid
            ? null
            : new WireError(
                MobilityOption.HeaderLength + PrefixLengthOffset,
                "PrefixLength",
                $"prefix length {length}, maximum {Ipv6Prefix.MaximumLength}"
            );
        return isValid;
    }
}
