using System.Runtime.CompilerServices;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that are managed wrongly, have wrong defaults, or do not use what they are told: RFC 5213, Sections 5.5, 6.9.1.1,
/// 6.9.1.2, 6.9.1.4, 6.9.4, 6.12, 9.2 and 9.3.
/// </summary>
internal static class MagManagementDeviations
{
    /// <summary>How far the clock of a MAG is ahead, in units of a timestamp, since it has adopted that of its LMA.</summary>
    private static readonly ConditionalWeakTable<GatewayState, StrongBox<ulong>> _adopted = [];

    public static IReadOnlyList<Deviation> All { get; } = [.. Managed(), .. Variables(), .. Hints(), .. Tunnels()];

    private static IEnumerable<Deviation> Managed() =>
        [
            Administers(
                "mag-fixed-variables",
                "takes a new value of EnableMAGLocalRouting without using it",
                "rfc5213-9.2-k1",
                administration => administration.InsertingBefore("VariableSet", new("9.2", "LocalRoutingIgnored", IfLocalRouting))
            ),
            Administers(
                "mag-forgets-variables",
                "does not keep the value of EnableMAGLocalRouting over a restart",
                "rfc5213-9.2-k2",
                administration => administration.InsertingBefore("VariableSaved", new("9.2", "LocalRoutingLost", AppliedButNotSaved))
            ),
            Administers(
                "mag-fixed-domain-variables",
                "does not let the variables of the domain be set",
                "rfc5213-9.3-k1",
                administration => administration.InsertingBefore("VariableSet", new("9.3", "DomainVariableIgnored", IfOfDomain))
            ),
            Administers(
                "mag-forgets-domain-variables",
                "does not keep the values of the variables of the domain over a restart",
                "rfc5213-9.3-k2",
                administration => administration.Replacing("VariableSaved", request => RuleOutcome.Continue)
            ),
            Administers(
                "mag-terminates-without-a-word",
                "ends a session that the operator terminates without a de-registration",
                "rfc5213-6.9.1.4-k1",
                administration => administration.Replacing("SessionsTerminated", EndedAtOnce)
            ),
            Deviation.OfMag(
                "mag-serves-the-terminated",
                "de-registers a mobile node whose session the operator terminates, but does not clean up after it",
                "rfc5213-6.9.1.4-k7",
                TerminatedServedOn
            ),
            Administers(
                "mag-never-forgives",
                "never registers a mobile node again for which proxy registration was not enabled, whatever the operator does",
                "rfc5213-6.9.1.1-k2",
                administration => administration.Without("RegistrationEnabled")
            ),
            Deviation.OfMag(
                "mag-silent-about-withdrawn-prefix",
                "does not advertise a withdrawn prefix with lifetime 0",
                "rfc5213-6.12-k1",
                rules => rules with { PrefixWithdrawal = rules.PrefixWithdrawal.Without("Advertised") }
            ),
            Deviation.OfMag(
                "mag-forwards-withdrawn-prefix",
                "goes on to forward packets of a prefix that is withdrawn",
                "rfc5213-6.12-k2",
                rules => rules with { PrefixWithdrawal = rules.PrefixWithdrawal.Without("RoutesRemoved").Without("LastPrefix") }
            ),
        ];

    private static IEnumerable<Deviation> Variables() =>
        [
            Sets(
                "mag-default-without-timestamps",
                "orders messages by sequence numbers if nothing else is configured",
                "rfc5213-9.3-d1",
                settings => settings with { TimestampBasedApproachInUse = settings.MobileNodeGeneratedTimestampInUse }
            ),
            Sets(
                "mag-default-of-mobile-node-timestamps",
                "sends on the timestamps of mobile nodes if nothing else is configured",
                "rfc5213-9.3-d2",
                settings => settings with { MobileNodeGeneratedTimestampInUse = settings.TimestampBasedApproachInUse }
            ),
            Sets(
                "mag-own-timestamps-only",
                "sends its own time although the mobile node has given a timestamp",
                "rfc5213-9.3-k6",
                settings => settings with { MobileNodeGeneratedTimestampInUse = false }
            ),
            Constructs(
                "mag-timestamp-beside-sequence-number",
                "sends a Timestamp option although sequence numbers order the messages",
                "rfc5213-9.3-k5",
                update => update.Replacing("Timestamp", TimestampAlways)
            ) with
            {
                WhyMany = "the flag is asked for as configured, as set and after a restart",
            },
            Deviation.OfMag(
                "mag-adopts-the-clock-of-the-lma",
                "sets its clock by the timestamp in a rejection with status 156",
                "rfc5213-6.9.1.2-k14",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing("TimestampMismatch", ClockAdopted),
                        Construction = rules.Construction.InsertingBefore(
                            "SequenceNumber",
                            new("6.9.1.1(6)", "AdoptedClock", AdoptedClock)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-unlimited-rate",
                "sends as many messages for a mobile node within a second as there are events",
                "rfc5213-6.9.4-d2",
                rules => rules with { Retransmission = rules.Retransmission.Without("RateLimited") }
            ),
        ];

    private static IEnumerable<Deviation> Hints() =>
        [
            Hint("mag-no-new-interface", HandoffIndicator.AttachmentOverNewInterface, "rfc5213-6.9.1.1-k10"),
            Hint("mag-no-handoff-between-interfaces", HandoffIndicator.HandoffBetweenInterfaces, "rfc5213-6.9.1.1-k11"),
            Hint("mag-no-handoff-between-gateways", HandoffIndicator.HandoffBetweenMobileAccessGateways, "rfc5213-6.9.1.1-k12"),
        ];

    private static IEnumerable<Deviation> Tunnels() =>
        [
            Deviation.OfMag(
                "mag-keeps-tunnel",
                "keeps the tunnel to the LMA when the last mobile node has left",
                "rfc5213-6.9.1.4-k8",
                rules => rules with { EndOfAttachment = rules.EndOfAttachment.Without("TunnelReleased") }
            ),
        ];

    private static Deviation Administers(
        string name,
        string description,
        string statement,
        Func<RuleList<AdministrativeRequest>, RuleList<AdministrativeRequest>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Administration = change(rules.Administration) });

    private static Deviation Sets(
        string name,
        string description,
        string statement,
        Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings> change
    ) =>
        Deviation.Of(name, description, statement, mag => mag with { Changes = Changes.To<MobileAccessGatewaySettings>(change) }) with
        {
            Roles = ["MAG", "E2E"],
        };

    private static Deviation Constructs(
        string name,
        string description,
        string statement,
        Func<RuleList<UpdateDraft>, RuleList<UpdateDraft>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Construction = change(rules.Construction) });

    /// <summary>A MAG that does not use one hint of the access network.</summary>
    private static Deviation Hint(string name, HandoffIndicator unused, string statement) =>
        Constructs(
            name,
            $"indicates an unknown handoff state although the access network has said {(byte)unused}",
            statement,
            update =>
                update.Replacing(
                    "HandoffStateUnknown",
                    draft =>
                    {
                        draft.HandoffIndicator =
                            draft.Attachment.MobileNode.Hint is { } hint && hint != unused ? hint : HandoffIndicator.HandoffStateUnknown;
                        return RuleOutcome.Continue;
                    }
                )
        );

    private static bool IsLocalRouting(AdministrativeRequest request) =>
        request.Action is AdministrativeAction.SetVariable { Name: nameof(MobileAccessGatewaySettings.EnableMAGLocalRouting) };

    private static RuleOutcome IfLocalRouting(AdministrativeRequest request) =>
        IsLocalRouting(request) ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome IfOfDomain(AdministrativeRequest request) =>
        request.Action is AdministrativeAction.SetVariable && !IsLocalRouting(request) ? RuleOutcome.Stop : RuleOutcome.Continue;

    /// <summary>The rules after this one apply the variable, but the one that saves it must not.</summary>
    private static RuleOutcome AppliedButNotSaved(AdministrativeRequest request)
    {
        if (!IsLocalRouting(request))
        {
            return RuleOutcome.Continue;
        }

        request.Gateway.Rules.Administration.Without("VariableSet").Without("LocalRoutingLost").Without("VariableSaved").Apply(request);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome EndedAtOnce(AdministrativeRequest request)
    {
        var (gateway, action, _) = request;
        if (action is AdministrativeAction.TerminateSessions { MobileNode: var ended })
        {
            foreach (var attachment in gateway.Attachments.Where(known => known.MobileNode.Identifier == ended).ToList())
            {
                gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(gateway, attachment));
            }
        }

        return RuleOutcome.Continue;
    }

    private static MobileAccessGatewayRules TerminatedServedOn(MobileAccessGatewayRules rules)
    {
        var terminated = new HashSet<MobileNodeIdentifierOption>();
        return rules with
        {
            Administration = rules.Administration.InsertingBefore(
                "SessionsTerminated",
                new("6.9.1.4(1)", "TerminationNoted", NoteTermination)
            ),
            EndOfAttachment = rules.EndOfAttachment.InsertingBefore("EntryRemoved", new("6.9.1.4 end (1)", "ServedOn", ServeOn)),
        };

        RuleOutcome NoteTermination(AdministrativeRequest request)
        {
            if (request.Action is AdministrativeAction.TerminateSessions { MobileNode: var ended })
            {
                terminated.Add(ended);
            }

            return RuleOutcome.Continue;
        }

        RuleOutcome ServeOn(EndingAttachment ending) =>
            terminated.Remove(ending.Attachment.MobileNode.Identifier) ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome TimestampAlways(UpdateDraft draft)
    {
        var (time, last) = (Timestamp.FromUtc(draft.Now.Utc), draft.Gateway.LastTimestamp);
        draft.Timestamp = draft.Gateway.LastTimestamp = last >= time ? new Timestamp(last.Value + 1) : time;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ClockAdopted(ReceivedAcknowledgement received)
    {
        if (
            received.Acknowledgement is { Status: BindingStatus.TIMESTAMP_MISMATCH } rejection
            && rejection.Options.First<TimestampOption>() is { Value: var time }
        )
        {
            var ahead = unchecked(time.Value - Timestamp.FromUtc(received.Now.Utc).Value);
            _adopted.AddOrUpdate(received.Gateway, new StrongBox<ulong>(ahead));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AdoptedClock(UpdateDraft draft)
    {
        if (draft.Timestamp is { } time && _adopted.TryGetValue(draft.Gateway, out var ahead))
        {
            draft.Timestamp = new Timestamp(unchecked(time.Value + ahead.Value));
        }
        return RuleOutcome.Continue;
    }
}
