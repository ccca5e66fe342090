using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of a Home Test or Care-of Test of a correspondent node against the request for it: RFC 6275, Sections 6.1, 9.4.3 and 9.4.4;
/// draft-ietf-monami6-multiplecoa-04, Section 6.2.
/// </summary>
internal static class TestMessages
{
    private const int CookieOffset = 8;
    private const string OfHome = "9.4.3-d1";
    private const string OfCareOf = "9.4.4-d1";
    private const string ToTheAddress = "6.1-k3";

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        .. Rows(MobilityOctets.HomeTestType, OfHome),
        .. Rows(MobilityOctets.CareOfTestType, OfCareOf),
        OfDraft("BID option of a Care-of Test", "6.2-k5", sent => Asked(sent) is { } asked && IsPlain(asked) ? HasOne(sent) : null),
        OfDraft(
            "status of the BID option of a Care-of Test",
            "6.2-k6",
            sent => Asked(sent) is { } asked && IsPlain(asked) ? Accepted(sent) : null
        ),
        OfDraft(
            "status for flags in a Care-of Test Init",
            "6.2-k4",
            sent => Asked(sent) is { } asked && IsFlagged(asked) ? Refused(sent) : null
        ),
        OfDraft("the BID option of the Care-of Test Init", "6.2-k7", sent => Asked(sent) is { } asked ? Repeated(sent, asked) : null),
    ];

    private static IEnumerable<MobilityCheck> Rows(int type, string statement)
    {
        var name = type == MobilityOctets.HomeTestType ? "Home Test" : "Care-of Test";
        yield return Row($"destination of a {name}", $"{statement} {ToTheAddress}", Destination);
        yield return Row($"source of a {name}", statement, Source);
        yield return Row($"cookie of a {name}", statement, Cookie);

        MobilityCheck Row(string what, string ids, Func<SentMessage, Packets, CheckResult> judge) =>
            new MobilityCheck<SentMessage>(
                what,
                ids,
                null,
                null,
                sent =>
                    sent.Message.Type == type && sent.Cause?.Mobility is { } asked ? judge(sent, new Packets(sent.Cause.Ip!, asked)) : null
            )
            {
                Only = MobilityCheck.Correspondent,
            };
    }

    private static MobilityCheck<SentMessage> OfDraft(string name, string draft04, Func<SentMessage, CheckResult?> judge) =>
        new(name, null, draft04, null, judge) { Only = MobilityCheck.Correspondent };

    private static CheckResult Destination(SentMessage sent, Packets asked) =>
        new(
            sent.Destination.Equals(asked.Ip.Source),
            $"a {sent.Message.Name} to {asked.Ip.Source}, the source of the {asked.Init.Name}",
            $"one to {sent.Destination}"
        );

    private static CheckResult Source(SentMessage sent, Packets asked) =>
        new(
            sent.Source.Equals(asked.Ip.Destination),
            $"a {sent.Message.Name} from {asked.Ip.Destination}, the destination of the {asked.Init.Name}",
            $"one from {sent.Source}"
        );

    private static CheckResult Cookie(SentMessage sent, Packets asked) =>
        new(
            sent.Message.Cookie == asked.Init.Cookie,
            string.Create(CultureInfo.InvariantCulture, $"the cookie 0x{asked.Init.Cookie:x16} of the {asked.Init.Name}"),
            string.Create(CultureInfo.InvariantCulture, $"0x{sent.Message.Cookie:x16}"),
            CookieOffset
        );

    /// <summary>The only BID option of the Care-of Test Init, in a form that the draft defines; null otherwise.</summary>
    private static BindingIdentity? Asked(SentMessage sent) =>
        sent.Message.Type == MobilityOctets.CareOfTestType
        && sent.Cause?.Mobility is { } init
        && BindingIdentity.In(init, Edition(sent)) is [{ HasKnownLength: true } asked]
            ? asked
            : null;

    private static BindingIdentity? Given(SentMessage sent) => BindingIdentity.FirstIn(sent.Message, Edition(sent));

    private static WireEdition Edition(SentMessage sent) => sent.Session.Scenario.Edition.Wire;

    /// <summary>An option with H alone may be treated either way (the ruling home-flag-in-test).</summary>
    private static bool IsPlain(BindingIdentity asked) => !asked.SaysCareOf && !asked.Overwrites && !asked.IsHome;

    private static bool IsFlagged(BindingIdentity asked) => asked.SaysCareOf || asked.Overwrites;

    private static CheckResult? HasOne(SentMessage sent) =>
        Given(sent) is null && sent.Session.Claims(AnswerIdentifiers.IgnoresIdentifiers)
            ? null
            : new(Given(sent) is not null, "a BID option, as in the Care-of Test Init", "none", Given(sent)?.Option);

    private static CheckResult? Accepted(SentMessage sent) =>
        Given(sent) is { } given ? new(given.Status == 0, "status 0 in the BID option", $"status {given.Status}", given.Option) : null;

    private static CheckResult? Refused(SentMessage sent)
    {
        if (Given(sent) is null && sent.Session.Claims(AnswerIdentifiers.IgnoresIdentifiers))
        {
            return null;
        }

        var number = Edition(sent).DraftStatuses.McoaIncompliant;
        return new(
            Given(sent)?.Status == number,
            $"a BID option with status {number} MCOA_INCOMPLIANT, as C or O was set",
            Given(sent) is { } given ? $"status {given.Status}" : "no BID option",
            Given(sent)?.Option
        );
    }

    private static CheckResult? Repeated(SentMessage sent, BindingIdentity asked) =>
        Given(sent) is { } given
            ? new(
                given.Bid == asked.Bid
                    && given.IsHome == asked.IsHome
                    && given.Overwrites == asked.Overwrites
                    && (given.SaysCareOf == asked.SaysCareOf || given.CareOf is null),
                $"the BID and the flags of the Care-of Test Init: {asked}",
                $"{given}",
                given.Option
            )
            : null;

    /// <summary>The request for a test with its header.</summary>
    private sealed record Packets(Octets.Layers.IpLayer Ip, MobilityOctets Init);
}
