using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile nodes that do return routability or send their packets wrongly: RFC 6275, Sections 11.3 and 11.6, and
/// draft-ietf-monami6-multiplecoa-04, Section 5.2.
/// </summary>
internal static class MnTestDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Tests(), .. Answers(), .. Packets()];

    private static IEnumerable<Deviation> Tests() =>
        [
            MnParts.Rules(
                "mn-tests-one-after-the-other",
                "waits for the Home Test before it tests a care-of address",
                "rfc6275-11.6.1-k1",
                rules => rules with { CorrespondentPlan = rules.CorrespondentPlan.Last(HomeTestFirst) }
            ),
            MnParts.Rules(
                "mn-home-test-from-care-of-address",
                "sends a Home Test Init from its care-of address",
                "rfc6275-11.6.1-k3",
                rules =>
                    rules with
                    {
                        HomeTestInit = rules.HomeTestInit.Last(draft => draft.Source = draft.Node.Primary?.Address ?? draft.Source),
                    }
            ) with
            {
                WhyMany = "no registration with a correspondent node follows",
            },
            MnParts.Rules(
                "mn-care-of-test-from-home-address",
                "sends a Care-of Test Init from its home address",
                "rfc6275-11.6.1-k4",
                rules => rules with { CareOfTestInit = rules.CareOfTestInit.Last(draft => draft.Source = draft.Node.Settings.HomeAddress) }
            ) with
            {
                WhyMany = "no registration with a correspondent node follows",
            },
            MnParts.Rules(
                "mn-home-test-for-each-address",
                "tests its home address anew for each care-of address",
                "mcoa-draft-04-3-d4",
                rules => rules with { CorrespondentPlan = rules.CorrespondentPlan.Last(HomeTestAgain) }
            ),
            MnParts.Rules(
                "mn-no-bid-in-test",
                "tests a care-of address without its BID",
                "mcoa-draft-04-5.2-k4",
                rules => rules with { CareOfTestInit = rules.CareOfTestInit.Lacking("BindingIdentifier") }
            ),
            MnParts.Rules(
                "mn-flag-in-test",
                "sets O in the BID option of a test",
                "mcoa-draft-04-5.2-k3",
                rules =>
                    rules with
                    {
                        CareOfTestInit = rules.CareOfTestInit.Last(draft => draft.Options.EditIdentities(MnParts.Overwriting)),
                    }
            ),
            MnParts.Rules(
                "mn-update-before-test",
                "registers with a correspondent node before it has any token",
                "rfc5648-5.2-k5",
                rules =>
                    rules with
                    {
                        CorrespondentPlan = rules.CorrespondentPlan.Without("TokensPresent"),
                        CorrespondentUpdate = rules.CorrespondentUpdate.Replacing("Authorization", MnParts.Guess),
                    }
            ) with
            {
                WhyMany = "no correspondent node accepts such an update",
            },
        ];

    private static IEnumerable<Deviation> Answers() =>
        [
            MnParts.Rules(
                "mn-any-home-cookie",
                "takes a Home Test with another cookie",
                "rfc6275-11.6.2-k2",
                rules => rules with { HomeTest = rules.HomeTest.Without("CookieMatches") }
            ),
            MnParts.Rules(
                "mn-any-care-of-cookie",
                "takes a Care-of Test with another cookie",
                "rfc6275-11.6.2-k6",
                rules => rules with { CareOfTest = rules.CareOfTest.Without("CookieMatches") }
            ),
            MnParts.Rules(
                "mn-tests-without-effect",
                "does not register with a correspondent node after the tests",
                "rfc6275-11.6.2-k9",
                rules => rules with { CorrespondentPlan = rules.CorrespondentPlan.Last(plan => plan.Updates.Clear()) }
            ) with
            {
                WhyMany = "no correspondent node gets an update",
            },
            MnParts.Rules(
                "mn-token-of-refused-test",
                "uses the token of a test that was refused",
                "mcoa-draft-04-4.2.1-d6",
                rules => rules with { CareOfTest = rules.CareOfTest.Lacking("TokenGiven") }
            ),
            MnParts.Rules(
                "mn-bids-after-test-without",
                "goes on with BIDs after a Care-of Test without one",
                "mcoa-draft-04-5.2-k4",
                rules => rules with { CareOfTest = rules.CareOfTest.Lacking("BindingIdReturned") }
            ),
        ];

    private static IEnumerable<Deviation> Packets() =>
        [
            MnParts.Acting(
                "mn-no-route-optimization",
                "sends through its home agent what it could send directly",
                "rfc6275-11.3.1-k4",
                action => action is RoleAction.AddOptimizedPeer or RoleAction.RemoveOptimizedPeer ? [] : [action]
            ),
            MnParts.Rules(
                "mn-optimizes-without-binding",
                "sends directly to a correspondent node that has no binding",
                "rfc6275-11.3.1-k5",
                rules => rules with { CorrespondentPacket = rules.CorrespondentPacket.First(Optimized) }
            ),
        ];

    private static void HomeTestFirst(MobileNodePlan plan)
    {
        if (plan.Tests.Any(test => test.CareOf is null))
        {
            plan.Tests.RemoveWhere(test => test.CareOf is not null);
        }
    }

    private static void HomeTestAgain(MobileNodePlan plan)
    {
        if (plan.Tests.Any(test => test is { CareOf: not null, IsRunning: false }) && plan.Peer.HomeTest is { IsRunning: false } home)
        {
            plan.Tests.Add(home);
        }
    }

    private static RuleOutcome Optimized(MobileNodeCorrespondentPacket packet)
    {
        if (packet.Node is { Primary: { } careOf, Settings.HomeAddress: var home })
        {
            packet.Node.Actions.Add(new RoleAction.AddOptimizedPeer(packet.Correspondent, home, careOf.Address));
        }
        return RuleOutcome.Continue;
    }
}
