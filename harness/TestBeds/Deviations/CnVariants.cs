using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Correspondent nodes with rare behaviour that RFC 6275, RFC 5648 and draft-ietf-monami6-multiplecoa-04 allow.</summary>
internal static class CnVariants
{
    public static IReadOnlyList<LegalVariant> All { get; } =
    [
        Settings(
            "cn-short-lifetime",
            "grants a lifetime of 60 s at most",
            settings => settings with { MaximumLifetime = TimeSpan.FromSeconds(60) }
        ),
        Settings(
            "cn-shortest-lifetime",
            "grants a lifetime of 40 s at most",
            settings => settings with { MaximumLifetime = TimeSpan.FromSeconds(40) }
        ),
        Of("cn-asks-for-refresh", "asks for every binding to be refreshed", AsksForRefresh),
        Settings(
            "cn-no-refresh-requests",
            "sends no Binding Refresh Requests",
            settings => settings with { RefreshRequestBefore = null },
            "refresh-requests",
            "mcoa-refresh-requests",
            "mcoa-draft-04-refresh-requests"
        ),
        Rules(
            "cn-silent-about-home-registrations",
            "drops an update with H",
            rules =>
                rules with
                {
                    Update = rules.Update.First(request =>
                        request.Update.Flags.HasFlag(BindingUpdateFlags.HomeRegistration)
                            ? request.Ignore("HomeRegistration", "this node is no home agent")
                            : RuleOutcome.Continue
                    ),
                }
        ),
        Rules(
            "cn-refuses-home-registrations",
            "answers every update with H by status 131",
            rules => rules with { Update = rules.Update.Without("RegistrationTypeKept") }
        ),
        Rules(
            "cn-deletion-needs-binding",
            "rejects a deletion without a binding",
            rules =>
                rules with
                {
                    Deletion = rules.Deletion.First(request =>
                        request.Bindings.Of(request.Home).Count == 0
                            ? request.Answer(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE)
                            : RuleOutcome.Continue
                    ),
                }
        ),
        Rules(
            "cn-remembers-numbers",
            "rejects an old update after a deletion for its Sequence Number, and lets the nonces serve with a greater one",
            rules => rules with { Update = rules.Update.Without("NoncesNotSpent") }
        ),
        Rules(
            "cn-other-rejection-of-bid",
            "rejects the removal of a BID without binding with status 128 in the draft",
            rules =>
                rules with
                {
                    Acknowledgement = rules.Acknowledgement.First(draft =>
                    {
                        if (rules.Mcoa == McoaVocabulary.Draft04 && draft.Status == BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE)
                        {
                            draft.Status = BindingStatus.REASON_UNSPECIFIED;
                        }
                        return RuleOutcome.Continue;
                    }),
                }
        ),
        Rules(
            "cn-address-of-source-only",
            "drops an update whose care-of address is not its source",
            rules =>
                rules with
                {
                    Update = rules.Update.AheadOf(
                        "NonceIndicesPresent",
                        request =>
                            request.HasIdentities && !request.IsRemoval && !request.RequestedCareOf.Equals(request.Signal.Source)
                                ? request.Ignore("Source", "another care-of address")
                                : RuleOutcome.Continue
                    ),
                }
        ) with
        {
            Edition = Edition.Rfc5648,
        },
        Rules(
            "cn-number-first",
            "rejects an old Sequence Number before it looks at nonces",
            rules => rules with { Update = NumberFirst(rules.Update) }
        ),
        Rules(
            "cn-one-counter-in-draft",
            "counts the Sequence Numbers of all bindings of a mobile node together",
            rules => rules with { SequenceScope = SequenceWindow.OfHomeAddress }
        ),
        LegalVariant.Of(
            "cn-ignores-bid",
            "ignores BID options: each mobile node has one binding",
            cn =>
                cn with
                {
                    Claims = ["ignores-bid"],
                    Disclaims = ["mcoa-prohibition", "mcoa-draft-04-prohibition"],
                    Changes = Changes.To<CorrespondentNodeSettings>(settings => settings with { Mcoa = McoaEdition.None }),
                }
        ) with
        {
            Roles = ["CN"],
        },
        Rules(
            "cn-new-nonce-for-each-second",
            "uses a nonce for one second",
            rules => rules with { HomeTest = rules.HomeTest.First(NewNonce), CareOfTest = rules.CareOfTest.First(NewNonce) }
        ),
        Rules(
            "cn-overwrites-in-removal-of-draft",
            "removes all bindings if O is set in the removal of one",
            rules =>
                rules with
                {
                    Deletion = rules.Deletion.Ahead(
                        "BindingDeleted",
                        request => request.Node.RemoveAll(request.Overwrites ? request.Bindings.Of(request.Home) : [])
                    ),
                }
        ) with
        {
            Edition = Edition.McoaDraft04,
        },
        Of(
            "cn-errors-limited",
            "leaves out every second Binding Error about a Home Address option, as a limit of their rate does",
            cn => cn with { Around = (_, create) => McoaParts.LimitingErrors(create()) }
        ),
        Rules(
            "cn-address-copied",
            "copies the care-of address of a BID option into its answer",
            rules =>
                rules with
                {
                    Acknowledgement = rules.Acknowledgement.Last(draft => McoaParts.CopyAddresses(draft.Options, draft.Request.Items)),
                }
        ),
        Of(
            "cn-flow-rules",
            "sends new flows to the care-of address that was registered last, wherever the mobile node was heard",
            cn =>
                cn with
                {
                    Claims = ["mcoa-flow-rules"],
                    Around = (_, create) => new ActingRole(create(), action => action is RoleAction.PreferPath ? [] : [action]),
                }
        ),
        Settings(
            "cn-no-bindings",
            "proves mobile nodes, but caches no bindings",
            settings => settings with { AcceptsBindings = false }
        ) with
        {
            IsOftenUnreached = true,
        },
        Rules(
            "cn-no-room",
            "has no room for bindings",
            rules => rules with { Caching = rules.Caching.First(request => request.Answer(BindingStatus.INSUFFICIENT_RESOURCES)) }
        ) with
        {
            IsOftenUnreached = true,
        },
    ];

    /// <summary>The same correspondent node, with a Binding Refresh Request 5 s before the end of each binding.</summary>
    public static Implementation AsksForRefresh(Implementation cn) =>
        cn with
        {
            Claims = [.. cn.Claims, "refresh-requests"],
            Changes = cn.Changes.AndTo<CorrespondentNodeSettings>(settings =>
                settings with
                {
                    RefreshRequestBefore = TimeSpan.FromSeconds(5),
                }
            ),
        };

    private static LegalVariant Of(string name, string description, Func<Implementation, Implementation> change) =>
        LegalVariant.Of(name, description, change) with
        {
            Roles = ["CN"],
        };

    private static LegalVariant Rules(string name, string description, Func<CorrespondentNodeRules, CorrespondentNodeRules> change) =>
        Of(name, description, cn => cn with { Changes = Changes.To(change) });

    private static LegalVariant Settings(
        string name,
        string description,
        Func<CorrespondentNodeSettings, CorrespondentNodeSettings> change,
        params string[] disclaims
    ) => Of(name, description, cn => cn with { Changes = Changes.To(change), Disclaims = disclaims });

    private static RuleOutcome NewNonce(ReturnRoutabilityTest test)
    {
        var current = test.Node.Nonces.Current(test.Now.Monotonic);
        if (test.Now.Monotonic - current.FirstUse >= TimeSpan.FromSeconds(1))
        {
            test.Node.Nonces.Renew();
        }
        return RuleOutcome.Continue;
    }

    private static RuleList<CorrespondentRegistration> NumberFirst(RuleList<CorrespondentRegistration> tests) =>
        new([
            .. tests.TakeWhile(test => test.Name != "NoncesRecognized"),
            tests.Single(test => test.Name == "BindingManagementKey"),
            tests.Single(test => test.Name == "SequenceNumberGreater"),
            .. tests
                .SkipWhile(test => test.Name != "NoncesRecognized")
                .Where(test => test.Name is not ("BindingManagementKey" or "SequenceNumberGreater")),
        ]);
}
