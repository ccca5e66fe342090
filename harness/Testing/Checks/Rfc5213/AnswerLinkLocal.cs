using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>The checks of the Link-local Address option in an acknowledgement: RFC 5213, Section 5.3.6.</summary>
internal static class AnswerLinkLocal
{
    public static Check<Answer>[] All() =>
        [
            .. AnswerOptions.AsAsked(LinkLocalAddressKind.Type, "rfc5213-5.3.6-k22", "rfc5213-5.3.6-k23"),
            LinkLocal("the request's link-local address in a rejection", "rfc5213-5.3.6-k24", (answer, _) => answer.IsRejection, Requested),
            LinkLocal(
                "uploaded link-local address",
                "rfc5213-5.3.6-k29",
                (answer, asked) => !answer.IsRejection && !IsAllZero(asked),
                Requested
            ),
            LinkLocal("generated link-local address", "rfc5213-5.3.6-k26", IsNew, Generated("a generated link-local address")),
            LinkLocal(
                "generated link-local address in the option",
                "rfc5213-5.3.6-k27",
                IsNew,
                Generated("the generated link-local address in the Link-local Address option")
            ),
            LinkLocal(
                "link-local address of the session",
                "rfc5213-5.3.6-k25",
                IsKnown,
                (answer, _, given) => Kept(answer, given, "the link-local address of the session")
            ),
            LinkLocal(
                "link-local address generated earlier",
                "rfc5213-5.3.6-k28",
                (answer, asked) => IsKnown(answer, asked) && !answer.IsSessionLinkLocalUploaded,
                (answer, _, given) => Kept(answer, given, "the link-local address that was generated earlier")
            ),
            LinkLocal(
                "link-local address uploaded earlier",
                "rfc5213-5.3.6-k30",
                (answer, asked) => IsKnown(answer, asked) && answer.IsSessionLinkLocalUploaded,
                (answer, _, given) => Kept(answer, given, "the link-local address that was uploaded earlier")
            ),
        ];

    private static bool IsAllZero(OptionOctets asked) => asked.Address.Equals(IPAddress.IPv6None);

    private static bool IsNew(Answer answer, OptionOctets asked) => !answer.IsRejection && IsAllZero(asked) && !answer.IsOfKnownSession;

    private static bool IsKnown(Answer answer, OptionOctets asked) =>
        !answer.IsRejection && IsAllZero(asked) && answer is { IsOfKnownSession: true, SessionLinkLocal: not null };

    private static CheckResult Requested(Answer answer, OptionOctets asked, OptionOctets given) =>
        new(given.Address.Equals(asked.Address), $"the request's link-local address {asked.Address}", $"{given.Address}", given);

    private static Func<Answer, OptionOctets, OptionOctets, CheckResult> Generated(string expected) =>
        (_, _, given) => new(given.Address.IsIPv6LinkLocal, expected, $"{given.Address}", given);

    private static CheckResult Kept(Answer answer, OptionOctets given, string expected) =>
        new(given.Address.Equals(answer.SessionLinkLocal), $"{expected}, {answer.SessionLinkLocal}", $"{given.Address}", given);

    private static Check<Answer> LinkLocal(
        string name,
        string statement,
        Func<Answer, OptionOctets, bool> applies,
        Func<Answer, OptionOctets, OptionOctets, CheckResult> judge
    ) =>
        AnswerOptions.Both(
            LinkLocalAddressKind.Type,
            name,
            statement,
            (answer, asked, given) => applies(answer, asked) ? judge(answer, asked, given) : null
        );
}
