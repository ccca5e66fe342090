using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Implementations of both roles that write or read the options of Proxy Binding Updates and Acknowledgements wrongly: RFC 5213, Sections
/// 6.9.1.5 and 8.
/// </summary>
internal static class FormatDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Written(
            "option-twice",
            "writes the Handoff Indicator option twice",
            "rfc5213-8.1-d1",
            () => new OptionFilter(options => [.. options, .. options.Where(option => option is HandoffIndicatorOption)])
        ),
        CountsPadding("prefix", "Home Network Prefix", MobilityOptionType.HomeNetworkPrefix, "rfc5213-8.3-k1"),
        CountsPadding("handoff-indicator", "Handoff Indicator", MobilityOptionType.HandoffIndicator, "rfc5213-8.4-k1"),
        CountsPadding("access-technology", "Access Technology Type", MobilityOptionType.AccessTechnologyType, "rfc5213-8.5-k1"),
        CountsPadding("link-local-address", "Link-local Address", MobilityOptionType.LinkLocalAddress, "rfc5213-8.7-k1"),
        CountsPadding("timestamp", "Timestamp", MobilityOptionType.Timestamp, "rfc5213-8.8-k1"),
        Written(
            "option-stale-octets",
            "leaves what was in its buffer in the reserved fields of options",
            "rfc5213-8.4-k2",
            LayoutFilter.WithStaleReservedFields
        ),
        Written(
            "option-unaligned",
            "does not align Timestamp and Link-local Address options",
            "rfc5213-8.8-d1",
            LayoutFilter.WithMisalignedOctets
        ),
        Written(
            "interface-unaligned",
            "does not align Mobile Node Link-layer Identifier options",
            "rfc5213-8.6-k1",
            LayoutFilter.WithMisalignedInterfaces
        ),
        Deviation.OfLma(
            "lma-no-alternate-care-of-address",
            "takes the source of an update for the Proxy-CoA, whatever its Alternate Care-of Address is",
            "rfc5213-6.9.1.5-d1",
            rules => rules with { MobilityHeader = WithoutAlternateCareOfAddress(rules.MobilityHeader) }
        ),
    ];

    private static Deviation CountsPadding(string name, string option, MobilityOptionType type, string statement) =>
        Written(
            $"{name}-counts-padding",
            $"counts the padding of its {option} option in the Length",
            statement,
            () => LayoutFilter.WithPaddingIn(type)
        );

    private static Deviation Written(string name, string description, string statement, Func<Simulated.IOutputFilter> filter) =>
        Deviation.Of(name, description, statement, node => node with { Output = filter });

    private static RuleList<ReceivedSignal> WithoutAlternateCareOfAddress(RuleList<ReceivedSignal> headers)
    {
        var wellFormed = headers.First(rule => rule.Name == "WellFormed");
        return headers.Replacing(
            "WellFormed",
            received =>
            {
                var outcome = wellFormed.Apply(received);
                if (received.Message is BindingUpdate update)
                {
                    var known = update.Options.Where(option => option is not AlternateCareOfAddressOption);
                    received.Message = update with { Options = new MobilityOptionList(known) };
                }

                return outcome;
            }
        );
    }
}
