using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that register, extend, repeat and end registrations wrongly: RFC 5213, Sections 6.9.1.1, 6.9.1.3 to 6.9.1.5
/// and 6.9.4.
/// </summary>
internal static class MagUpdateDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. First(), .. Later(), .. Repeated()];

    private static IEnumerable<Deviation> First() =>
        [
            Deviation.Of(
                "mag-knows-nobody",
                "registers only one of the mobile nodes that have to be identified by link-layer address",
                "rfc5213-6.9.1.1-k2",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                            settings with
                            {
                                Identification = [settings.Identification[^1] with { MacPattern = "02:5e:00:00:00:01" }],
                            }
                        ),
                    }
            ),
            Deviation.Of(
                "mag-ignores-carrier",
                "does not register the mobile node that an access link is bound to when the link comes up",
                "rfc5213-6.9.1.1-k2",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                            settings with
                            {
                                AccessLinks = [.. settings.AccessLinks.Select(link => link with { BoundIdentifier = null })],
                            }
                        ),
                    }
            ),
            Constructs(
                "mag-no-proxy-flag",
                "sends its registrations with the P flag clear",
                "rfc5213-8.1-k1",
                update => update.Replacing("Flags", AcknowledgeFlagAlone)
            ),
            Constructs(
                "mag-no-timestamp",
                "leaves out the Timestamp option although messages are ordered by timestamps",
                "rfc5213-6.9.1.1-k16",
                update => update.Without("Timestamp")
            ),
            Constructs(
                "mag-time-in-whole-seconds",
                "gives its time of day in whole seconds",
                "rfc5213-8.8-d2",
                update => update.InsertingBefore("SequenceNumber", new("8.8", "WholeSeconds", WholeSeconds))
            ),
            Constructs(
                "mag-first-timestamp-always",
                "puts a Timestamp option into first registrations although sequence numbers order them",
                "rfc5213-9.3-k5",
                update => update.InsertingBefore("SequenceNumber", new("9.3", "FirstTimestamp", FirstTimestamp))
            ),
            Constructs(
                "mag-interface-as-eui-64",
                "sends the interface identifier of a mobile node, and not its link-layer address",
                "rfc5213-8.6-d1",
                update => update.InsertingBefore("AccessTechnologyType", new("8.6", "InterfaceIdentifier", InterfaceIdentifier))
            ),
            Constructs(
                "mag-interface-of-zeros",
                "sends a Mobile Node Link-layer Identifier of zeros for an unknown interface",
                "rfc5213-6.9.1.1-k19",
                update => update.Replacing("LinkLayerIdentifier", InterfaceAlways)
            ),
            Constructs(
                "mag-asks-for-fixed-address",
                "requests a link-local address although it is fixed",
                "rfc5213-6.9.1.1-k23",
                update => update.Replacing("LinkLocalAddress", AddressAlways)
            ) with
            {
                WhyMany = "the answer to the request takes the place of the fixed address, and the upload of that is missing",
            },
            Constructs(
                "mag-local-time",
                "writes local time, which is an hour ahead, into its timestamps",
                "rfc5213-5.5-k11",
                update => update.Replacing("Timestamp", MagVariants.AnHourLater)
            ) with
            {
                WhyMany = "the clock of timestamps is a rule, a variable and its value after a restart",
            },
        ];

    private static IEnumerable<Deviation> Later() =>
        [
            Deviation.OfMag(
                "mag-new-interface-in-extension",
                "reports every lifetime extension as an attachment over a new interface",
                "rfc5213-6.9.1.3-k3",
                rules => rules with { LifetimeExtension = rules.LifetimeExtension.Replacing("HandoffStateNotChanged", NewInterface) }
            ),
            Deviation.OfMag(
                "mag-one-prefix-in-extension",
                "names only one prefix when it extends a binding with two",
                "rfc5213-6.9.1.3-k2",
                rules => rules with { LifetimeExtension = rules.LifetimeExtension.Replacing("AssignedPrefixes", FirstPrefixAsked) }
            ),
            Deviation.OfMag(
                "mag-one-prefix-in-de-registration",
                "names only one prefix when it de-registers a binding with two",
                "rfc5213-6.9.1.4-k3",
                rules => rules with { DeRegistration = rules.DeRegistration.Replacing("AssignedPrefixes", FirstPrefixAsked) }
            ),
            Deviation.OfMag(
                "mag-new-interface-in-de-registration",
                "reports a de-registration as an attachment over a new interface",
                "rfc5213-6.9.1.4-k4",
                rules => rules with { DeRegistration = rules.DeRegistration.Replacing("HandoffStateUnknown", NewInterface) }
            ),
            Deviation.OfMag(
                "mag-tunnel-taken-down",
                "removes the tunnel that other mobile nodes use",
                "rfc5213-5.6.1-d1",
                rules => rules with { EndOfAttachment = rules.EndOfAttachment.Replacing("TunnelReleased", TunnelRemoved) }
            ) with
            {
                WhyMany = "every other user loses the tunnel, and each statement is about another one",
            },
        ];

    private static IEnumerable<Deviation> Repeated() =>
        [
            Deviation.OfMag(
                "mag-no-back-off",
                "repeats an unanswered registration every second",
                "rfc5213-6.9.4-k4a",
                rules => rules with { Retransmission = rules.Retransmission.Replacing("TimeoutDoubled", TimeoutKept) }
            ),
            Deviation.OfMag(
                "mag-endless-back-off",
                "doubles the interval between repetitions without limit",
                "rfc5213-6.9.4-k4b",
                rules => rules with { Retransmission = rules.Retransmission.Replacing("TimeoutDoubled", TimeoutUnlimited) }
            ),
            Deviation.OfMag(
                "mag-stale-timestamp",
                "repeats an unanswered registration with the original timestamp",
                "rfc5213-6.9.4-k6",
                rules => rules with { Retransmission = rules.Retransmission.Without("MessageRebuilt") }
            ),
            Constructs(
                "mag-same-number-repeated",
                "repeats an unanswered registration with the original sequence number, although it sends no timestamps",
                "rfc5213-6.9.4-k7",
                update => NumbersKept(update, withTimestamps: false)
            ),
            Deviation.OfMag(
                "mag-endless-repetition",
                "continues to register a mobile node that has left",
                "rfc5213-6.9.4-k3",
                rules => rules with { EndOfAttachment = rules.EndOfAttachment.Without("EntryRemoved") }
            ) with
            {
                WhyMany = "the message that is repeated is in the place of the one that comes next",
            },
        ];

    /// <summary>Gives all transmissions of a request the sequence number of the first.</summary>
    /// <param name="withTimestamps">Whether a MAG does so that sends timestamps, or one that does not.</param>
    internal static RuleList<UpdateDraft> NumbersKept(RuleList<UpdateDraft> update, bool withTimestamps)
    {
        var next = update.First(rule => rule.Name == "SequenceNumber");
        return update.Replacing(
            next.Name,
            draft =>
            {
                if (draft.Update.Message is not { } earlier || draft.Gateway.Settings.TimestampBasedApproachInUse != withTimestamps)
                {
                    return next.Apply(draft);
                }

                draft.SequenceNumber = earlier.SequenceNumber;
                return RuleOutcome.Continue;
            }
        );
    }

    private static Deviation Constructs(
        string name,
        string description,
        string statement,
        Func<RuleList<UpdateDraft>, RuleList<UpdateDraft>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Construction = change(rules.Construction) });

    private static RuleOutcome WholeSeconds(UpdateDraft draft)
    {
        draft.Timestamp = draft.Timestamp is { } time ? new Timestamp(time.Value >> 16 << 16) : null;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstTimestamp(UpdateDraft draft)
    {
        if (draft.Update.Kind == UpdateKind.Initial)
        {
            draft.Timestamp ??= Timestamp.FromUtc(draft.Now.Utc);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 4291, Appendix A.</summary>
    private static RuleOutcome InterfaceIdentifier(UpdateDraft draft)
    {
        if (draft.LinkLayerIdentifier is { Length: 6, Span: var address })
        {
            draft.LinkLayerIdentifier = new OctetString([(byte)(address[0] ^ 2), .. address[1..3], 0xff, 0xfe, .. address[3..]]);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AcknowledgeFlagAlone(UpdateDraft draft)
    {
        draft.Flags |= BindingUpdateFlags.Acknowledge;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome InterfaceAlways(UpdateDraft draft)
    {
        draft.LinkLayerIdentifier = draft.Attachment.MobileNode.LinkLayerIdentifier ?? new OctetString(new byte[6]);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressAlways(UpdateDraft draft)
    {
        draft.LinkLocalAddress = System.Net.IPAddress.IPv6Any;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NewInterface(UpdateDraft draft)
    {
        draft.HandoffIndicator = HandoffIndicator.AttachmentOverNewInterface;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstPrefixAsked(UpdateDraft draft)
    {
        draft.HomeNetworkPrefixes = [.. draft.Update.HomeNetworkPrefixes.Take(1)];
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimeoutKept(UpdateTransmission transmission)
    {
        transmission.Timeout = transmission.Gateway.Settings.InitialBindackTimeout;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimeoutUnlimited(UpdateTransmission transmission)
    {
        if (!transmission.IsFirst)
        {
            transmission.Timeout = transmission.Update.Timeout * 2;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelRemoved(EndingAttachment ending)
    {
        ending.Gateway.Actions.Add(new RoleAction.RemoveTunnel(ending.Gateway.TunnelOf(ending.Attachment)));
        return RuleOutcome.Continue;
    }
}
