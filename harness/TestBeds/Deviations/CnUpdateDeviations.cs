using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Correspondent nodes that test Binding Updates wrongly: RFC 6275, Section 9.5.1.</summary>
internal static class CnUpdateDeviations
{
    private const byte UnknownOptionType = 200;
    private const ushort ReservedFlags = 0x003f;

    public static IReadOnlyList<Deviation> All { get; } = [.. Proof(), .. Addresses(), .. Flags(), .. Numbers()];

    private static IEnumerable<Deviation> Proof() =>
        [
            CnParts.Tests(
                "cn-no-nonce-indices",
                "takes an update without Nonce Indices for proved",
                "rfc6275-9.5.1-k5",
                tests => Unproved(tests.Without("NonceIndicesPresent"), request => request.NonceIndices is null)
            ),
            CnParts.Tests(
                "cn-no-authorization",
                "takes an update without Binding Authorization Data for proved",
                "rfc6275-9.5.1-k8",
                tests =>
                    Unproved(
                        tests.Without("AuthorizationPresent"),
                        request => request.Update.Options.First<BindingAuthorizationDataOption>() is null
                    )
            ),
            CnParts.Tests(
                "cn-any-authenticator",
                "does not look at the authenticator",
                "rfc6275-9.5.1-k7",
                tests => tests.Without("AuthenticatorRight")
            ) with
            {
                WhyMany = "an update that is not proved is a purpose of each section about proofs",
            },
            CnParts.Tests(
                "cn-authorization-not-last",
                "lets options follow Binding Authorization Data",
                "rfc6275-9.5.1-k12",
                tests => Unproved(tests, request => IsBehind(request))
            ),
            CnParts.Tests(
                "cn-padding-last",
                "lets padding follow Binding Authorization Data",
                "rfc6275-9.5.1-k13",
                tests =>
                    Unproved(
                        tests,
                        request =>
                            request.Update.Options is [.., BindingAuthorizationDataOption]
                            && BindingAuthorization.CheckPlace(request.Signal.MobilityHeader.Span) is { Rule: "AuthorizationNotLast" }
                    )
            ),
            CnParts.Rules(
                "cn-deletion-by-both-tokens",
                "wants both tokens in the key of a deletion",
                "rfc6275-5.2.5-d1",
                rules => rules with { Update = rules.Update.Replacing("BindingManagementKey", BothTokens) }
            ) with
            {
                WhyMany = "every deletion fails",
            },
            CnParts.Tests(
                "cn-care-of-nonce-of-deletion",
                "wants a known care-of nonce index in a deletion",
                "rfc6275-9.5.1-k21",
                tests => tests.AheadOf("NoncesRecognized", CareOfNonceOfDeletion)
            ),
            CnParts.Tests(
                "cn-unproved-home-registration",
                "treats an update with H like one that is proved",
                "rfc6275-9.5.1-k17",
                tests =>
                    Unproved(
                        tests.Without("RegistrationTypeKept").Without("NoHomeRegistration"),
                        request => Has(request, BindingUpdateFlags.HomeRegistration)
                    )
            ),
        ];

    private static IEnumerable<Deviation> Addresses() =>
        [
            CnParts.Rules(
                "cn-token-of-source",
                "takes the token of the source for that of an Alternate Care-of Address",
                "rfc6275-9.5.1-k11",
                rules =>
                    rules with
                    {
                        CareOfAddress = request => request.HasIdentities ? rules.CareOfAddress(request) : request.Signal.Source,
                    }
            ),
            CnParts.Rules(
                "cn-alternate-ignored",
                "registers the source in spite of an Alternate Care-of Address",
                "rfc6275-9.5.1-k22",
                rules =>
                    rules with
                    {
                        Caching = rules.Caching.Ahead(
                            "CareOfAddressOfUpdate",
                            request =>
                            {
                                foreach (var item in request.Items)
                                {
                                    item.CareOf ??= request.Signal.Source;
                                }
                            }
                        ),
                    }
            ),
            CnParts.Tests(
                "cn-any-care-of-address",
                "answers an update for a care-of address that is no routable unicast address",
                "rfc6275-6.1.7-k12",
                tests => Answered(tests, "CareOfAddressRoutable", BindingStatus.INVALID_CARE_OF_ADDRESS)
            ),
            CnParts.Tests(
                "cn-any-home-address",
                "answers an update for a home address that is no routable unicast address",
                "rfc6275-9.5.1-k2",
                tests => Answered(tests, "HomeAddressRoutable", BindingStatus.REASON_UNSPECIFIED)
            ),
            CnParts.Rules(
                "cn-option-needed",
                "accepts an update without a Home Address option, and binds nothing",
                "rfc6275-9.5.1-k23",
                rules =>
                    rules with
                    {
                        Caching = rules.Caching.AheadOf(
                            "EntryCached",
                            request => request.HasHomeAddressOption ? RuleOutcome.Continue : request.Answer(BindingStatus.ACCEPTED)
                        ),
                    }
            ),
            CnParts.Tests(
                "cn-binding-needed",
                "drops an update with a Home Address option without a binding for it, if it serves two other mobile nodes",
                "rfc6275-9.3.1-k2",
                tests =>
                    tests.First(request =>
                        request is { HasHomeAddressOption: true, IsRemoval: false }
                        && request.Bindings.Of(request.Home).Count == 0
                        && request.IsOfThird()
                            ? request.Ignore("Binding", "no binding for the Home Address option")
                            : RuleOutcome.Continue
                    )
            ) with
            {
                WhyMany = "each purpose of a first registration fails, in every edition",
            },
        ];

    private static IEnumerable<Deviation> Flags() =>
        [
            Dropping(
                "cn-strict-k",
                "drops an update with K",
                "rfc6275-6.1.7-k4",
                request => Has(request, BindingUpdateFlags.KeyManagement)
            ),
            Dropping(
                "cn-strict-flags",
                "drops an update with reserved flags",
                "rfc6275-6.1.7-k6",
                request => ((ushort)request.Update.Flags & ReservedFlags) != 0
            ),
            Dropping(
                "cn-strict-options",
                "drops an update with an unknown option",
                "rfc6275-6.1.7-k9",
                request => request.Update.Options.Any(option => option.Type == UnknownOptionType)
            ),
            CnParts.Tests(
                "cn-stops-at-unknown-option",
                "reads no option behind an unknown one",
                "rfc6275-6.2.1-k1",
                tests =>
                    tests.First(request =>
                        request.Update.Options.Any(option => option.Type == UnknownOptionType)
                            ? request.Ignore("NonceIndicesPresent", "no Nonce Indices option before the unknown one")
                            : RuleOutcome.Continue
                    )
            ),
            CnParts.Answering(
                "cn-home-registration-unspecified",
                "answers an update with H by status 128",
                "rfc6275-9.5.1-k16",
                draft =>
                    draft.Status = Has(draft.Request, BindingUpdateFlags.HomeRegistration) ? BindingStatus.REASON_UNSPECIFIED : draft.Status
            ),
        ];

    private static IEnumerable<Deviation> Numbers() =>
        [
            CnParts.Tests(
                "cn-number-without-modulo",
                "compares Sequence Numbers as integers",
                "rfc6275-9.5.1-k4",
                tests => tests.Replacing("SequenceNumberGreater", request => Compare(request, (number, last) => number > last))
            ),
            CnParts.Tests(
                "cn-number-may-be-equal",
                "accepts the last Sequence Number again",
                "rfc6275-9.5.1-k15",
                tests =>
                    tests.Replacing(
                        "SequenceNumberGreater",
                        request => Compare(request, (number, last) => (ushort)(number - last) < 0x8000)
                    )
            ) with
            {
                WhyMany = "the comparison, its status and its answer are asked in several sections",
            },
            CnParts.Tests(
                "cn-number-within-256",
                "accepts only the next 256 Sequence Numbers",
                "rfc6275-9.5.1-k4",
                tests =>
                    tests.Replacing(
                        "SequenceNumberGreater",
                        request => Compare(request, (number, last) => (ushort)(number - last) is > 0 and <= 256)
                    )
            ),
            CnParts.Tests(
                "cn-any-number",
                "does not look at Sequence Numbers",
                "rfc6275-9.5.1-k15",
                tests => tests.Without("SequenceNumberGreater")
            ) with
            {
                WhyMany = "the test, its status and its answer are asked in several sections",
            },
            CnParts.Tests(
                "cn-number-of-all-nodes",
                "counts the Sequence Numbers of all mobile nodes together",
                "rfc6275-9.5.1-k3",
                tests => tests.AheadOf("SequenceNumberGreater", NumberOfAll)
            ) with
            {
                WhyMany = "it rejects updates of whichever mobile node counts behind another one",
            },
            CnParts.Rules(
                "cn-number-zero",
                "does not take 0 for a Sequence Number",
                "rfc6275-9.5.1-k3",
                rules =>
                    rules with
                    {
                        Update = rules.Update.AheadOf(
                            "SequenceNumberGreater",
                            request =>
                                request.Bindings.Of(request.Home).Count == 0 && request.Update.SequenceNumber == 0
                                    ? request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW)
                                    : RuleOutcome.Continue
                        ),
                    }
            ),
            CnParts.Rules(
                "cn-number-of-14-bits",
                "reads 14 bits of the first Sequence Number alone, and does not take 0 for one",
                "rfc6275-9.5.1-k3",
                rules =>
                    rules with
                    {
                        Update = rules.Update.AheadOf(
                            "SequenceNumberGreater",
                            request =>
                                request.Bindings.Of(request.Home).Count == 0 && request.Update.SequenceNumber % (1 << 14) == 0
                                    ? request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW)
                                    : RuleOutcome.Continue
                        ),
                    }
            ),
            CnParts.Rules(
                "cn-registers-in-spite-of-135",
                "rejects an old Sequence Number and moves the binding all the same",
                "rfc6275-9.5.1-k15",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.First(draft =>
                        {
                            if (draft is { Status: BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, Request: { IsRemoval: false } request })
                            {
                                request.Node.Put(
                                    new MobileBinding(
                                        request.Items[0].Key,
                                        request.RequestedCareOf,
                                        request.Update.SequenceNumber,
                                        request.Now.Monotonic + request.Update.Lifetime
                                    ),
                                    request.Now.Monotonic
                                );
                            }
                            return RuleOutcome.Continue;
                        }),
                    }
            ),
        ];

    /// <summary>Updates of a kind are processed as if they were proved.</summary>
    private static RuleList<CorrespondentRegistration> Unproved(
        RuleList<CorrespondentRegistration> tests,
        Predicate<CorrespondentRegistration> kind
    )
    {
        string[] proof =
        [
            "NonceIndicesPresent",
            "AuthorizationPresent",
            "AuthorizationLast",
            "NoncesRecognized",
            "NoncesNotSpent",
            "AuthenticatorRight",
        ];
        return new RuleList<CorrespondentRegistration>(
            tests.Select(test =>
                proof.Contains(test.Name)
                    ? test with
                    {
                        Apply = request => kind(request) ? RuleOutcome.Continue : test.Apply(request),
                    }
                    : test
            )
        );
    }

    private static Deviation Dropping(string name, string description, string statement, Predicate<CorrespondentRegistration> kind) =>
        CnParts.Tests(
            name,
            description,
            statement,
            tests => tests.First(request => kind(request) ? request.Ignore("Strict", description) : RuleOutcome.Continue)
        );

    private static RuleOutcome BothTokens(CorrespondentRegistration request)
    {
        if (
            request.NonceIndices is { } indices
            && request.Node.Nonces.Find(indices.HomeNonceIndex)?.HomeToken(request.Home) is { } home
            && (request.Node.Nonces.Find(indices.CareOfNonceIndex) ?? request.Node.Nonces.Current(request.Now.Monotonic)) is { } nonce
        )
        {
            request.Key = BindingManagementKey.ForRegistration(home, nonce.CareOfToken(request.RequestedCareOf));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome CareOfNonceOfDeletion(CorrespondentRegistration request) =>
        request is { IsRemoval: true, NonceIndices.CareOfNonceIndex: var index and not 0 }
        && request.Node.Recognized(index, request.Now.Monotonic) is null
            ? request.Answer(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX)
            : RuleOutcome.Continue;

    /// <summary>What a test drops is rejected with a status.</summary>
    private static RuleList<CorrespondentRegistration> Answered(
        RuleList<CorrespondentRegistration> tests,
        string name,
        BindingStatus status
    ) =>
        new(
            tests.Select(test =>
                test.Name == name
                    ? test with
                    {
                        Apply = request => test.Apply(request) == RuleOutcome.Stop ? request.Answer(status) : RuleOutcome.Continue,
                    }
                    : test
            )
        );

    private static RuleOutcome Compare(CorrespondentRegistration request, Func<ushort, ushort, bool> isGreater)
    {
        var last = request.Bindings.Of(request.Home).Select(binding => (ushort?)binding.SequenceNumber).LastOrDefault();
        request.LastAcceptedSequenceNumber = last is { } known && !isGreater(request.Update.SequenceNumber, known) ? known : null;
        return request.LastAcceptedSequenceNumber is null
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    private static RuleOutcome NumberOfAll(CorrespondentRegistration request)
    {
        request.LastAcceptedSequenceNumber = request.Node.SequenceNumbers.NotExceeded(
            request.Bindings.All.Select(binding => binding.Key),
            request.Update.SequenceNumber
        );
        return request.LastAcceptedSequenceNumber is null
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    private static bool IsBehind(CorrespondentRegistration request) =>
        request.Update.Options is [.., not BindingAuthorizationDataOption]
        && request.Update.Options.First<BindingAuthorizationDataOption>() is not null;

    private static bool Has(CorrespondentRegistration request, BindingUpdateFlags flag) => request.Update.Flags.HasFlag(flag);
}
