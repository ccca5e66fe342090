using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that read requests wrongly: RFC 5213, Sections 5.3.1 and 8.</summary>
internal static class LmaParsingDeviations
{
    private const int OptionsOffset = 12;

    public static IReadOnlyList<Deviation> All { get; } = [.. Headers(), .. Options()];

    private static IEnumerable<Deviation> Headers() =>
        [
            Reads(
                "lma-checksum-ignored",
                "does not verify the checksum of a Mobility Header",
                "rfc5213-5.3.1-k2a",
                headers => headers.Without("Checksum")
            ),
            Reads(
                "lma-pointer-without-extension-headers",
                "reports where a fault of a Mobility Header is as if no extension header came before it",
                "rfc5213-5.3.1-k2e",
                Misreading.PointersWithoutExtensionHeaders
            ),
            Reads(
                "lma-header-len-ignored",
                "reads a Mobility Header to the end of its packet, whatever its Header Len says",
                "rfc5213-5.3.1-k2d",
                headers =>
                    headers
                        .Without("HeaderLength")
                        .Replacing("WellFormed", received => Misreading.Parse(received, Misreading.WithRightHeaderLen))
            ),
        ];

    private static IEnumerable<Deviation> Options() =>
        [
            Reads(
                "lma-options-of-known-size",
                "reads the Handoff Indicator and the Access Technology Type by their known sizes, whatever their Length says",
                "rfc5213-5.3.1-d1",
                headers => headers.Replacing("WellFormed", received => Misreading.Parse(received, WithKnownSizes))
            ),
            Reads(
                "lma-option-completed",
                "reads zeros behind the end of a message that cuts its last option off",
                "rfc5213-5.3.1-d1",
                headers => headers.Replacing("WellFormed", received => Misreading.Parse(received, Completed))
            ),
            Strict(MobilityOptionType.HomeNetworkPrefix, 1, "prefix", "rfc5213-8.3-k3"),
            Strict(MobilityOptionType.HandoffIndicator, 1, "handoff-indicator", "rfc5213-8.4-k3"),
            Strict(MobilityOptionType.AccessTechnologyType, 1, "access-technology", "rfc5213-8.5-k3"),
            Strict(MobilityOptionType.MobileNodeLinkLayerIdentifier, 2, "interface", "rfc5213-8.6-k3"),
            Checks(
                "lma-identifier-first",
                "rejects a request whose first option is not the MN-Identifier",
                "rfc5213-8.1-d2",
                checks =>
                    checks.InsertingBefore(
                        "MobileNodeIdentifierPresent",
                        new("8.1", "IdentifierFirst", request => FirstIsIdentifier(request) ? RuleOutcome.Continue : Refuse(request))
                    )
            ),
        ];

    /// <param name="octets">The length of the reserved field.</param>
    private static Deviation Strict(MobilityOptionType type, int octets, string word, string statement) =>
        Reads(
            $"lma-strict-{word}",
            $"discards a request in which the reserved field of {type} is not 0",
            statement,
            headers => ReservedFields.Refuse(headers, type, octets)
        );

    private static byte[] Completed(byte[] octets)
    {
        var end = Walk(octets).Select(at => at + 2 + octets[at + 1]).LastOrDefault();
        var units = (Math.Max(end, octets.Length) + MobilityHeader.LengthUnit - 1) / MobilityHeader.LengthUnit;
        return Misreading.WithRightHeaderLen([.. octets, .. new byte[(units * MobilityHeader.LengthUnit) - octets.Length]]);
    }

    private static byte[] WithKnownSizes(byte[] octets)
    {
        foreach (var at in Walk(octets))
        {
            if ((MobilityOptionType)octets[at] is MobilityOptionType.HandoffIndicator or MobilityOptionType.AccessTechnologyType)
            {
                octets[at + 1] = 2;
            }
        }

        return octets;
    }

    /// <summary>The offsets of the options of a Binding Update; a change of a Length counts for the next one.</summary>
    private static IEnumerable<int> Walk(byte[] octets)
    {
        var at = OptionsOffset;
        while (at + 1 < octets.Length)
        {
            if (octets[at] == (byte)MobilityOptionType.Pad1)
            {
                at++;
                continue;
            }

            yield return at;
            at += 2 + octets[at + 1];
        }
    }

    private static bool FirstIsIdentifier(RegistrationRequest request) =>
        request.MobileNode is null || request.Update.Options.FirstOrDefault(IsContent) is MobileNodeIdentifierOption;

    private static bool IsContent(MobilityOption option) => option.Type > (byte)MobilityOptionType.PadN;

    private static RuleOutcome Refuse(RegistrationRequest request) => request.Reject(BindingStatus.REASON_UNSPECIFIED);
}
