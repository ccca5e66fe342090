using Conformance.TestBeds.Simulated;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that write or read the options of IPv4 wrongly: RFC 5844, Section 3.3.</summary>
internal static class LmaIpv4FormatDeviations
{
    private const byte StaleOctet = 0xff;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        LmaIpv4Parts.OfIpv4(
            "lma-ipv4-reserved-rejected",
            "rejects a request for IPv4 with reserved bits that are set",
            "rfc5844-3.3.1-k3",
            rules =>
                rules with
                {
                    Ipv4Admission = rules.Ipv4Admission.InsertingBefore(
                        "Ipv4ServiceAuthorized",
                        new("RFC 5844 3.3.1", "ReservedZero", ReservedZero)
                    ),
                }
        ),
        Written("lma-ipv4-reply-unaligned", "does not align the option for IPv4", "rfc5844-3.3.2-d1", Unaligned(Reply)),
        Written(
            "lma-ipv4-reply-counts-padding",
            "counts the padding of its option for IPv4 in the Length",
            "rfc5844-3.3.2-k1",
            () => LayoutFilter.WithPaddingIn(MobilityOptionType.Ipv4HomeAddressReply)
        ),
        Written(
            "lma-ipv4-reply-stale-bits",
            "leaves what was in its buffer in the reserved bits of the option for IPv4",
            "rfc5844-3.3.2-k2",
            Stale(Reply, option => [.. option[..3], (byte)(option[3] | 0x03), .. option[4..]])
        ),
        Written("lma-ipv4-router-unaligned", "does not align the option for the default router", "rfc5844-3.3.3-d1", Unaligned(Router)),
        Written(
            "lma-ipv4-router-counts-padding",
            "counts the padding of its option for the default router in the Length",
            "rfc5844-3.3.3-k1",
            () => LayoutFilter.WithPaddingIn(MobilityOptionType.Ipv4DefaultRouterAddress)
        ),
        Written(
            "lma-ipv4-router-stale-octets",
            "leaves what was in its buffer in the reserved field of the option for the default router",
            "rfc5844-3.3.3-k2",
            Stale(Router, option => [.. option[..2], StaleOctet, StaleOctet, .. option[4..]])
        ),
        Written(
            "lma-ipv4-support-mode-counts-padding",
            "counts the padding of its option for the DHCP support mode in the Length",
            "rfc5844-3.3.4-k1",
            () => LayoutFilter.WithPaddingIn(MobilityOptionType.Ipv4DhcpSupportMode)
        ),
        Written(
            "lma-ipv4-support-mode-stale-bits",
            "leaves what was in its buffer in the reserved field of the option for the DHCP support mode",
            "rfc5844-3.3.4-k2",
            Stale(type => type == MobilityOptionType.Ipv4DhcpSupportMode, option => [.. option[..2], StaleOctet, (byte)(option[3] | 0xfe)])
        ),
    ];

    private static Deviation Written(string name, string description, string statement, Func<IOutputFilter> filter) =>
        Deviation.InLma(name, description, statement, lma => lma with { Output = filter });

    private static bool Reply(MobilityOptionType type) =>
        type is MobilityOptionType.Ipv4HomeAddressReply or MobilityOptionType.Ipv4AddressAcknowledgement;

    private static bool Router(MobilityOptionType type) => type == MobilityOptionType.Ipv4DefaultRouterAddress;

    /// <summary>Puts options two octets further; the options after them stay aligned.</summary>
    private static Func<IOutputFilter> Unaligned(Func<MobilityOptionType, bool> isMeant) =>
        Stale(isMeant, option => [.. LayoutFilter.Displaced(option)]);

    private static Func<IOutputFilter> Stale(Func<MobilityOptionType, bool> isMeant, Func<byte[], byte[]> write) =>
        () => new LayoutFilter(option => isMeant((MobilityOptionType)option.Span[0]) ? write(option.ToArray()) : option.ToArray());

    private static RuleOutcome ReservedZero(RegistrationRequest request) =>
        IsReservedSet(request.Signal.MobilityHeader) ? request.Reject(BindingStatus.REASON_UNSPECIFIED) : RuleOutcome.Continue;

    /// <summary>The reserved bits of the request options of both kinds are the last ones of the first two octets.</summary>
    private static bool IsReservedSet(ReadOnlyMemory<byte> message) =>
        ReservedFields.AreSet(message, MobilityOptionType.Ipv4HomeAddressRequest, [0x03, 0xff])
        || ReservedFields.AreSet(message, MobilityOptionType.Ipv4HomeAddress, [0x01, 0xff]);
}
