using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Correspondent nodes that take Binding Identifier options wrongly: RFC 5648, Section 6.2, and draft-ietf-monami6-multiplecoa-04, Section
/// 6.3. One fault shows in both editions where they say the same.
/// </summary>
internal static class CnMcoaDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Options(), .. Registrations(), .. Conflicts(), .. Removals(), .. Paths()];

    private static IEnumerable<Deviation> Options() =>
        [
            Steps("cn-any-length", "takes a BID option of any Length", "rfc5648-6.2-k4", steps => steps.With("LengthRight", AnyLength)),
            Steps(
                "cn-any-length-in-draft",
                "takes a BID option whose Length does not go with C",
                "mcoa-draft-04-6.3-k9",
                steps => steps.With("LengthRight", AnyLength)
            ),
            Steps(
                "cn-any-address-in-option",
                "registers the source for a care-of address in the option that is no routable unicast address",
                "rfc5648-6.2-k6",
                steps => steps.With("CareOfAddressRoutable", SourceInstead)
            ),
            Steps(
                "cn-malformed-unspecified",
                "answers a BID option of a wrong Length with status 128",
                "rfc5648-6.2-k4",
                steps => steps.AheadOf("LengthRight", request => IsMalformed(request) ? Unspecified(request) : RuleOutcome.Continue)
            ),
            Steps(
                "cn-incompliant-unspecified",
                "answers a BID option that is not compliant with status 128",
                "mcoa-draft-04-6.3-k9",
                steps => steps.AheadOf("LengthRight", request => IsMalformed(request) ? Unspecified(request) : RuleOutcome.Continue)
            ),
            Octet("cn-strict-option", "rejects a BID option with reserved bits", "rfc5648-4.3-k8", 5, octet => (octet & 0x7f) != 0),
            Octet("cn-status-in-update", "rejects a BID option with a Status", "rfc5648-4.3-k6", 4, octet => octet != 0),
            CnParts.Tests(
                "cn-option-not-proved",
                "lets the BID change after the authenticator was computed",
                "mcoa-draft-04-3-d3",
                tests =>
                    tests.With(
                        "AuthenticatorRight",
                        request =>
                            request.HasIdentities || BindingIsProved(request)
                                ? RuleOutcome.Continue
                                : request.Ignore("AuthenticatorRight", "wrong")
                    )
            ),
            Steps(
                "cn-prohibition-ignored",
                "registers several care-of addresses although that is forbidden",
                "rfc5648-4.4-d2",
                steps => steps.Lacking("Permitted")
            ),
            Steps(
                "cn-prohibition-ignored-in-draft",
                "registers several care-of addresses although that is forbidden",
                "mcoa-draft-04-4.3-d1",
                steps => steps.Lacking("Permitted")
            ),
            Steps(
                "cn-bulk",
                "registers the first of several BIDs in an update",
                "rfc5648-6.2-k7",
                steps => steps.Lacking("OneBindingIdentifier")
            ),
            Steps(
                "cn-bulk-in-draft",
                "registers the first of several BIDs in an update",
                "mcoa-draft-04-6.3-k13",
                steps => steps.Lacking("OneBindingIdentifier")
            ),
        ];

    private static IEnumerable<Deviation> Registrations() =>
        [
            CnParts.Caches(
                "cn-one-binding",
                "keeps the last binding of a mobile node alone",
                "rfc5648-6.2-d8",
                caching => caching.Ahead("PathPreferred", request => request.Node.RemoveAll(request.Others()))
            ) with
            {
                WhyMany = "several bindings are the subject of both editions",
            },
            CnParts.Caches(
                "cn-two-bindings",
                "keeps the last two bindings of a mobile node",
                "mcoa-draft-04-A-d1b",
                caching => caching.Ahead("PathPreferred", request => request.Node.RemoveAll(request.Bindings.Of(request.Home).SkipLast(2)))
            ) with
            {
                WhyMany = "the figures show three bindings, and so do the purposes of three addresses",
            },
            CnParts.Caches(
                "cn-octet-of-bid",
                "keeps the last octet of a BID",
                "rfc5648-6.2-d8",
                caching =>
                    caching.Ahead(
                        "PathPreferred",
                        request =>
                            request.Node.RemoveAll(
                                request.Others().Where(other => (byte?)other.Key.BindingId == (byte?)request.Items[0].Key.BindingId)
                            )
                    )
            ),
            CnParts.Caches(
                "cn-bid-of-16384",
                "knows no BID above 16383",
                "mcoa-draft-04-6.3-d10",
                caching =>
                    caching.First(request =>
                        request.Items[0].Key.BindingId > 16383 ? request.Answer(BindingStatus.INSUFFICIENT_RESOURCES) : RuleOutcome.Continue
                    )
            ),
            CnParts.Caches(
                "cn-move-ends-others",
                "ends the other bindings when one moves",
                "rfc5648-6.2-k13",
                caching =>
                    caching.Ahead(
                        "EntryCached",
                        request =>
                        {
                            if (
                                request.Bindings.Find(request.Items[0].Key) is { CareOf: var known }
                                && !known.Equals(request.Items[0].CareOf)
                            )
                            {
                                request.Node.RemoveAll(request.Others());
                            }
                        }
                    )
            ),
            CnParts.Caches(
                "cn-known-bid-refused",
                "rejects an update for a known BID",
                "mcoa-draft-04-6.3-k19",
                caching =>
                    caching.AheadOf(
                        "EntryCached",
                        request =>
                            request.HasIdentities && request.Bindings.Find(request.Items[0].Key) is not null
                                ? Unspecified(request)
                                : RuleOutcome.Continue
                    )
            ) with
            {
                WhyMany = "a known BID is renewed, moved and refreshed, and each is answered",
            },
            CnParts.Caches(
                "cn-renewal-without-effect",
                "keeps the end of a binding that an update without a care-of address renews",
                "rfc5648-6.2-k11a",
                caching =>
                    caching.AheadOf(
                        "EntryCached",
                        request =>
                            request is { HasIdentities: true, Items: [{ Identity.CareOf: null, Key: var key }] }
                            && request.Bindings.Find(key) is not null
                                ? request.Answer(BindingStatus.ACCEPTED)
                                : RuleOutcome.Continue
                    )
            ),
            CnParts.Caches(
                "cn-one-lifetime",
                "renews all bindings of a mobile node with one",
                "rfc5648-6.2-k11a",
                caching =>
                    caching.Ahead(
                        "PathPreferred",
                        request =>
                        {
                            var end = request.Bindings.Find(request.Items[0].Key)?.EndsAt;
                            foreach (var other in request.Others().ToList())
                            {
                                request.Node.Put(other with { EndsAt = end }, request.Now.Monotonic);
                            }
                        }
                    )
            ),
            Steps(
                "cn-source-without-address",
                "moves a binding to the source of an update without a care-of address",
                "rfc5648-6.2-k11b",
                steps => steps.With("CareOfAddressOfBinding", SourceOfKnown)
            ),
            Steps(
                "cn-source-of-unknown-bid",
                "registers the source for an unknown BID without a care-of address",
                "rfc5648-6.2-k12",
                steps => steps.With("CareOfAddressOfBinding", SourceOfUnknown)
            ),
            Steps(
                "cn-address-kept-in-draft",
                "keeps the care-of address of a known BID in an update with C clear",
                "mcoa-draft-04-6.3-d2",
                steps =>
                    steps.Ahead(
                        "CareOfAddressOfUpdate",
                        request =>
                        {
                            foreach (var item in request.Items)
                            {
                                item.CareOf ??= request.Bindings.Find(item.Key)?.CareOf;
                            }
                        }
                    )
            ),
            Steps(
                "cn-alternate-beside-bid-ignored",
                "registers the source in spite of an Alternate Care-of Address beside a BID",
                "mcoa-draft-04-6.3-d3",
                steps =>
                    steps.Ahead(
                        "CareOfAddressOfUpdate",
                        request =>
                        {
                            foreach (var item in request.Items)
                            {
                                item.CareOf ??= request.Signal.Source;
                            }
                        }
                    )
            ),
            Steps(
                "cn-alternate-beside-bid",
                "registers an Alternate Care-of Address in place of the one in the option",
                "rfc5648-6.2-d6",
                steps =>
                    steps.Ahead(
                        "CareOfAddressOfOption",
                        request =>
                        {
                            foreach (var item in request.Items)
                            {
                                item.CareOf ??= request.Update.Options.First<AlternateCareOfAddressOption>()?.Address;
                            }
                        }
                    )
            ),
            CnParts.Rules(
                "cn-option-proved-by-source",
                "takes the token of the source for that of the address in the option",
                "mcoa-draft-04-6.3-d1",
                rules =>
                    rules with
                    {
                        CareOfAddress = request => request.HasIdentities ? request.Signal.Source : rules.CareOfAddress(request),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Conflicts() =>
        [
            CnParts.Caches(
                "cn-plain-beside-bids",
                "keeps the bindings with a BID beside one without",
                "rfc5648-6.2-k1",
                caching => caching.With("OtherBindingsReplaced", request => Overwritten(request, request.Overwrites))
            ),
            CnParts.Caches(
                "cn-first-bid-replaced",
                "replaces the first binding alone by one without a BID",
                "mcoa-draft-04-6.3-k1",
                caching =>
                    caching.With(
                        "OtherBindingsReplaced",
                        request =>
                        {
                            request.Node.RemoveAll(
                                request.HasIdentities && !request.Overwrites ? [] : request.Others().Take(request.Overwrites ? 99 : 1)
                            );
                            return RuleOutcome.Continue;
                        }
                    )
            ),
            CnParts.Caches(
                "cn-overwrites-nothing",
                "ignores O",
                "rfc5648-6.2-d7",
                caching => caching.With("OtherBindingsReplaced", request => Overwritten(request, !request.HasIdentities))
            ),
            CnParts.Rules(
                "cn-overwrites-rejected",
                "removes all bindings for O, though it rejects the update",
                "rfc5648-6.2-d7",
                rules =>
                    rules with
                    {
                        Update = rules.Update.First(request =>
                        {
                            request.Node.RemoveAll(request is { Overwrites: true, IsRemoval: false } ? request.Others() : []);
                            return RuleOutcome.Continue;
                        }),
                    }
            ),
            CnParts.Rules(
                "cn-bid-beside-plain",
                "registers a BID beside a binding without one, though it answers that there is one",
                "rfc5648-6.2-d1",
                rules =>
                    rules with
                    {
                        BindingIdentifiers = rules.BindingIdentifiers.Lacking("NoBindingWithoutBindingId"),
                        Acknowledgement = rules.Acknowledgement.First(draft =>
                        {
                            if (
                                draft is { IsRejection: false, Request: { HasIdentities: true, IsRemoval: false } }
                                && HasPlain(draft.Request)
                            )
                            {
                                draft.Status = BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS;
                            }
                            return RuleOutcome.Continue;
                        }),
                    }
            ),
            Steps(
                "cn-plain-exists-unspecified",
                "answers a BID beside a binding without one with status 128",
                "rfc5648-6.2-d2",
                steps =>
                    steps.AheadOf(
                        "NoBindingWithoutBindingId",
                        request =>
                            request is { IsRemoval: false, Overwrites: false } && HasPlain(request)
                                ? Unspecified(request)
                                : RuleOutcome.Continue
                    )
            ),
            CnParts.Caches(
                "cn-plain-kept-in-draft",
                "keeps a binding without a BID beside one with a BID",
                "mcoa-draft-04-6.3-d9",
                caching =>
                    caching.With(
                        "BindingWithoutBindingIdRemoved",
                        request =>
                            request is { HasIdentities: true, Vocabulary.PlainBindingExists: var status } && HasPlain(request)
                                ? request.Answer(status)
                                : RuleOutcome.Continue
                    )
            ),
            CnParts.Caches(
                "cn-conflict-untold",
                "replaces a binding without a BID and answers status 0",
                "mcoa-draft-04-6.3-k18",
                caching =>
                    caching.With(
                        "BindingWithoutBindingIdRemoved",
                        request =>
                        {
                            request.Node.RemoveAll(
                                request.HasIdentities ? request.Others().Where(other => other.Key.BindingId is null) : []
                            );
                            return RuleOutcome.Continue;
                        }
                    )
            ),
        ];

    private static IEnumerable<Deviation> Removals() =>
        [
            CnParts.Deletes(
                "cn-removes-all-for-one",
                "removes all bindings for one BID",
                "rfc5648-5.4-d2",
                deletion => deletion.Ahead("BindingDeleted", request => request.Node.RemoveAll(request.Bindings.Of(request.Home)))
            ) with
            {
                WhyMany = "the removal of one BID has a statement in two sections of each edition, and a figure",
            },
            CnParts.Deletes(
                "cn-removes-none-for-one",
                "accepts the removal of one BID and keeps it",
                "rfc5648-6.2-d3",
                deletion =>
                    deletion.AheadOf(
                        "BindingDeleted",
                        request => request.HasIdentities ? request.Answer(BindingStatus.ACCEPTED) : RuleOutcome.Continue
                    )
            ) with
            {
                WhyMany = "the removal of one BID has a statement in two sections of each edition, and a figure",
            },
            CnParts.Deletes(
                "cn-removes-by-source",
                "removes the binding of the source in place of that of the BID",
                "rfc5648-6.2-d3",
                deletion =>
                    deletion.AheadOf(
                        "BindingDeleted",
                        request =>
                        {
                            if (!request.HasIdentities)
                            {
                                return RuleOutcome.Continue;
                            }
                            request.Node.RemoveAll(
                                request.Bindings.Of(request.Home).Where(binding => binding.CareOf.Equals(request.Signal.Source))
                            );
                            return request.Answer(BindingStatus.ACCEPTED);
                        }
                    )
            ) with
            {
                WhyMany = "the removal of one BID has a statement in two sections of each edition, and a figure",
            },
            CnParts.Deletes(
                "cn-removes-one-for-all",
                "removes the last binding alone if no BID is named",
                "rfc5648-6.2-k2",
                deletion =>
                    deletion.AheadOf(
                        "BindingDeleted",
                        request =>
                        {
                            if (request.HasIdentities)
                            {
                                return RuleOutcome.Continue;
                            }
                            request.Node.RemoveAll(request.Bindings.Of(request.Home).TakeLast(1));
                            return request.Answer(BindingStatus.ACCEPTED);
                        }
                    )
            ),
            CnParts.Deletes(
                "cn-overwrites-in-removal",
                "removes all bindings for O in the removal of one",
                "rfc5648-6.2-d4",
                deletion =>
                    deletion.Ahead(
                        "BindingDeleted",
                        request => request.Node.RemoveAll(request.Overwrites ? request.Bindings.Of(request.Home) : [])
                    )
            ),
            CnParts.Deletes(
                "cn-removes-nothing-with-o",
                "accepts a removal with O, and removes nothing",
                "mcoa-draft-04-6.3-d4",
                deletion =>
                    deletion.AheadOf(
                        "NoncesSpent",
                        request => request.Overwrites ? request.Answer(BindingStatus.ACCEPTED) : RuleOutcome.Continue
                    )
            ),
            Steps(
                "cn-unknown-bid-removed",
                "accepts the removal of a BID without binding",
                "rfc5648-6.2-k8",
                steps => steps.Lacking("RemovedBindingKnown")
            ),
            Steps(
                "cn-unknown-bid-removed-in-draft",
                "accepts the removal of a BID without binding",
                "mcoa-draft-04-6.3-k16",
                steps => steps.Lacking("RemovedBindingKnown")
            ),
            Steps(
                "cn-unknown-bid-ends-all",
                "removes all bindings for a BID without binding, and rejects the update",
                "rfc5648-6.2-k8",
                steps =>
                    steps.Ahead(
                        "RemovedBindingKnown",
                        request =>
                            request.Node.RemoveAll(
                                request.IsRemoval && request.Bindings.Find(request.Items[0].Key) is null
                                    ? request.Bindings.Of(request.Home)
                                    : []
                            )
                    )
            ),
        ];

    private static IEnumerable<Deviation> Paths() =>
        [
            OfLast(
                "cn-option-from-last-address",
                "accepts a Home Address option from the care-of address alone that was registered last",
                "rfc5648-6.5-k1"
            ),
            CnParts.Tests(
                "cn-update-verified-like-data",
                "answers an update from an address that is not registered with a Binding Error",
                "rfc5648-6.5-k4",
                tests =>
                    tests.First(request =>
                    {
                        var known = request.Bindings.Of(request.Home);
                        if (request.IsRemoval || known.Count == 0 || known.Any(binding => binding.CareOf.Equals(request.Signal.Source)))
                        {
                            return RuleOutcome.Continue;
                        }
                        request.Node.Actions.Send(
                            request.Signal.Path.Reversed.Direct,
                            new BindingError(BindingError.UnknownBindingForHomeAddress, request.Home, [])
                        );
                        return request.Ignore("Unverified", "the source is not registered");
                    })
            ) with
            {
                WhyMany = "no second address can be registered",
            },
            CnParts.Acting(
                "cn-first-path",
                "sends all packets to the care-of address that was registered first",
                "rfc5648-3-k6",
                action => action is RoleAction.PreferPath ? [] : [action]
            ),
            CnParts.Sending(
                "cn-flow-alternates",
                "sends the packets of a flow to the care-of addresses of a mobile node in turn",
                "rfc5648-3-k8",
                () => new AlternatingPaths()
            ) with
            {
                WhyMany = "packets to an address whose binding has ended are asked in both editions and their figures",
            },
        ];

    private static Deviation OfLast(string name, string description, string statement) =>
        CnParts.Any(
            name,
            description,
            statement,
            cn =>
                cn with
                {
                    Around = (_, create) =>
                    {
                        var last = new Dictionary<IPAddress, IPAddress>();
                        return new ActingRole(create(), action => Replacing(action, last));
                    },
                }
        ) with
        {
            WhyMany = "that packets are accepted shows that there is a binding",
        };

    private static IEnumerable<RoleAction> Replacing(RoleAction action, Dictionary<IPAddress, IPAddress> last)
    {
        if (action is RoleAction.AcceptHomeAddress accept)
        {
            if (last.TryGetValue(accept.Home, out var before))
            {
                yield return new RoleAction.RefuseHomeAddress(accept.Home, before);
            }
            last[accept.Home] = accept.CareOf;
        }
        yield return action;
    }

    private static Deviation Steps(
        string name,
        string description,
        string statement,
        Func<RuleList<CorrespondentRegistration>, RuleList<CorrespondentRegistration>> change
    ) => CnParts.Rules(name, description, statement, rules => rules with { BindingIdentifiers = change(rules.BindingIdentifiers) });

    /// <param name="at">The place of the octet in the option.</param>
    private static Deviation Octet(string name, string description, string statement, int at, Predicate<byte> isRefused) =>
        Steps(
            name,
            description,
            statement,
            steps =>
                steps.AheadOf(
                    "Permitted",
                    request =>
                        request
                            .Update.Options.OfType<UnknownOption>()
                            .Any(option => option.Type == request.Vocabulary?.OptionType && isRefused(option.Data.Span[at - 2]))
                            ? Unspecified(request)
                            : RuleOutcome.Continue
                )
        );

    private static RuleOutcome Unspecified(CorrespondentRegistration request) => request.Answer(BindingStatus.REASON_UNSPECIFIED);

    private static bool IsMalformed(CorrespondentRegistration request) =>
        request.Items.Any(item => item.Identity is { HasRightLength: false });

    private static bool HasPlain(CorrespondentRegistration request) =>
        request.Bindings.Find(new BindingKey(request.Home, BindingId: null)) is not null;

    private static RuleOutcome AnyLength(CorrespondentRegistration request)
    {
        foreach (var item in request.Items.Where(item => item.Identity is { HasRightLength: false }))
        {
            item.CareOf = request.Signal.Source;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceInstead(CorrespondentRegistration request)
    {
        foreach (var item in request.Items.Where(item => item.Identity?.CareOf is { } careOf && !careOf.Equals(request.RequestedCareOf)))
        {
            item.CareOf = request.Signal.Source;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceOfKnown(CorrespondentRegistration request) => SourceIf(request, known: true);

    private static RuleOutcome SourceOfUnknown(CorrespondentRegistration request) => SourceIf(request, known: false);

    private static RuleOutcome SourceIf(CorrespondentRegistration request, bool known)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval && item.CareOf is null))
        {
            var binding = request.Bindings.Find(item.Key);
            item.CareOf = (binding is not null) == known ? request.Signal.Source : binding?.CareOf;
            if (item.CareOf is null)
            {
                item.Settle(BindingStatus.MCOA_UNKNOWN_COA);
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Overwritten(CorrespondentRegistration request, bool isDone)
    {
        request.Node.RemoveAll(isDone ? request.Others() : []);
        return RuleOutcome.Continue;
    }

    private static bool BindingIsProved(CorrespondentRegistration request) =>
        request.Key is { } key
        && BindingAuthorization.TryVerify(
            key,
            request.AuthorizedAddress,
            request.Node.Settings.Address,
            request.Signal.MobilityHeader.Span,
            out _
        );
}
