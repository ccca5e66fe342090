using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of the form of the BID options in a Binding Acknowledgement against those of the update, which are copied there, with or
/// without their care-of address (RFC 5648, Sections 4.3 and 6.2; draft-ietf-monami6-multiplecoa-04, Sections 4.2.1 and 6.3).
/// </summary>
internal static class CopiedIdentifiers
{
    private const int StatusOffset = 2;

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("length of a copied BID option without care-of address", null, "4.3-k2", (option, _) => IdentifierForm.WithoutAddress(option)),
        Row(
            "length of a copied BID option with an IPv6 care-of address",
            null,
            "4.3-k4",
            (option, _) => IdentifierForm.WithAddress(option)
        ),
        Row("no other care-of address in a copied BID option", null, "4.3-k10", Address),
        Row("length of a copied BID option with C clear", "4.2.1-k1", null, (option, _) => IdentifierForm.WithCareOfFlagClear(option)),
        Row("length of a copied BID option with C set", "4.2.1-k2", null, CareOfFlag),
        Row("reserved bits of a copied BID option", "4.2.1-d2", "4.3-k7", (option, _) => IdentifierForm.ReservedBits(option)),
    ];

    private delegate CheckResult? Judgement(BindingIdentity given, IReadOnlyList<BindingIdentity> asked);

    private static MobilityCheck<Answer> Row(string name, string? draft04, string? rfc5648, Judgement judge) =>
        new(name, null, draft04, rfc5648, answer => First(answer, judge));

    /// <summary>The first objection to an option that is no mere copy of one in the update; else the last agreement.</summary>
    private static CheckResult? First(Answer answer, Judgement judge)
    {
        var edition = answer.Session.Scenario.Edition.Wire;
        var asked = BindingIdentity.In(answer.Request, edition);
        var results = BindingIdentity
            .In(answer.Message, edition)
            .Select(option => judge(option, asked) is { } result ? result with { Ok = result.Ok || IsCopy(option, asked) } : null)
            .OfType<CheckResult>()
            .ToList();
        return results.Find(result => !result.Ok) ?? results.LastOrDefault();
    }

    /// <summary>All octets but the Status are those of an option of the update, whatever it was.</summary>
    private static bool IsCopy(BindingIdentity given, IReadOnlyList<BindingIdentity> asked) =>
        asked.Any(one =>
            one.Option.Length == given.Option.Length
            && Enumerable
                .Range(0, given.Option.Length)
                .All(at => at == StatusOffset || one.Option.Data.Span[at] == given.Option.Data.Span[at])
        );

    /// <summary>The care-of address of the update may stand there, or none (the ruling care-of-address-in-answer).</summary>
    private static CheckResult? Address(BindingIdentity given, IReadOnlyList<BindingIdentity> asked) =>
        given.HasKnownLength
            ? new(
                given.Address.IsEmpty || asked.Any(one => one.Bid == given.Bid && one.Address.Span.SequenceEqual(given.Address.Span)),
                "no care-of address in the BID option, or that of the Binding Update",
                "another one",
                given.Option.Offset
            )
            : null;

    /// <summary>Where C is copied, the care-of address may be left out (the ruling care-of-flag-in-answer).</summary>
    private static CheckResult CareOfFlag(BindingIdentity given, IReadOnlyList<BindingIdentity> asked) =>
        given.Option.Length == BindingIdentity.ShortLength && asked.Any(one => one.Bid == given.Bid && one.SaysCareOf)
            ? new(Ok: true, "C as in the Binding Update", "it is", given.Option.Offset)
            : IdentifierForm.WithCareOfFlagSet(given);
}
