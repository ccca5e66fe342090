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
        Written(
            "option-counts-padding",
            "counts the padding of an option in its Length",
            "rfc5213-8.4-k1",
            LayoutFilter.WithPaddingInOptions
        ) with
        {
            WhyMany = "one routine writes all options, and each has a statement of its own about its Length",
        },
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
        Deviation.OfLma(
            "lma-no-alternate-care-of-address",
            "takes the source of an update for the Proxy-CoA, whatever its Alternate Care-of Address is",
            "rfc5213-6.9.1.5-d1",
            rules => rules with { MobilityHeader = WithoutAlternateCareOfAddress(rules.MobilityHeader) }
        ),
    ];

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
