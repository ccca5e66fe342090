using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Correspondent nodes that keep and delete bindings wrongly: RFC 6275, Sections 9.5.2, 9.5.3, 9.5.5 and 9.6.</summary>
internal static class CnBindingDeviations
{
    private static readonly TimeSpan _unit = TimeSpan.FromSeconds(4);

    public static IReadOnlyList<Deviation> All { get; } = [.. Lifetimes(), .. Deletions(), .. Ends()];

    private static IEnumerable<Deviation> Lifetimes() =>
        [
            CnParts.Caches(
                "cn-lifetime-above",
                "grants more than the lifetime that is asked for",
                "rfc6275-9.5.2-k3",
                caching => caching.Ahead("EntryCached", request => request.GrantedLifetimeUnits += 1)
            ),
            CnParts.Caches(
                "cn-any-lifetime",
                "grants any lifetime that is asked for",
                "rfc6275-5.2.6-k1",
                caching => caching.Without("LifetimeGranted")
            ),
            CnParts.Caches(
                "cn-lifetime-rounded-up",
                "keeps a binding for 8 s more than granted",
                "rfc6275-9.5.2-k4",
                caching => caching.Ahead("PathPreferred", request => EndAt(request, request.GrantedLifetimeUnits + 2))
            ),
            CnParts.Caches(
                "cn-half-lifetime",
                "keeps a binding for half the lifetime that it grants",
                "rfc6275-6.1.8-k4",
                caching => caching.Ahead("PathPreferred", request => EndAt(request, request.GrantedLifetimeUnits / 2))
            ),
            CnParts.Caches(
                "cn-ends-early",
                "deletes a binding 12 s before its lifetime ends",
                "rfc6275-6.1.7-k14",
                caching => caching.Ahead("PathPreferred", request => EndAt(request, request.GrantedLifetimeUnits - 3))
            ),
            CnParts.Caches(
                "cn-first-lifetime",
                "keeps the end that a binding had at first",
                "rfc6275-9.6-k1",
                caching =>
                    caching.Replacing(
                        "EntryCached",
                        request =>
                        {
                            foreach (var item in request.Items)
                            {
                                var end = request.Bindings.Find(item.Key)?.EndsAt ?? Granted(request, request.GrantedLifetimeUnits);
                                Put(request, item, end);
                            }
                            if (request.NonceUse is { } use)
                            {
                                request.Node.NonceUses.Record(use, request.Update.SequenceNumber);
                            }
                            return RuleOutcome.Continue;
                        }
                    )
            ),
            CnParts.Rules(
                "cn-binding-without-end",
                "deletes no binding when its lifetime ends",
                "rfc6275-9.5.2-k4",
                rules => rules with { EndOfBinding = rules.EndOfBinding.Without("EntryDeleted") }
            ) with
            {
                WhyMany = "the end of a binding shows in the sections of packets, lifetimes and numbers",
            },
            CnParts.Caches(
                "cn-accepts-without-binding",
                "accepts the first update of a second mobile node and caches nothing",
                "rfc6275-9.5.2-k1",
                caching =>
                    caching.AheadOf(
                        "EntryCached",
                        request => request.IsOfSecond() ? request.Answer(BindingStatus.ACCEPTED) : RuleOutcome.Continue
                    )
            ) with
            {
                WhyMany = "without its binding nothing is accepted from a mobile node or sent to it",
            },
            CnParts.Caches(
                "cn-first-care-of-address",
                "accepts an update with another care-of address and keeps the first one",
                "rfc6275-9.5.2-k1",
                caching =>
                    caching.Ahead(
                        "EntryCached",
                        request =>
                        {
                            foreach (var item in request.Items)
                            {
                                item.CareOf = request.Bindings.Find(item.Key)?.CareOf ?? item.CareOf;
                            }
                        }
                    )
            ),
        ];

    private static IEnumerable<Deviation> Deletions() =>
        [
            CnParts.Deletes(
                "cn-deletes-nothing",
                "accepts a deletion and keeps the binding",
                "rfc6275-9.5.3-k1",
                deletion => deletion.Without("BindingDeleted")
            ) with
            {
                WhyMany = "a binding that is gone is a purpose of each section about deletions",
            },
            CnParts.Deletes(
                "cn-deletion-creates",
                "caches a binding for an update of lifetime 0, if there is none",
                "rfc6275-9.5.3-k2",
                deletion =>
                    deletion.First(request =>
                    {
                        if (request.Bindings.Of(request.Home).Count == 0)
                        {
                            request.Node.Put(
                                new MobileBinding(
                                    request.Items[0].Key,
                                    request.CareOf,
                                    request.Update.SequenceNumber,
                                    Granted(request, units: 25)
                                ),
                                request.Now.Monotonic
                            );
                            return request.Answer(BindingStatus.ACCEPTED);
                        }
                        return RuleOutcome.Continue;
                    })
            ),
            CnParts.Deletes(
                "cn-deletes-all-nodes",
                "deletes the bindings of all mobile nodes but the first",
                "rfc6275-9.5.3-k1",
                deletion =>
                    deletion.Ahead(
                        "BindingDeleted",
                        request =>
                            request.Node.RemoveAll(request.Bindings.All.Where(binding => !binding.Key.Home.Equals(FirstHome(request))))
                    )
            ) with
            {
                WhyMany = "a removal has statements in several sections and figures of each edition",
            },
            CnParts.Tests(
                "cn-any-home-nonce-in-deletion",
                "does not look at the home nonce index of a deletion",
                "rfc6275-9.5.1-k18",
                tests =>
                    tests.AheadOf(
                        "NoncesRecognized",
                        request =>
                        {
                            if (!request.IsRemoval || IsHomeNonceKnown(request))
                            {
                                return RuleOutcome.Continue;
                            }
                            request.Node.RemoveAll(request.Bindings.Of(request.Home));
                            return request.Answer(BindingStatus.ACCEPTED);
                        }
                    )
            ),
            CnParts.Tests(
                "cn-unproved-deletion",
                "deletes a binding without a look at the authenticator",
                "rfc6275-9.5.1-k19",
                tests =>
                    tests.AheadOf(
                        "AuthorizationPresent",
                        request =>
                        {
                            if (!request.IsRemoval || !IsHomeNonceKnown(request))
                            {
                                return RuleOutcome.Continue;
                            }
                            request.Node.RemoveAll(request.Bindings.Of(request.Home));
                            return request.Answer(BindingStatus.ACCEPTED);
                        }
                    )
            ) with
            {
                WhyMany = "each fault of the proof of a deletion has a statement, and so have the answers",
            },
            CnParts.Rules(
                "cn-replay-after-deletion",
                "forgets at once what proved a binding that is deleted",
                "rfc6275-5.2.8-d1",
                rules =>
                    rules with
                    {
                        Deletion = rules.Deletion.Without("NoncesSpent"),
                        Update = rules.Update.Without("SequenceNumberOfEndedBinding"),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Ends() =>
        [
            Asks(
                "cn-refresh-to-care-of-address",
                "sends a Binding Refresh Request to the care-of address",
                "rfc6275-9.5.5-d1",
                cn =>
                    cn with
                    {
                        Changes = cn.Changes.AndTo<CorrespondentNodeRules>(rules =>
                            rules with
                            {
                                RefreshRequest = rules.RefreshRequest.Ahead(
                                    "RefreshRequestSent",
                                    draft => draft.Destination = draft.Binding.CareOf
                                ),
                            }
                        ),
                    }
            ),
            Asks(
                "cn-refresh-reserved",
                "sets Reserved of a Binding Refresh Request",
                "rfc6275-6.1.2-k1",
                cn => cn with { Output = CnParts.Octets(MobilityHeaderType.BindingRefreshRequest, octets => octets[6] = 0xff) }
            ),
            CnParts.Rules(
                "cn-refresh-without-bid",
                "sends a Binding Refresh Request without a BID",
                "rfc5648-6.4-k1",
                rules => rules with { RefreshRequest = rules.RefreshRequest.Lacking("BindingIdentifierIncluded") }
            ),
        ];

    /// <summary>A correspondent node that sends Binding Refresh Requests in every configuration.</summary>
    private static Deviation Asks(string name, string description, string statement, Func<Implementation, Implementation> change) =>
        CnParts.Any(name, description, statement, cn => change(CnVariants.AsksForRefresh(cn)));

    private static void EndAt(CorrespondentRegistration request, int units)
    {
        foreach (var item in request.Items)
        {
            Put(request, item, Granted(request, units));
        }
    }

    private static void Put(CorrespondentRegistration request, BindingItem item, Instant end)
    {
        var binding = new MobileBinding(item.Key, item.CareOf ?? request.CareOf, request.Update.SequenceNumber, end);
        request.Node.Put(binding, request.Now.Monotonic);
        request.Node.SequenceNumbers.Accept(item.Key, request.Update.SequenceNumber);
    }

    private static IPAddress? FirstHome(CorrespondentRegistration request) =>
        request.Bindings.All.Select(binding => binding.Key.Home).FirstOrDefault();

    private static Instant Granted(CorrespondentRegistration request, int units) => request.Now.Monotonic + (_unit * units);

    private static bool IsHomeNonceKnown(CorrespondentRegistration request) =>
        request.NonceIndices is { } indices && request.Node.Recognized(indices.HomeNonceIndex, request.Now.Monotonic) is not null;
}
