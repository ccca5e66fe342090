using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents that judge updates wrongly: RFC 6275, Sections 9.5.1, 10.3.1 and 10.3.2.</summary>
internal static class HaRegistrationDeviations
{
    private static readonly TimeSpan _late = TimeSpan.FromHours(1);

    public static IReadOnlyList<Deviation> All { get; } =
    [
        HaParts.Rules(
            "ha-no-dad",
            "does not test whether another node has the home address",
            "rfc6275-10.3.1-k16",
            rules => rules with { Registration = rules.Registration.Without("DuplicateAddressDetection") }
        ),
        HaParts.Rules(
            "ha-duplicate-accepted",
            "registers a home address that another node has",
            "rfc6275-10.3.1-k17",
            rules => rules with { Registration = rules.Registration.Without("AddressesUnique") }
        ),
        HaParts.Answering(
            "ha-duplicate-of-other-status",
            "rejects a home address that another node has with status 130",
            "rfc6275-10.3.1-k18",
            answer => Instead(answer, BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED, BindingStatus.INSUFFICIENT_RESOURCES)
        ),
        HaParts.Rules(
            "ha-link-local-not-tested",
            "does not test whether another node has the link-local address",
            "rfc6275-10.3.1-k17",
            rules => rules with { Registration = rules.Registration.Replacing("DuplicateAddressDetection", HomeAddressTested) }
        ),
        HaParts.Rules(
            "ha-dad-for-each-update",
            "tests a home address again for every update",
            "mcoa-draft-04-6.3-k5",
            rules =>
                rules.WhenStored(request =>
                    request.Agent.Actions.Add(new RoleAction.TestAddress(request.Agent.Settings.HomeLink, request.Home))
                )
        ),
        HaParts.Rules(
            "ha-any-home-subnet",
            "registers home addresses of any subnet",
            "rfc6275-10.3.1-k6",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Without("HomeSubnet").Without("Authorized") }
        ),
        HaParts.Answering(
            "ha-other-subnet-of-other-status",
            "rejects a home address of another subnet with status 129",
            "rfc6275-10.3.1-k7",
            answer => Instead(answer, BindingStatus.NOT_HOME_SUBNET, BindingStatus.ADMINISTRATIVELY_PROHIBITED)
        ),
        HaParts.Rules(
            "ha-home-address-rejected",
            "answers an update for a home address that is not routable",
            "rfc6275-9.5.1-k2",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Without("RoutableHomeAddress") }
        ),
        HaParts.Rules(
            "ha-nonce-indices-accepted",
            "accepts a home registration with Nonce Indices",
            "rfc6275-9.5.1-k14",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Without("NonceIndicesAbsent") }
        ),
        HaParts.Rules(
            "ha-nonce-indices-rejected",
            "answers a home registration with Nonce Indices",
            "rfc6275-9.5.1-k19",
            rules =>
                rules with
                {
                    BindingUpdate = rules.BindingUpdate.Replacing(
                        "NonceIndicesAbsent",
                        request =>
                            request.Update.Options.Has<NonceIndicesOption>()
                                ? request.Answer(BindingStatus.REASON_UNSPECIFIED)
                                : RuleOutcome.Continue
                    ),
                }
        ),
        HaParts.Rules(
            "ha-any-sequence-number",
            "does not compare Sequence Numbers",
            "rfc6275-9.5.1-k15",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Without("SequenceNumberGreater") }
        ) with
        {
            WhyMany = "RFC 6275 states the order of updates, and each edition that of bulk updates and of the bindings of a mobile node",
        },
        HaParts.Rules(
            "ha-sequence-number-without-modulo",
            "compares Sequence Numbers as plain numbers",
            "rfc6275-9.5.1-k4",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Replacing("SequenceNumberGreater", AbovePlainly) }
        ) with
        {
            WhyMany = "the order of updates is a clause of registration and of the answer",
        },
        HaParts.Rules(
            "ha-sequence-number-equal",
            "accepts an update with the last Sequence Number again",
            "rfc6275-9.5.1-k15",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Replacing("SequenceNumberGreater", NotBelow) }
        ) with
        {
            WhyMany = "the order of updates is a clause of registration and of the answer",
        },
        HaParts.Rules(
            "ha-first-number-above-zero",
            "rejects a first update with Sequence Number 0",
            "rfc6275-9.5.1-k3",
            rules =>
                rules with
                {
                    BindingUpdate = rules.BindingUpdate.Preceding(
                        "SequenceNumberGreater",
                        request =>
                            request.Update.SequenceNumber == 0 && request.Bindings.Of(request.Home).Count == 0
                                ? request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW)
                                : RuleOutcome.Continue
                    ),
                }
        ),
        HaParts.Rules(
            "ha-number-forgotten-on-removal",
            "forgets the Sequence Number of a binding that is removed",
            "rfc6275-10.3.2-k11",
            rules => rules with { DeRegistration = rules.DeRegistration.Replacing("SequenceNumberKept", NumbersForgotten) }
        ),
        HaParts.Rules(
            "ha-any-registration-type",
            "treats an update without H as a home registration",
            "rfc6275-9.5.1-k16",
            rules => rules with { BindingUpdate = rules.BindingUpdate.Without("RegistrationType") }
        ),
        HaParts.Rules(
            "ha-alternate-care-of-address-ignored",
            "registers the source of an update, whatever its Alternate Care-of Address option says",
            "rfc6275-9.5.1-k22",
            rules =>
                rules.WhenStoring(request =>
                {
                    foreach (var item in request.Succeeding.Where(item => request.CareOf.Equals(item.CareOf)).ToList())
                    {
                        item.CareOf = request.Signal.Source;
                    }
                })
        ),
        HaParts.Rules(
            "ha-unroutable-care-of-address",
            "rejects a care-of address that is not routable with an answer",
            "rfc6275-6.1.7-k12",
            rules =>
                rules with
                {
                    BindingUpdate = rules.BindingUpdate.Replacing(
                        "CareOfAddressRoutable",
                        request =>
                            request is { IsRemoval: false, HasIdentities: false } && !IsRoutable(request.CareOf)
                                ? request.Answer(BindingStatus.INVALID_CARE_OF_ADDRESS)
                                : RuleOutcome.Continue
                    ),
                }
        ),
        HaParts.Rules(
            "ha-binding-ends-early",
            "ends a binding of less than two minutes after half of its lifetime",
            "rfc6275-10.3.1-k15",
            rules =>
                rules.WhenStored(request =>
                {
                    var lifetime = request.GrantedLifetimeUnits * TimeSpan.FromSeconds(4);
                    End(request, lifetime < TimeSpan.FromMinutes(2) ? lifetime / 2 : lifetime);
                })
        ) with
        {
            WhyMany = "each rule about a binding that goes on is judged by a binding that does",
        },
        HaParts.Rules(
            "ha-binding-ends-late",
            "keeps a binding an hour, whatever its lifetime",
            "rfc6275-10.3.1-k24",
            rules => rules.WhenStored(request => End(request, _late))
        ) with
        {
            WhyMany = "the lifetime of a binding is asked of registration, renewal and bulk",
        },
        HaParts.Rules(
            "ha-lifetime-of-first-update",
            "leaves the end of a binding where the first update has put it",
            "rfc6275-9.6-k1",
            rules => rules with { Registration = rules.Registration.Replacing("BindingsStored", StoredUntilFirstEnd) }
        ),
        HaParts.Any(
            "ha-unprotected",
            "takes updates that no security association protects",
            "rfc6275-10.3.1-k2",
            ha => ha with { Changes = Changes.To<HomeAgentSettings>(settings => settings with { ProtectionRequired = false }) }
        ),
        HaParts.Rules(
            "ha-any-association",
            "takes an update under the security association of another home address",
            "rfc6275-10.3.1-k2",
            rules => rules with { Protection = rules.Protection.Without("PeerIsSource") }
        ),
        HaParts.Rules(
            "ha-home-address-of-option-alone",
            "accepts a de-registration without a Home Address option, and removes nothing",
            "rfc6275-9.5.1-k23",
            rules =>
                rules.WhenReceived(request =>
                    request is { HasHomeAddressOption: false, IsRemoval: true, HasIdentities: false }
                        ? request.Answer(BindingStatus.ACCEPTED)
                        : RuleOutcome.Continue
                )
        ) with
        {
            WhyMany = "no mobile node can come home, which each edition describes in several sections",
        },
        HaParts.Rules(
            "ha-unknown-removal-accepted",
            "accepts a de-registration without a binding",
            "rfc6275-10.3.2-k3",
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.Replacing(
                        "BindingKnown",
                        request =>
                            request.Bindings.Of(request.Home).Count == 0 && !request.HasIdentities
                                ? request.Answer(BindingStatus.ACCEPTED)
                                : RuleOutcome.Continue
                    ),
                }
        ),
        HaParts.Answering(
            "ha-unknown-removal-of-other-status",
            "rejects a de-registration without a binding with status 128",
            "rfc6275-10.3.2-k4",
            answer => Instead(answer, BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE, BindingStatus.REASON_UNSPECIFIED)
        ),
        HaParts.Rules(
            "ha-removal-without-effect",
            "accepts a de-registration, and removes nothing",
            "rfc6275-10.3.2-k13",
            rules => rules with { DeRegistration = rules.DeRegistration.Without("BindingsRemoved") }
        ) with
        {
            WhyMany = "each way of removing a binding is a clause of each edition",
        },
    ];

    private static void Instead(HomeAcknowledgement answer, BindingStatus of, BindingStatus status)
    {
        if (answer.Status == of)
        {
            answer.Status = status;
        }
    }

    private static RuleOutcome HomeAddressTested(HomeRegistration request) => Test(request, request.Home);

    private static RuleOutcome Test(HomeRegistration request, params IReadOnlyList<IPAddress> addresses)
    {
        if (request.IsUnique is not null || request.Bindings.Of(request.Home).Count > 0)
        {
            return RuleOutcome.Continue;
        }

        request.Agent.Tests.Add(request.Home, new DuplicateAddressTest(addresses));
        foreach (var address in addresses)
        {
            request.Agent.Actions.Add(new RoleAction.TestAddress(request.Agent.Settings.HomeLink, address));
        }
        return request.Wait();
    }

    private static bool IsRoutable(IPAddress address) =>
        !address.IsIPv6Multicast && !address.IsIPv6LinkLocal && !address.Equals(IPAddress.IPv6Any) && !IPAddress.IsLoopback(address);

    private static RuleOutcome AbovePlainly(HomeRegistration request) => Compare(request, last => request.Update.SequenceNumber > last);

    private static RuleOutcome NotBelow(HomeRegistration request) =>
        Compare(request, last => request.Update.SequenceNumber == last || SequenceWindow.IsGreater(request.Update.SequenceNumber, last));

    private static RuleOutcome Compare(HomeRegistration request, Predicate<ushort> isGreater)
    {
        // The number that the last update did not exceed is unknown without a binding.
        if (request.Bindings.Of(request.Home) is not { Count: > 0 } known)
        {
            return RuleOutcome.Continue;
        }

        var last = known.Select(binding => binding.SequenceNumber).Last();
        request.LastAcceptedSequenceNumber = last;
        return isGreater(last) ? RuleOutcome.Continue : request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    private static RuleOutcome NumbersForgotten(HomeRegistration request)
    {
        foreach (var key in request.Removed.Where(key => !request.Agent.IsCounted(key)))
        {
            request.Agent.Numbers.Forget(key);
        }
        return RuleOutcome.Continue;
    }

    private static void End(HomeRegistration request, TimeSpan after)
    {
        foreach (var binding in request.Items.Select(item => request.Bindings.Find(item.Key)).OfType<MobileBinding>())
        {
            request.Agent.Put(binding with { EndsAt = request.Now.Monotonic + after });
        }
    }

    private static RuleOutcome StoredUntilFirstEnd(HomeRegistration request)
    {
        var end = request.Now.Monotonic + request.GrantedLifetimeUnits * TimeSpan.FromSeconds(4);
        foreach (var item in request.Succeeding)
        {
            var known = request.Bindings.Find(item.Key)?.EndsAt;
            request.Agent.Put(
                new MobileBinding(item.Key, item.CareOf ?? request.CareOf, request.Update.SequenceNumber, known ?? end)
                {
                    Ports = item.Ports,
                }
            );
        }
        return RuleOutcome.Continue;
    }
}
