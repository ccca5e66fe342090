using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Correspondent nodes whose return routability is wrong: RFC 6275, Sections 5.2, 6.1 and 9.4.</summary>
internal static class CnTestDeviations
{
    private const string ManyStatuses = "the answer and its status are asked in the sections of tests, of nonces and of answers";
    private const byte UnknownOptionType = 200;

    public static IReadOnlyList<Deviation> All { get; } = [.. Answers(), .. Readers(), .. Nonces()];

    private static IEnumerable<Deviation> Answers() =>
        [
            Both(
                "cn-cookie-lost",
                "answers a Home Test Init with a cookie of zero",
                "rfc6275-9.4.3-d1",
                (Home: true, CareOf: false),
                NoCookie
            ),
            Both(
                "cn-care-of-cookie-lost",
                "answers a Care-of Test Init with a cookie of zero",
                "rfc6275-9.4.4-d1",
                (Home: false, CareOf: true),
                NoCookie
            ),
            Both(
                "cn-test-to-binding",
                "sends a Home Test to the care-of address that the home address has",
                "rfc6275-6.1-k3",
                (Home: true, CareOf: false),
                test =>
                    test.Path = test.Node.Bindings.Of(test.Tested) is [.., { CareOf: var careOf }]
                        ? test.Path with
                        {
                            Destination = careOf,
                        }
                        : test.Path
            ),
            Both(
                "cn-test-by-routing-header",
                "sends a Home Test with a routing header to the care-of address that the home address has",
                "rfc6275-6.1-k1",
                (Home: true, CareOf: false),
                test =>
                    test.Path = test.Node.Bindings.Of(test.Tested) is [.., { CareOf: var careOf }]
                        ? new Ipv6Signaling(test.Path.Source, careOf) { RoutedTo = test.Tested }
                        : test.Path
            ),
            Lacks("cn-home-test-for-option", "answers a Home Test Init with a Home Address option", "rfc6275-9.4.1-k2", home: true),
            Lacks("cn-care-of-test-for-option", "answers a Care-of Test Init with a Home Address option", "rfc6275-9.4.2-k2", home: false),
        ];

    private static IEnumerable<Deviation> Readers() =>
        [
            Strict("cn-strict-home-test", "drops a Home Test Init whose Reserved is not 0", "rfc6275-6.1.3-k2", 1, IsReservedSet),
            Strict("cn-strict-care-of-test", "drops a Care-of Test Init whose Reserved is not 0", "rfc6275-6.1.4-k2", 2, IsReservedSet),
            Strict("cn-option-in-home-test", "drops a Home Test Init with an unknown option", "rfc6275-6.1.3-k3", 1, HasOption),
            Strict("cn-option-in-care-of-test", "drops a Care-of Test Init with an unknown option", "rfc6275-6.1.4-k3", 2, HasOption),
            Headers(
                "cn-strict-header",
                "drops a Mobility Header whose Reserved is not 0",
                "rfc6275-6.1.1-k4",
                received => received.Bytes[3] == 0 ? RuleOutcome.Continue : received.Discard("Reserved", "is not 0")
            ),
        ];

    private static IEnumerable<Deviation> Nonces() =>
        [
            CnParts.Tests(
                "cn-nonces-for-a-minute",
                "recognizes a nonce for 60 s",
                "rfc6275-5.2.7-d1",
                tests => tests.Replacing("NoncesRecognized", request => Recognized(request, TimeSpan.FromSeconds(60)))
            ),
            CnParts.Tests(
                "cn-nonces-for-ever",
                "recognizes a nonce for 1000 s",
                "rfc6275-5.2.7-k1",
                tests => tests.Replacing("NoncesRecognized", request => Recognized(request, TimeSpan.FromSeconds(1000)))
            ),
            Status("cn-expired-swapped", "takes the status of the home nonce for the care-of nonce, and vice versa", Swapped) with
            {
                WhyMany = ManyStatuses,
            },
            Status("cn-expired-both", "answers any unknown nonce with status 138", _ => BindingStatus.EXPIRED_NONCES) with
            {
                WhyMany = ManyStatuses,
            },
            CnParts.Tests(
                "cn-nonces-unknown-dropped",
                "drops an update with an unknown nonce",
                "rfc6275-9.5.4-k3",
                tests =>
                    tests.Replacing(
                        "NoncesRecognized",
                        request => Known(request) == (true, true) ? RuleOutcome.Continue : request.Ignore("Nonces", "unknown")
                    )
            ) with
            {
                WhyMany = ManyStatuses,
            },
            CnParts.Tests(
                "cn-nonces-again",
                "lets the nonces of a deleted binding serve again, and accepts any Sequence Number then",
                "rfc6275-9.5.3-k3",
                tests => tests.Without("NoncesNotSpent").Without("SequenceNumberOfEndedBinding")
            ),
        ];

    private static void NoCookie(ReturnRoutabilityTest test) => test.Cookie = 0;

    private static Deviation Both(
        string name,
        string description,
        string statement,
        (bool Home, bool CareOf) tests,
        Action<ReturnRoutabilityTest> edit
    ) =>
        CnParts.Rules(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    HomeTest = tests.Home ? rules.HomeTest.Last(edit) : rules.HomeTest,
                    CareOfTest = tests.CareOf ? rules.CareOfTest.Last(edit) : rules.CareOfTest,
                }
        );

    private static Deviation Lacks(string name, string description, string statement, bool home) =>
        CnParts.Rules(
            name,
            description,
            statement,
            rules =>
                home
                    ? rules with
                    {
                        HomeTest = rules.HomeTest.Without("NoHomeAddressOption"),
                    }
                    : rules with
                    {
                        CareOfTest = rules.CareOfTest.Without("NoHomeAddressOption"),
                    }
        );

    private static Deviation Headers(string name, string description, string statement, Func<ReceivedSignal, RuleOutcome> apply) =>
        CnParts.Rules(name, description, statement, rules => rules with { MobilityHeader = rules.MobilityHeader.First(apply) });

    private static Deviation Strict(string name, string description, string statement, byte type, Predicate<ReceivedSignal> isRefused) =>
        Headers(
            name,
            description,
            statement,
            received =>
                received.Bytes[MobilityHeader.TypeOffset] == type && isRefused(received)
                    ? received.Discard("Strict", description)
                    : RuleOutcome.Continue
        );

    private static bool IsReservedSet(ReceivedSignal received) => received.Bytes[6] != 0 || received.Bytes[7] != 0;

    /// <summary>A test init without options has 16 octets.</summary>
    private static bool HasOption(ReceivedSignal received) => received.Bytes.Length > 16 && received.Bytes[16] == UnknownOptionType;

    private static Deviation Status(string name, string description, Func<BindingStatus, BindingStatus> change) =>
        CnParts.Answering(
            name,
            description,
            "rfc6275-9.5.1-k18",
            draft =>
                draft.Status = draft.Status is BindingStatus.EXPIRED_HOME_NONCE_INDEX or BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX
                    ? change(draft.Status)
                    : draft.Status
        );

    private static BindingStatus Swapped(BindingStatus status) =>
        status == BindingStatus.EXPIRED_HOME_NONCE_INDEX
            ? BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX
            : BindingStatus.EXPIRED_HOME_NONCE_INDEX;

    private static (bool Home, bool CareOf) Known(CorrespondentRegistration request) =>
        request.NonceIndices is { } indices
            ? (
                request.Node.Recognized(indices.HomeNonceIndex, request.Now.Monotonic) is not null,
                request.IsRemoval || request.Node.Recognized(indices.CareOfNonceIndex, request.Now.Monotonic) is not null
            )
            : (false, false);

    private static RuleOutcome Recognized(CorrespondentRegistration request, TimeSpan lifetime)
    {
        if (request.NonceIndices is not { } indices)
        {
            return RuleOutcome.Continue;
        }
        return (Is(indices.HomeNonceIndex), request.IsRemoval || Is(indices.CareOfNonceIndex)) switch
        {
            (true, true) => RuleOutcome.Continue,
            (false, true) => request.Answer(BindingStatus.EXPIRED_HOME_NONCE_INDEX),
            (true, false) => request.Answer(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX),
            _ => request.Answer(BindingStatus.EXPIRED_NONCES),
        };

        bool Is(ushort index) => request.Node.Nonces.Find(index) is { FirstUse: var first } && request.Now.Monotonic - first <= lifetime;
    }
}
