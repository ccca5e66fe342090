using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that do not clean up after a mobile node, or do not register one that returns: RFC 5213, Sections 6.9.1.1 and
/// 6.9.1.4.
/// </summary>
internal static class MagDepartureDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Returns(), .. CleanUps()];

    private static IEnumerable<Deviation> Returns() =>
        [
            Deviation.OfMag(
                "mag-knows-the-departed",
                "takes a mobile node that it has de-registered for one that it has registered, and does not register it again",
                "rfc5213-6.9.1.1-k2",
                DepartedRemembered
            ),
            Deviation.OfMag(
                "mag-deaf-while-de-registering",
                "takes no notice of a mobile node on a link until the de-registration of the one before has ended",
                "rfc5213-6.9.1.1-k2",
                rules =>
                    rules with
                    {
                        Detection = rules.Detection.Replacing(
                            "AnyEvent",
                            detected =>
                                detected.Gateway.TryFind(detected.Link, out var attachment) && attachment is Attachment.DeRegistering
                                    ? RuleOutcome.Stop
                                    : RuleOutcome.Continue
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-ends-the-old-session-again",
                "repeats the de-registration of a mobile node that has left when it comes back",
                "rfc5213-6.9.1.4-k6",
                DeRegistrationRepeated
            ),
            Deviation.OfMag(
                "mag-entry-of-the-departed-kept",
                "keeps the entry of a mobile node that has left, as if it were still there",
                "rfc5213-6.9.1.1-k2",
                rules =>
                    rules with
                    {
                        EndOfAttachment = rules.EndOfAttachment.Replacing(
                            "EntryRemoved",
                            ending =>
                            {
                                ending.Gateway.CancelDeadlines(ending.Attachment.Link);
                                return RuleOutcome.Continue;
                            }
                        ),
                    }
            ),
        ];

    private static MobileAccessGatewayRules DeRegistrationRepeated(MobileAccessGatewayRules rules)
    {
        var departures = new Dictionary<MobileNodeIdentifierOption, BindingUpdate>();
        return rules with
        {
            Retransmission = rules.Retransmission.InsertingBefore("InitialTimeout", new("6.9.1.4", "DeRegistrationRepeated", Repeat)),
        };

        RuleOutcome Repeat(UpdateTransmission transmission)
        {
            var (gateway, mobileNode) = (transmission.Gateway, transmission.Attachment.MobileNode.Identifier);
            if (transmission.Update.Kind == UpdateKind.DeRegistration)
            {
                departures[mobileNode] = transmission.Message;
            }
            else if (departures.Remove(mobileNode, out var departure))
            {
                gateway.Actions.Send(PathOf(transmission.Attachment, gateway), departure);
            }

            return RuleOutcome.Continue;
        }
    }

    private static Ipv6Signaling PathOf(Attachment attachment, GatewayState gateway) =>
        new(gateway.Settings.ProxyCareOfAddress, attachment.MobileNode.AnchorAddress);

    private static MobileAccessGatewayRules DeRegisteredTwice(MobileAccessGatewayRules rules)
    {
        var answered = new HashSet<LinkId>();
        return rules with
        {
            ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.InsertingBefore(
                "DeRegistrationAnswered",
                new("6.9.1.4", "AnswerNoted", Note)
            ),
            EndOfAttachment = rules.EndOfAttachment.InsertingBefore("EntryRemoved", new("6.9.1.4 end (1)", "SentAgain", SendAgain)),
        };

        RuleOutcome Note(ReceivedAcknowledgement received)
        {
            if (received.Attachment is not Attachment.DeRegistering { Link: var link })
            {
                return RuleOutcome.Continue;
            }

            answered.Add(link);
            received.Gateway.Deadlines.Set(new GatewayDeadline.EndOfDeRegistration(link), received.Now.Monotonic + TimeSpan.FromSeconds(5));
            return RuleOutcome.Stop;
        }

        RuleOutcome SendAgain(EndingAttachment ending)
        {
            var (gateway, attachment) = (ending.Gateway, ending.Attachment);
            if (answered.Remove(attachment.Link) && attachment.Request is { Message: { } message })
            {
                gateway.Actions.Send(PathOf(attachment, gateway), message);
            }

            return RuleOutcome.Continue;
        }
    }

    private static IEnumerable<Deviation> CleanUps() =>
        [
            Deviation.OfMag(
                "mag-de-registers-twice",
                "sends each de-registration once more some seconds after it has been answered",
                "rfc5213-6.9.1.4-k6",
                DeRegisteredTwice
            ) with
            {
                WhyMany = "the clean-up is due when the first one is answered",
            },
            Deviation.OfMag(
                "mag-deaf-to-the-end",
                "takes no notice of the answer to a de-registration, and cleans up only when it has waited for it",
                "rfc5213-6.9.1.4-k5a",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing(
                            "DeRegistrationAnswered",
                            received => received.Attachment is Attachment.DeRegistering ? RuleOutcome.Stop : RuleOutcome.Continue
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-de-registration-extends",
                "keeps the binding of a mobile node that has left if the answer to its de-registration grants a lifetime",
                "rfc5213-6.9.1.4-k5a",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.InsertingBefore(
                            "DeRegistrationAnswered",
                            new("6.9.1.4", "TakenForAnExtension", TakenForAnExtension)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-waits-for-ever",
                "cleans up only when its de-registration is answered",
                "rfc5213-6.9.1.4-k5b",
                OnlyWhenAnswered
            ),
            KeepsRoutes(
                "mag-delivery-routes-stay",
                "keeps its end of the link, and the routes by which it delivers to a mobile node that has left",
                route => route.Target is RouteTarget.OnLink,
                end => end.Without("LinkTornDown")
            ) with
            {
                WhyMany = "one clean-up has a statement on what it does, two on when it is due, and one on what it makes possible",
            },
            KeepsRoutes(
                "mag-tunnel-routes-stay",
                "keeps the routes by which it tunnels what a mobile node that has left sends",
                route => route.Target is RouteTarget.IntoTunnel,
                end => end
            ) with
            {
                WhyMany = "one clean-up has a statement on what it does, two on when it is due, and one on what it is for",
            },
        ];

    private static Deviation KeepsRoutes(
        string name,
        string description,
        Func<Route, bool> isKept,
        Func<RuleList<EndingAttachment>, RuleList<EndingAttachment>> change
    ) =>
        Deviation.OfMag(
            name,
            description,
            "rfc5213-6.9.1.4-k7",
            rules =>
                rules with
                {
                    EndOfAttachment = change(rules.EndOfAttachment)
                        .Replacing(
                            "RoutesRemoved",
                            ending =>
                            {
                                var (gateway, link) = (ending.Gateway, ending.Attachment.Link);
                                var prefixes = ending.Attachment is Attachment.DeRegistering { Registration.HomeNetworkPrefixes: var had }
                                    ? had
                                    : [];
                                gateway.Forwarding.RemoveRoutes(
                                    link,
                                    keep: MagForwardingDeviations.Routes(gateway, ending.Attachment, prefixes).Where(isKept)
                                );
                                return RuleOutcome.Continue;
                            }
                        ),
                }
        );

    private static MobileAccessGatewayRules DepartedRemembered(MobileAccessGatewayRules rules)
    {
        var departed = new HashSet<MobileNodeIdentifierOption>();
        return rules with
        {
            EndOfAttachment = rules.EndOfAttachment.InsertingBefore("EntryRemoved", new("6.9.1.4", "Remembered", Remembered)),
            Retransmission = rules.Retransmission.InsertingBefore("InitialTimeout", new("6.9.1.1(1)", "Known", Known)),
        };

        RuleOutcome Remembered(EndingAttachment ending)
        {
            if (ending.Attachment is Attachment.DeRegistering left)
            {
                departed.Add(left.MobileNode.Identifier);
            }

            return RuleOutcome.Continue;
        }

        RuleOutcome Known(UpdateTransmission transmission) =>
            transmission.Update.Kind == UpdateKind.Initial && departed.Contains(transmission.Attachment.MobileNode.Identifier)
                ? RuleOutcome.Stop
                : RuleOutcome.Continue;
    }

    private static RuleOutcome TakenForAnExtension(ReceivedAcknowledgement received)
    {
        if (
            received is
            {
                Acknowledgement: { IsRejection: false, LifetimeUnits: > 0 },
                Attachment: Attachment.DeRegistering(var link, var mobileNode, var registration, var update)
            }
        )
        {
            received.Attachment = new Attachment.Extending(link, mobileNode, registration, update);
        }

        return RuleOutcome.Continue;
    }

    private static MobileAccessGatewayRules OnlyWhenAnswered(MobileAccessGatewayRules rules)
    {
        var answered = new HashSet<LinkId>();
        return rules with
        {
            ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.InsertingBefore(
                "DeRegistrationAnswered",
                new("6.9.1.4", "AnswerNoted", AnswerNoted)
            ),
            EndOfAttachment = rules.EndOfAttachment.InsertingBefore("EntryRemoved", new("6.9.1.4", "AnswerRequired", AnswerRequired)),
        };

        RuleOutcome AnswerNoted(ReceivedAcknowledgement received)
        {
            if (received.Attachment is Attachment.DeRegistering attachment)
            {
                answered.Add(attachment.Link);
            }

            return RuleOutcome.Continue;
        }

        RuleOutcome AnswerRequired(EndingAttachment ending)
        {
            if (ending.Attachment is not Attachment.DeRegistering || answered.Remove(ending.Attachment.Link))
            {
                return RuleOutcome.Continue;
            }

            ending.Gateway.CancelDeadlines(ending.Attachment.Link);
            return RuleOutcome.Stop;
        }
    }
}
