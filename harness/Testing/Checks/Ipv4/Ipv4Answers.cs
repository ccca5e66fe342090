using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of a Proxy Binding Acknowledgement to a request for IPv4 home addresses: RFC 5844, Section 3.1.2.6; draft -04, Section
/// 3.1.2.6; draft -02, Section 3.3.2.
/// </summary>
internal static class Ipv4Answers
{
    /// <summary>Status of the IPv4 answer (RFC 5844, Section 3.3.2): administratively prohibited.</summary>
    private const byte Prohibited = 129;

    private const int Multicast = 224;

    public static IReadOnlyList<EditionCheck<Answer>> All { get; } =
    [
        new(
            "no Home Network Prefix for IPv4 alone",
            "rfc5844-3.1.2.6-k3",
            "ipv4-draft-04-3.1.2.6-k3",
            null,
            answer =>
                answer.IsOfIpv4Alone
                    ? new(
                        answer.GivenPrefixes.Count == 0,
                        "no Home Network Prefix option, as the request had none",
                        $"{answer.GivenPrefixes.Count}",
                        answer.GivenPrefixes.FirstOrDefault()
                    )
                    : null
        ),
        new(
            "an address of some family",
            "rfc5844-3.1.2.6-k4",
            null,
            null,
            answer =>
                new(
                    answer.GivenPrefixes.Count + answer.GivenIpv4.Count > 0,
                    "a Home Network Prefix option or an IPv4 answer",
                    "neither",
                    answer.GivenPrefixes.Concat(answer.GivenIpv4).FirstOrDefault()
                )
        ),
        new("IPv4 answer", "rfc5844-3.1.2.6-k5", "ipv4-draft-04-3.1.2.6-k4", "ipv4-draft-02-3.3.2-k21", HasAnswer),
        new("IPv4 answer in a rejection", "rfc5844-3.1.2.6-k6a", null, null, OfRejection(HasAnswer)),
        new("IPv4 answers in a rejection", null, "ipv4-draft-04-3.1.2.6-k5a", null, OfRejection(HasAsManyAnswers)),
        new("the request's IPv4 address in a rejection", "rfc5844-3.1.2.6-k6b", "ipv4-draft-04-3.1.2.6-k5b", null, OfRejection(Repeats)),
        new("status of the IPv4 answer in a rejection", "rfc5844-3.1.2.6-d1", "ipv4-draft-04-3.1.2.6-d1", null, OfRejection(Refuses)),
        new("status of a refused IPv4 address", "rfc5844-3.1.2.2-k4", "ipv4-draft-04-3.1.2.2-k4", null, OfRejection(Prohibits)),
        new("status of the IPv4 answer", null, null, "ipv4-draft-02-3.3.2-k24", Draft02Answers.Status),
        new("assigned IPv4 address", "rfc5844-3.1.2.6-k7", "ipv4-draft-04-3.1.2.6-k6", null, Assigned),
        new("assigned IPv4 address", null, null, "ipv4-draft-02-3.3.2-k23", Draft02Answers.Assigned),
        new("allocated IPv4 address in a rejection", null, null, "ipv4-draft-02-3.3.2-k23", Draft02Answers.Allocated),
        new("allocated IPv4 address", null, null, "ipv4-draft-02-3.3.2-k10", answer => AsksForAny(answer) ? Assigned(answer) : null),
        new("prefix length of the IPv4 answer", "rfc5844-3.1.2.6-k8", "ipv4-draft-04-3.1.2.6-k7", null, PrefixLength),
        new(
            "status of the IPv4 answer in an acceptance",
            "rfc5844-3.1.2.6-d2",
            "ipv4-draft-04-3.1.2.6-d2",
            null,
            answer => answer.IsRejection ? null : Status(answer, status => status == 0, "status 0")
        ),
        new("default router", "rfc5844-3.1.2.6-k9", "ipv4-draft-04-3.1.2.6-k8", null, HasRouter),
        new("no default router", "rfc5844-3.1.2.6-k10", "ipv4-draft-04-3.1.2.6-k9", null, HasNoRouter),
        new("address of the default router", "rfc5844-3.1.2.6-k11", "ipv4-draft-04-3.1.2.6-k10", null, RouterAddress),
        new("P flag, identifier and access technology", null, null, "ipv4-draft-02-3.3.2-k19", Draft02Answers.Identity),
        new(
            "destination address",
            null,
            null,
            "ipv4-draft-02-3.3.2-k20",
            answer =>
                answer.AskedIpv4.Count > 0
                    ? new(
                        answer.Destination.Equals(answer.RequestSource),
                        $"destination address {answer.RequestSource}, the source of the request",
                        $"destination address {answer.Destination}"
                    )
                    : null
        ),
        new("IPv4 answer 0.0.0.0", null, null, "ipv4-draft-02-3.3.2-k22", Draft02Answers.AllZero),
    ];

    private static Func<Answer, CheckResult?> OfRejection(Func<Answer, CheckResult?> judge) =>
        answer => answer.IsRejection ? judge(answer) : null;

    private static CheckResult? HasAnswer(Answer answer) =>
        answer.AskedIpv4.Count > 0
            ? new(answer.GivenIpv4.Count > 0, "an IPv4 answer, as the request asks for IPv4", "none", answer.GivenIpv4.FirstOrDefault())
            : null;

    private static CheckResult? HasAsManyAnswers(Answer answer)
    {
        var (asked, given) = (answer.AskedIpv4.Count, answer.GivenIpv4.Count);
        return asked == 0
            ? null
            : new(asked == given, $"{asked} IPv4 answers, as the request asks for as many", $"{given}", answer.GivenIpv4.FirstOrDefault())
            {
                IsAbsence = given < asked,
            };
    }

    private static CheckResult? Repeats(Answer answer)
    {
        var asked = answer.AskedIpv4.ConvertAll(Ipv4RequestKind.Asked);
        var odd = answer.GivenIpv4.Find(option => !asked.Contains(Ipv4ReplyKind.Given(option)));
        var isRepeated =
            answer.GivenIpv4.Count != asked.Count || Sorted(answer.GivenIpv4.Select(Ipv4ReplyKind.Given)).SequenceEqual(Sorted(asked));
        return IsJudged(answer) ? new(odd is null && isRepeated, $"the request's {Texts(asked)}", GivenText(answer), odd) : null;

        static IEnumerable<string> Sorted(IEnumerable<Ipv4HomeAddress> addresses) =>
            addresses.Select(address => address.ToString()).Order(StringComparer.Ordinal);
    }

    private static CheckResult? Refuses(Answer answer) =>
        Status(answer, status => status >= Ipv4ReplyKind.FirstRefusal, $"status {Ipv4ReplyKind.FirstRefusal} or above");

    /// <summary>Of several answers, one is about the address that is refused.</summary>
    private static CheckResult? Prohibits(Answer answer) =>
        (IsJudged(answer) || IsMissing(answer))
        && answer.Message.Status == StatusOf(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, answer)
            ? new(
                answer.GivenIpv4.Exists(option => Ipv4ReplyKind.StatusOf(option) == Prohibited),
                $"an IPv4 answer with status {Prohibited}",
                GivenText(answer),
                answer.GivenIpv4.FirstOrDefault()
            )
            : null;

    internal static CheckResult? Status(Answer answer, Func<byte, bool> isRight, string expected) =>
        IsJudged(answer)
            ? new(
                answer.GivenIpv4.TrueForAll(option => isRight(Ipv4ReplyKind.StatusOf(option))),
                $"an IPv4 answer with {expected}",
                GivenText(answer),
                answer.GivenIpv4.Find(option => !isRight(Ipv4ReplyKind.StatusOf(option)))
            )
            : null;

    /// <summary>A de-registration may be answered with 0.0.0.0, as no address is assigned any more.</summary>
    internal static CheckResult? Assigned(Answer answer) =>
        IsJudged(answer) && !answer.IsRejection && !answer.Exchange.IsDeregistration
            ? new(
                answer.GivenIpv4.TrueForAll(IsUnicast)
                    && answer.GivenIpv4.DistinctBy(Ipv4ReplyKind.Given).Count() == answer.GivenIpv4.Count,
                "the assigned address, which is unicast",
                GivenText(answer),
                answer.GivenIpv4.Find(option => !IsUnicast(option)) ?? answer.GivenIpv4[^1]
            )
            : null;

    private static CheckResult? PrefixLength(Answer answer)
    {
        var length = answer.Session.Ixit.Ipv4?.Prefix.Length;
        var wrong = answer.GivenIpv4.Find(option =>
            Ipv4ReplyKind.Given(option) is var given && !given.Address.Equals(IPAddress.Any) && given.PrefixLength != length
        );
        return IsJudged(answer) && !answer.IsRejection && length is not null
            ? new(
                wrong is null,
                string.Create(CultureInfo.InvariantCulture, $"the prefix length of the home network, {length}"),
                GivenText(answer),
                wrong ?? answer.GivenIpv4[0]
            )
            : null;
    }

    private static CheckResult? HasRouter(Answer answer) =>
        answer.AskedIpv4.Count > 0 && answer.Message.Status == 0
            ? new(Router(answer) is not null, "a Default-Router option, as the status is 0", "none", Router(answer))
            : null;

    private static CheckResult? HasNoRouter(Answer answer) =>
        answer.AskedIpv4.Count > 0 && answer.Message.Status != 0
            ? new(Router(answer) is null, $"no Default-Router option, as the status is {answer.Message.Status}", "one", Router(answer))
            : null;

    private static CheckResult? RouterAddress(Answer answer) =>
        Router(answer) is { HasWrongLength: false } given && answer.Session.Ixit.Ipv4?.DefaultRouter is { } router
            ? new(Ipv4OptionOctets.Router(given).Equals(router), $"the default router {router}", $"{Ipv4OptionOctets.Router(given)}", given)
            : null;

    /// <summary>True if values can be judged: the wrong length of an option is a finding of its own.</summary>
    internal static bool IsJudged(Answer answer) =>
        answer.AskedIpv4.Count > 0 && answer.GivenIpv4.Count > 0 && !answer.GivenIpv4.Exists(option => option.HasWrongLength);

    /// <summary>True if the request asks for an IPv4 address and the answer says nothing of it.</summary>
    private static bool IsMissing(Answer answer) => answer is { AskedIpv4.Count: > 0, GivenIpv4.Count: 0 };

    internal static bool AsksForAny(Answer answer) =>
        answer.AskedIpv4.Exists(option => Ipv4RequestKind.Asked(option).Address.Equals(IPAddress.Any));

    private static bool IsUnicast(OptionOctets option) =>
        Ipv4ReplyKind.Given(option).Address.GetAddressBytes()[0] is > 0 and < Multicast and not 127;

    private static OptionOctets? Router(Answer answer) => answer.Given(answer.Session.Scenario.Edition.Wire.Ipv4DefaultRouterType);

    private static byte StatusOf(BindingStatus name, Answer answer) =>
        answer.Session.Scenario.Edition.Wire.TryFindStatus(name.ToString(), out var status) ? (byte)status : (byte)name;

    internal static string Texts(IEnumerable<Ipv4HomeAddress> addresses) => string.Join(", ", addresses);

    internal static string GivenText(Answer answer) =>
        answer.GivenIpv4.Count == 0
            ? "none"
            : string.Join(
                "; ",
                answer.GivenIpv4.Select(option => $"status {Ipv4ReplyKind.StatusOf(option)}, {Ipv4ReplyKind.Given(option)}")
            );
}
