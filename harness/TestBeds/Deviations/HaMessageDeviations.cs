using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents that read messages wrongly: RFC 6275, Sections 6.1, 9.2 and 9.3.</summary>
internal static class HaMessageDeviations
{
    private const byte ReservedFlags = 0x3f;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        HaParts.Rules(
            "ha-any-checksum",
            "processes Mobility Headers with a wrong checksum",
            "rfc6275-9.2-k2",
            rules => rules with { MobilityHeader = rules.MobilityHeader.Without("Checksum") }
        ),
        HaParts.Rules(
            "ha-any-payload-proto",
            "processes Mobility Headers that announce a following header",
            "rfc6275-9.2-k6",
            rules => rules with { MobilityHeader = ForeignPayloadProto.Accept(rules.MobilityHeader, McoaVocabulary.Wire) }
        ),
        HaParts.Rules(
            "ha-any-header-length",
            "processes Mobility Headers that say they are shorter than their type demands",
            "rfc6275-9.2-k11",
            rules => rules with { MobilityHeader = rules.MobilityHeader.Without("HeaderLength").Replacing("WellFormed", OfWholeLength) }
        ),
        HaParts.Rules(
            "ha-no-parameter-problem",
            "drops a Mobility Header with another Payload Proto without an error",
            "rfc6275-9.2-k7",
            rules => rules with { MobilityHeader = rules.MobilityHeader.Without("PayloadProto") }
        ),
        HaParts.Rules(
            "ha-no-parameter-problem-for-length",
            "drops a Mobility Header that is too short without an error",
            "rfc6275-9.2-k11",
            rules => rules with { MobilityHeader = rules.MobilityHeader.Without("HeaderLength") }
        ),
        HaParts.Rules(
            "ha-wrong-pointer",
            "points to another octet of a Mobility Header than the wrong one",
            "rfc6275-9.2-k8",
            rules =>
                rules with
                {
                    MobilityHeader = rules.MobilityHeader.Replacing(
                        "PayloadProto",
                        received =>
                            received.Bytes[0] == MobilityHeader.PayloadProtoNone
                                ? RuleOutcome.Continue
                                : received.DiscardWithParameterProblem(2, "PayloadProto", "another header follows")
                    ),
                }
        ),
        HaParts.Rules(
            "ha-wrong-pointer-for-length",
            "points to another octet of a Mobility Header than its length",
            "rfc6275-9.2-k12",
            rules =>
                rules with
                {
                    MobilityHeader = rules.MobilityHeader.Replacing(
                        "HeaderLength",
                        received =>
                            received.Bytes[1] > 0 || received.Bytes[2] == 0
                                ? RuleOutcome.Continue
                                : received.DiscardWithParameterProblem(0, "HeaderLength", "the header is short")
                    ),
                }
        ),
        HaParts.Rules(
            "ha-unknown-type-unanswered",
            "drops a message of an unknown type without a Binding Error",
            "rfc6275-9.2-k4",
            rules =>
                rules with
                {
                    MobilityHeader = rules.MobilityHeader.Replacing(
                        "KnownType",
                        received =>
                            received.Bytes[2] <= (byte)MobilityHeaderType.BindingError
                                ? RuleOutcome.Continue
                                : received.Discard("KnownType", "the type is unknown")
                    ),
                }
        ),
        HaParts.Rules(
            "ha-reserved-octet-refused",
            "drops a Mobility Header whose Reserved field is not 0",
            "rfc6275-6.1.1-k4",
            rules =>
                rules with
                {
                    MobilityHeader = rules.MobilityHeader.Preceding(
                        "KnownType",
                        received => received.Bytes[3] == 0 ? RuleOutcome.Continue : received.Discard("Reserved", "is not 0")
                    ),
                }
        ),
        HaParts.Rules(
            "ha-reserved-flags-refused",
            "drops a Binding Update in which reserved flags are set",
            "rfc6275-6.1.7-k6",
            rules =>
                rules.WhenReceived(request =>
                    ((ushort)request.Update.Flags & ReservedFlags) == 0 ? RuleOutcome.Continue : request.Ignore("ReservedFlags", "are set")
                )
        ),
        HaParts.Rules(
            "ha-unknown-option-refused",
            "drops a Binding Update with an unknown option",
            "rfc6275-6.1.7-k9",
            rules =>
                rules.WhenReceived(request =>
                    request.Update.Options.All<UnknownOption>().Any(IsUnknown)
                        ? request.Ignore("UnknownOption", "is there")
                        : RuleOutcome.Continue
                )
        ),
        HaParts.Rules(
            "ha-stops-at-unknown-option",
            "reads no option behind an unknown one",
            "rfc6275-6.2.1-k1",
            rules =>
                rules.WhenReceived(request =>
                    request.Update.Options.SkipWhile(option => option is not UnknownOption unknown || !IsUnknown(unknown)).Any()
                    && request.Update.Options.Has<AlternateCareOfAddressOption>()
                        ? request.Ignore("UnknownOption", "the options behind it are lost")
                        : RuleOutcome.Continue
                )
        ),
        HaParts.Acting(
            "ha-binding-error-without-home-address",
            "names no home address in a Binding Error",
            "rfc6275-9.3.3-k2",
            HaParts.BindingErrors(error => error with { HomeAddress = IPAddress.IPv6Any })
        ),
        HaParts.Acting(
            "ha-binding-error-of-other-status",
            "answers an unverified home address with status 2",
            "rfc6275-9.3.1-d1",
            HaParts.BindingErrors(error => error with { Status = BindingError.UnrecognizedMobilityHeaderType })
        ),
        HaParts.Rules(
            "ha-no-binding-error",
            "drops packets with an unverified home address without a Binding Error",
            "rfc6275-9.3.1-k6",
            rules => rules with { UnverifiedHomeAddress = new([]) }
        ),
        HaParts.Any(
            "ha-update-verified",
            "takes a Binding Update only from a care-of address that is registered, once there is one",
            "rfc5648-6.5-k4",
            ha =>
                ha with
                {
                    Changes = Changes.To<HomeAgentRules>(rules =>
                        rules.WhenReceived(request =>
                            request.Bindings.Of(request.Home) is { Count: > 0 } known
                            && request.HasHomeAddressOption
                            && known.All(binding => !binding.CareOf.Equals(request.Signal.Source))
                                ? Refuse(request)
                                : RuleOutcome.Continue
                        )
                    ),
                }
        ) with
        {
            WhyMany = "no care-of address can be added or changed but from one that is registered",
        },
        HaParts.Acting(
            "ha-any-home-address-option",
            "accepts the Home Address option from every care-of address of a mobile node, registered or not",
            "rfc6275-9.3.1-k6",
            HaParts.AnyHomeAddressOption
        ),
        HaParts.Rules(
            "ha-one-care-of-address-verified",
            "accepts the Home Address option from the first care-of address alone",
            "rfc5648-6.5-k1",
            rules => rules with { Forwarding = rules.Forwarding.Replacing("HomeAddressOptionAccepted", FirstAccepted) }
        ),
    ];

    private static bool IsUnknown(UnknownOption option) =>
        (MobilityOptionType)option.OptionType
            is not (MobilityOptionType.BindingIdentifier or MobilityOptionType.MobilityHeaderLinkLayerAddress);

    private static RuleOutcome OfWholeLength(ReceivedSignal received)
    {
        var octets = received.Bytes.ToArray();
        octets[1] = (byte)((octets.Length / MobilityHeader.LengthUnit) - 1);
        if (!MobilityMessage.TryParse(octets, McoaVocabulary.Wire, out var message, out var error))
        {
            return received.Discard(error.Rule, error.Detail);
        }

        received.Message = message;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Refuse(HomeRegistration request)
    {
        request.Agent.Actions.Send(
            new Ipv6Signaling(request.Agent.Settings.Address, request.Signal.Source),
            new BindingError(BindingError.UnknownBindingForHomeAddress, request.Home, MobilityOptionList.Empty)
        );
        return request.Ignore("SourceRegistered", "the source is not registered");
    }

    private static RuleOutcome FirstAccepted(HomeAddressChange change)
    {
        if (change.CareOfAddresses is [var first, ..] && change.State.Accepted.Add(first))
        {
            change.Agent.Actions.Add(new RoleAction.AcceptHomeAddress(change.Home, first));
        }
        foreach (var old in change.State.Accepted.Except(change.CareOfAddresses.Take(1)).ToList())
        {
            change.State.Accepted.Remove(old);
            change.Agent.Actions.Add(new RoleAction.RefuseHomeAddress(change.Home, old));
        }
        return RuleOutcome.Continue;
    }
}
