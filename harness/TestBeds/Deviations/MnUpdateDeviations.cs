using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile nodes that register wrongly: RFC 6275, Sections 11.7.1, 11.7.2 and 11.8.</summary>
internal static class MnUpdateDeviations
{
    private static readonly TimeSpan _shortTimeout = TimeSpan.FromMilliseconds(500);

    public static IReadOnlyList<Deviation> All { get; } = [.. HomeRegistrations(), .. CorrespondentRegistrations(), .. Repetitions()];

    private static IEnumerable<Deviation> HomeRegistrations() =>
        [
            MnParts.ToHomeAgent(
                "mn-no-home-registration-flag",
                "registers with the home agent without H",
                "rfc6275-11.7.1-k2",
                draft => draft.Flags &= ~BindingUpdateFlags.HomeRegistration
            ) with
            {
                Roles = ["MN", "E2E"],
                WhyMany = "no home agent takes such an update for a home registration",
            },
            MnParts.ToHomeAgent(
                "mn-no-acknowledge-flag",
                "registers with the home agent without A",
                "rfc6275-11.7.1-k3",
                draft => draft.Flags &= ~BindingUpdateFlags.Acknowledge
            ) with
            {
                WhyMany = "no answer comes, and everything waits for one",
            },
            MnParts.ToHomeAgent(
                "mn-no-home-address-option",
                "registers with the home agent without Home Address option",
                "rfc6275-11.7.1-k4",
                draft => draft.HomeAddress = null
            ) with
            {
                WhyMany = "no home agent takes such an update for one of the home address",
            },
            MnParts.ToHomeAgent(
                "mn-no-alternate-address",
                "registers with the home agent without Alternate Care-of Address option",
                "rfc6275-11.7.1-k6",
                draft => draft.Options.RemoveAll(option => option is AlternateCareOfAddressOption)
            ),
            MnParts.ToHomeAgent(
                "mn-key-management-flag",
                "claims to move its end of a key management connection that it does not have",
                "rfc6275-11.7.1-k10",
                draft => draft.Flags |= BindingUpdateFlags.KeyManagement
            ),
            MnParts.ToHomeAgent(
                "mn-registration-without-lifetime",
                "asks for no lifetime",
                "rfc6275-11.7.1-k11",
                draft => draft.LifetimeUnits = 0
            ) with
            {
                WhyMany = "nothing is registered",
            },
            MnParts.ToHomeAgent(
                "mn-home-address-of-neighbor",
                "registers another home address than its own",
                "rfc6275-11.7.1-k18",
                draft => draft.HomeAddress = draft.HomeAddress?.WithOctet(15, octet => (byte)(octet + 1))
            ) with
            {
                WhyMany = "no binding of the home address comes into being",
            },
            MnParts.Rules(
                "mn-stays-with-first-address",
                "does not register a care-of address in place of the first",
                "rfc6275-11.7.1-k1",
                rules =>
                    rules with
                    {
                        HomeAgentPlan = rules.HomeAgentPlan.AheadOf(
                            "Singly",
                            plan => plan.Peer.Bindings.Any(IsMoved) ? RuleOutcome.Stop : RuleOutcome.Continue
                        ),
                    }
            ) with
            {
                WhyMany = "each demand on the update after a movement shows it",
            },
        ];

    private static IEnumerable<Deviation> CorrespondentRegistrations() =>
        [
            MnParts.Rules(
                "mn-correspondent-not-told",
                "does not tell a correspondent node of a new care-of address",
                "rfc6275-11.7.2-k1",
                rules =>
                    rules with
                    {
                        CorrespondentPlan = rules.CorrespondentPlan.AheadOf(
                            "Singly",
                            plan => plan.Peer is { IsKnown: true, UsesBindingIds: false } ? RuleOutcome.Stop : RuleOutcome.Continue
                        ),
                    }
            ) with
            {
                WhyMany = "packets of a correspondent node that is not told do not arrive",
            },
            MnParts.Rules(
                "mn-full-lifetime-at-correspondent",
                "asks a correspondent node for a longer lifetime than is left at the home agent",
                "rfc6275-11.7.2-k11",
                rules => rules with { CorrespondentUpdate = rules.CorrespondentUpdate.Without("LifetimeOfHomeRegistration") }
            ),
            MnParts.ToCorrespondent(
                "mn-care-of-nonce-in-removal",
                "names a care-of nonce in a removal",
                "rfc6275-11.7.2-k13",
                draft =>
                {
                    if (draft.Update.IsRemoval && draft.Options.OfType<NonceIndicesOption>().FirstOrDefault() is { } indices)
                    {
                        draft.Options[draft.Options.IndexOf(indices)] = indices with { CareOfNonceIndex = indices.HomeNonceIndex };
                    }
                }
            ),
            MnParts.ToCorrespondent(
                "mn-no-nonce-indices",
                "registers with a correspondent node without Nonce Indices",
                "rfc6275-11.7.2-d1",
                draft => draft.Options.RemoveAll(option => option is NonceIndicesOption)
            ) with
            {
                WhyMany = "no correspondent node accepts such an update",
            },
            MnParts.Rules(
                "mn-wrong-authenticator",
                "makes the authenticator with the home keygen token alone",
                "rfc6275-11.7.2-d1",
                rules =>
                    rules with
                    {
                        CorrespondentUpdate = rules.CorrespondentUpdate.Last(draft =>
                            draft.Key = draft.Peer.HomeTest?.Token is { } token ? BindingManagementKey.ForDeletion(token) : null
                        ),
                    }
            ) with
            {
                WhyMany = "no correspondent node accepts such an update",
            },
            MnParts.ToCorrespondent(
                "mn-no-home-address-at-correspondent",
                "registers with a correspondent node without Home Address option",
                "rfc6275-11.7.2-k17",
                draft => draft.HomeAddress = null
            ) with
            {
                WhyMany = "no correspondent node accepts such an update",
            },
            MnParts.ToCorrespondent(
                "mn-same-number",
                "numbers all updates to a correspondent node alike",
                "rfc6275-11.7.2-k18",
                draft => draft.SequenceNumber = 7
            ) with
            {
                WhyMany = "each demand on Sequence Numbers shows it",
            },
        ];

    private static IEnumerable<Deviation> Repetitions() =>
        [
            MnParts.Any(
                "mn-never-repeats",
                "sends each update once",
                "rfc6275-11.7.1-k14",
                mn => mn with { Changes = Changes.To<MobileNodeSettings>(WithoutRepetition) }
            ) with
            {
                WhyMany = "what was lost once never comes",
            },
            MnParts.Rules(
                "mn-gives-up",
                "gives up its home agent after a minute",
                "rfc6275-11.7.1-k16",
                rules => rules with { BackOff = (_, timeout) => timeout >= TimeSpan.FromSeconds(24) ? TimeSpan.FromDays(1) : timeout * 2 }
            ),
            MnParts.Rules(
                "mn-no-back-off",
                "sends its messages again at one interval",
                "rfc6275-11.8-k4",
                rules => rules with { BackOff = (settings, _) => settings.InitialTimeout }
            ),
            MnParts.Any(
                "mn-impatient-at-first",
                "leaves the home agent half a second for its first answer",
                "rfc6275-11.8-k2",
                mn =>
                    mn with
                    {
                        Changes = Changes.To<MobileNodeSettings>(settings => settings with { FirstRegistrationTimeout = _shortTimeout }),
                    }
            ),
            MnParts.Any(
                "mn-impatient",
                "repeats after half a second what is not its first registration",
                "rfc6275-11.8-d1",
                mn => mn with { Changes = Changes.To<MobileNodeSettings>(settings => settings with { InitialTimeout = _shortTimeout }) }
            ),
            MnParts.Rules(
                "mn-no-rate",
                "sends as many messages as it likes",
                "rfc6275-11.8-k7",
                rules => rules with { Rate = (_, _, _, _) => null, RefreshRequest = rules.RefreshRequest.First(NothingPending) }
            ),
            MnParts.Rules(
                "mn-number-of-repetition",
                "repeats an update with its Sequence Number",
                "rfc6275-11.8-k8",
                rules => rules with { HomeAgentUpdate = rules.HomeAgentUpdate.Last(SameNumber) }
            ),
            MnParts.Rules(
                "mn-cookie-of-repetition",
                "repeats test inits with their cookies",
                "rfc6275-11.8-k9",
                rules =>
                    rules with
                    {
                        HomeTestInit = rules.HomeTestInit.Last(SameCookie),
                        CareOfTestInit = rules.CareOfTestInit.Last(SameCookie),
                    }
            ),
        ];

    /// <summary>The peer has another care-of address than the one that is wanted.</summary>
    private static bool IsMoved(MobileNodeBinding binding) =>
        binding is { BindingId: null, Registered: not null, Wanted: not null, IsRegistered: false };

    private static MobileNodeSettings WithoutRepetition(MobileNodeSettings settings) =>
        settings with
        {
            FirstRegistrationTimeout = TimeSpan.FromDays(1),
            InitialTimeout = TimeSpan.FromDays(1),
            MaximumTimeout = TimeSpan.FromDays(1),
        };

    private static RuleOutcome NothingPending(MobileNodeRefreshRequest request)
    {
        foreach (var update in request.Peer?.Pending ?? [])
        {
            request.Node.End(update);
        }
        return RuleOutcome.Continue;
    }

    private static void SameNumber(MobileNodeUpdateDraft draft)
    {
        if (draft.Update.IsSent)
        {
            draft.SequenceNumber = draft.Peer.SequenceNumber = draft.Update.SequenceNumber;
        }
    }

    private static void SameCookie(TestInitDraft draft) => draft.Cookie = draft.Test.Cookie == 0 ? draft.Cookie : draft.Test.Cookie;
}
