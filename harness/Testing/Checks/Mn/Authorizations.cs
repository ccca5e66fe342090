using System.Globalization;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of how a Binding Update to a correspondent node is authorized: RFC 6275, Sections 5.2.7, 6.2.7 and 11.7.2; RFC 5648 and
/// draft-ietf-monami6-multiplecoa-04, Section 5.2.
/// </summary>
internal static class Authorizations
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(210);

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("Nonce Indices", "11.7.2-d1", null, null, update => Has(update, NonceIndicesKind.Type, "Nonce Indices")),
        Row(
            "Binding Authorization Data",
            "11.7.2-d1",
            null,
            null,
            update => Has(update, BindingAuthorizationDataKind.Type, "Binding Authorization Data")
        ),
        Row("tests before an update", null, "5.2-k1 5.3-k5", "5.2-k5", Tests),
        Row("authenticator of an update", "11.7.2-d1", null, null, Authenticator),
        Row("authenticator by the tokens of the care-of address", null, "5.3-k5", "5.2-k5", Authenticator),
        Row("Binding Authorization Data at the end", "6.2-k1", null, null, Last),
        Row("no padding behind Binding Authorization Data", "6.2-k2", null, null, NoPadding),
        Row("care-of nonce index of a deletion", "11.7.2-k13", null, null, IndexOfDeletion),
        Row("age of the tokens", "5.2.7-k4", null, null, Age),
        Row("no token of a refused test", null, "4.2.1-d6", null, NotRefused),
    ];

    private static MobilityCheck<NodeMessage> Row(
        string name,
        string? rfc6275,
        string? draft04,
        string? rfc5648,
        Func<NodeMessage, CheckResult?> judge
    ) => new(name, rfc6275, draft04, rfc5648, update => update is { IsUpdate: true, IsToHomeAgent: false } ? judge(update) : null);

    private static OptionOctets? Data(NodeMessage update) => update.Message.First(BindingAuthorizationDataKind.Type);

    private static CheckResult Has(NodeMessage update, int type, string name) =>
        new(update.Message.First(type) is not null, $"a {name} option", "none", update.Message.First(type));

    private static IReadOnlyList<Proof> Keys(NodeMessage update) =>
        [.. update.Ledger.Tokens.KeysOf(new SentUpdate(update), update.Ledger.All(update.Destination))];

    /// <summary>The key by which the update is authentic; null if none of those that the tester has given is.</summary>
    private static Proof? Fitting(NodeMessage update) => Keys(update).FirstOrDefault(proof => proof.Key.Fits(update.Message));

    /// <summary>False if the mobile node may use tokens that the tester does not know, as they are of an earlier scenario.</summary>
    private static bool AreTokensKnown(NodeMessage update) =>
        update.Ledger.Tokens.AreOfScenario(update.Destination, update.IsRemoval ? [] : update.CareOfAddresses);

    private static CheckResult? Tests(NodeMessage update)
    {
        if (!update.IsRegistration || !AreTokensKnown(update))
        {
            return null;
        }

        var tokens = update.Ledger.Tokens;
        var untested = update.CareOfAddresses.FirstOrDefault(address =>
            !tokens.CareOfTests(update.Destination, address).Any()
            && !update.Ledger.All(update.Destination).Any(binding => tokens.CareOfTests(update.Destination, binding.CareOf).Any())
        );
        var isHomeTested = tokens.HomeTests(update.Destination).Any();
        return new(
            isHomeTested && untested is null,
            $"a Home Test, and a Care-of Test for {untested ?? update.Source}, before the Binding Update",
            isHomeTested ? "no Care-of Test came before it" : "no Home Test came before it"
        );
    }

    private static CheckResult? Authenticator(NodeMessage update) =>
        Data(update) is { Length: MessageKey.AuthenticatorLength } data && (Fitting(update) is not null || AreTokensKnown(update))
            ? new(
                Fitting(update) is not null,
                update.IsRemoval
                    ? "an authenticator by the home keygen token of the nonce index"
                    : "an authenticator by the home and care-of keygen tokens of the nonce indices",
                Keys(update).Count == 0 ? "the tester has given no such tokens" : "another one",
                data.Offset
            )
            : null;

    private static CheckResult? Last(NodeMessage update) =>
        Data(update) is { } data
            ? new(
                update.Message.Options[^1] == data,
                "the Binding Authorization Data option at the end",
                "an option follows it",
                data.Offset
            )
            : null;

    private static CheckResult? NoPadding(NodeMessage update) =>
        Data(update) is { } data && update.Message.Options[^1] == data
            ? new(
                update.Message.Layout[^1] == data,
                "no padding behind the Binding Authorization Data option",
                "there is padding",
                data.Offset
            )
            : null;

    private static CheckResult? IndexOfDeletion(NodeMessage update)
    {
        const int CareOfIndex = 2;
        return
            update is { IsRemoval: true, Identities.Count: 0 }
            && update.Message.First(NonceIndicesKind.Type) is { HasWrongLength: false } indices
            ? new(
                indices.Data.Span[CareOfIndex] == 0 && indices.Data.Span[CareOfIndex + 1] == 0,
                "a Care-of Nonce Index of 0, as the binding is deleted",
                Convert.ToHexStringLower(indices.Data.Span[CareOfIndex..]),
                indices
            )
            : null;
    }

    private static CheckResult? Age(NodeMessage update)
    {
        if (Fitting(update) is not { } proof)
        {
            return null;
        }

        var age = update.At - new[] { proof.HomeTest, proof.CareOfTest }.OfType<Tester.Packet>().Min(test => test.Frame.At);
        return new(
            age <= _longest + update.Session.Bed.Facts.Tolerance,
            string.Create(CultureInfo.InvariantCulture, $"tokens of at most {_longest.TotalSeconds} s"),
            string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} s")
        );
    }

    private static CheckResult? NotRefused(NodeMessage update)
    {
        if (Fitting(update) is not { CareOfTest: { } test })
        {
            return null;
        }

        var status = BindingIdentity.FirstIn(test.Mobility!, update.Session.Scenario.Edition.Wire)?.Status ?? 0;
        return new(
            status < MobilityOctets.FirstRejection,
            "a token of a Care-of Test without an error in its BID option",
            string.Create(CultureInfo.InvariantCulture, $"that of one with status {status}")
        );
    }
}
