using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>The checks of a Proxy Binding Acknowledgement against its request: RFC 5213, Section 5.3.6, bullet by bullet.</summary>
internal sealed class AnswerChecks : ICheckSet
{
    public Edition Edition => Edition.Rfc5213;

    public IReadOnlyList<string> Roles { get; } = ["LMA"];

    public IReadOnlyList<Check> Checks { get; } =
    [
        .. Addressing(),
        .. Identifier(),
        .. HomeNetworkPrefixes(),
        .. AnswerOptions.Copied(HandoffIndicatorKind.Type, "rfc5213-5.3.6-k11", "rfc5213-5.3.6-k12", "rfc5213-5.3.6-k13"),
        .. AnswerOptions.Copied(AccessTechnologyTypeKind.Type, "rfc5213-5.3.6-k14", "rfc5213-5.3.6-k15", "rfc5213-5.3.6-k16"),
        .. AnswerOptions.LinkLayerIdentifier(),
        .. AnswerLinkLocal.All(),
        .. AnswerOrdering.All(),
    ];

    private static Check<Answer>[] Addressing() =>
        [
            new(
                "P flag",
                "rfc5213-5.3.6-d1",
                answer => new(answer.Message.ProxyFlag, "the P flag set to 1", "the P flag is 0", answer.Message.ProxyFlagOffset)
            ),
            new(
                "source address",
                "rfc5213-5.3.6-k2",
                answer =>
                    new(
                        answer.Source.Equals(answer.RequestDestination),
                        $"source address {answer.RequestDestination}, the destination of the request",
                        $"source address {answer.Source}"
                    )
            ),
            new(
                "destination address",
                "rfc5213-5.3.6-k3",
                answer =>
                    new(
                        answer.Destination.Equals(answer.RequestSource),
                        $"destination address {answer.RequestSource}, the source of the request",
                        $"destination address {answer.Destination}"
                    )
            ),
            new(
                "no Type 2 Routing header",
                "rfc5213-5.3.6-k32",
                answer => new(!answer.HasType2RoutingHeader, "no Type 2 Routing header", "a Type 2 Routing header")
            ),
        ];

    private static Check<Answer>[] Identifier() =>
        [
            new(
                "Mobile Node Identifier option",
                "rfc5213-5.3.6-k4",
                answer =>
                    new(
                        answer.Has(MobileNodeIdentifierKind.Type),
                        "a Mobile Node Identifier option",
                        "none",
                        answer.Given(MobileNodeIdentifierKind.Type)
                    )
            ),
            new(
                "zero-length identifier",
                "rfc5213-5.3.6-k6 rfc5213-5.3.1-k6",
                answer =>
                    answer.Asks(MobileNodeIdentifierKind.Type) || answer.Given(MobileNodeIdentifierKind.Type) is not { } given
                        ? null
                        : new(
                            given.Length == 1,
                            "a Mobile Node Identifier option with a zero-length identifier",
                            $"'{given.Identifier}'",
                            given
                        )
            ),
            AnswerOptions.Both(
                MobileNodeIdentifierKind.Type,
                "the request's identifier",
                "rfc5213-5.3.6-k5",
                (asked, given) =>
                    new(
                        given.Data.Span.SequenceEqual(asked.Data.Span),
                        $"the request's identifier '{asked.Identifier}'",
                        $"'{given.Identifier}'",
                        given
                    )
            ),
        ];

    /// <summary>An answer about IPv4 alone has no prefixes (RFC 5844, Section 3.1.2.6).</summary>
    private static Check<Answer>[] HomeNetworkPrefixes() =>
        [
            new(
                "Home Network Prefix option",
                "rfc5213-5.3.6-k7",
                answer =>
                    answer.IsOfIpv4Alone
                        ? null
                        : new(
                            answer.Has(HomeNetworkPrefixKind.Type),
                            "at least one Home Network Prefix option",
                            "none",
                            answer.Given(HomeNetworkPrefixKind.Type)
                        )
            ),
            new(CheckNames.AssignedPrefixes, "rfc5213-5.3.6-k10", AssignedPrefixes),
            new("ALL_ZERO prefix in a rejection", "rfc5213-5.3.6-k9", AllZeroPrefix),
            new("the request's prefixes in a rejection", "rfc5213-5.3.6-k8", RequestedPrefixes),
        ];

    private static CheckResult? AssignedPrefixes(Answer answer)
    {
        if (answer.IsRejection || answer.IsOfIpv4Alone || answer.ReleasesPrefixesAlone || HasWrongLength(answer))
        {
            return null;
        }

        var useless = answer.GivenPrefixes.Find(option => option.IsAllZeroPrefix || option.PrefixLength is 0 or > 128);
        return new(
            answer.GivenPrefixes.Count > 0 && useless is null,
            "a Home Network Prefix option with each assigned prefix",
            Texts(answer.GivenPrefixes),
            useless
        );
    }

    private static CheckResult? AllZeroPrefix(Answer answer) =>
        !answer.IsRejection || answer.IsOfIpv4Alone || answer.AskedPrefixes.Count > 0 || HasWrongLength(answer)
            ? null
            : new(
                answer.GivenPrefixes is [{ IsAllZeroPrefix: true }],
                "exactly one Home Network Prefix option, ALL_ZERO",
                Texts(answer.GivenPrefixes),
                answer.GivenPrefixes.Find(option => !option.IsAllZeroPrefix)
            );

    private static CheckResult? RequestedPrefixes(Answer answer)
    {
        var (asked, given) = (answer.AskedPrefixes, answer.GivenPrefixes);
        return !answer.IsRejection || asked.Count == 0 || HasWrongLength(answer)
            ? null
            : new(
                Contents(asked).SequenceEqual(Contents(given)),
                $"the request's Home Network Prefix options: {Texts(asked)}",
                Texts(given),
                given.FirstOrDefault()
            )
            {
                IsAbsence = given.Count < asked.Count,
            };
    }

    /// <summary>The wrong length of an option is a finding of its own, and its value is not known.</summary>
    private static bool HasWrongLength(Answer answer) => answer.GivenPrefixes.Exists(option => option.HasWrongLength);

    /// <summary>In any order: each prefix counts as often as it occurs.</summary>
    private static IEnumerable<string> Contents(List<OptionOctets> prefixes) =>
        prefixes.Select(option => Convert.ToHexString(option.Content.Span)).Order(StringComparer.Ordinal);

    private static string Texts(List<OptionOctets> prefixes) =>
        prefixes.Count == 0 ? "none" : string.Join(", ", prefixes.Select(option => option.PrefixText));
}
