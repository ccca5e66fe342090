using Conformance.TestBeds.Simulated;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that write the option that asks for an IPv4 home address wrongly: RFC 5844, Section 3.3.1.</summary>
internal static class MagIpv4FormatDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Written(
            "mag-ipv4-request-unaligned",
            "does not align the option that asks for an IPv4 home address",
            "rfc5844-3.3.1-d1",
            () => new LayoutFilter(option => IsRequest(option) ? LayoutFilter.Displaced(option) : option.ToArray())
        ),
        Written(
            "mag-ipv4-request-counts-padding",
            "counts the padding of the option that asks for an IPv4 home address in the Length",
            "rfc5844-3.3.1-k1",
            () => LayoutFilter.WithPaddingIn(MobilityOptionType.Ipv4HomeAddressRequest)
        ),
        Written(
            "mag-ipv4-request-stale-bits",
            "leaves what was in its buffer in the reserved bits of the option that asks for an IPv4 home address",
            "rfc5844-3.3.1-k2",
            () => new LayoutFilter(option => IsRequest(option) ? WithStaleBits(option.Span) : option.ToArray())
        ),
    ];

    private static Deviation Written(string name, string description, string statement, Func<IOutputFilter> filter) =>
        Deviation.Of(name, description, statement, mag => mag with { Output = filter }) with
        {
            Roles = ["MAG"],
        };

    private static bool IsRequest(ReadOnlyMemory<byte> option) => option.Span[0] == (byte)MobilityOptionType.Ipv4HomeAddressRequest;

    private static byte[] WithStaleBits(ReadOnlySpan<byte> option) => [.. option[..2], (byte)(option[2] | 0x03), 0xff, .. option[4..]];
}
