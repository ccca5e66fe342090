using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5213, Section 6.9.1.2, in the order of its items; items 1 and 2 are applied to the Mobility Header earlier
/// (<see cref="ProtectionRules"/>, <see cref="MobilityHeaderRules"/>). Items 12 to 15 are in <see cref="AcceptedRegistrationRules"/>.
/// </summary>
internal static class AcknowledgementProcessingRules
{
    public static RuleList<ReceivedAcknowledgement> Default { get; } =
        new([
            new("6.9.1.2(1)", "ProxyAcknowledgement", ProxyAcknowledgement),
            new("6.9.1.2(1)", "FromAnchor", FromAnchor),
            new("6.9.1.2(4)", "Type2RoutingHeaderNotRequired", Type2RoutingHeaderNotRequired),
            new("6.9.1.2(5)", "MatchesRequest", MatchesRequest),
            new("6.9.1.2(3)", "SequenceNumberResynchronized", SequenceNumberResynchronized),
            new("6.9.1.2(6)", "EchoesRequest", EchoesRequest),
            new("6.9.1.2(7)", "NotEnabled", NotEnabled),
            new("6.9.1.4", "DeRegistrationAnswered", DeRegistrationAnswered),
            new("RFC 5844 3.2.3.3", "ReleaseAnswered", ReleaseAnswered),
            new("6.9.1.2(8)", "TimestampLower", TimestampLower),
            new("6.9.1.2(9)", "TimestampMismatch", TimestampMismatch),
            new("6.9.1.2(10)", "PrefixesNotAuthorized", PrefixesNotAuthorized),
            .. Ipv4AcknowledgementRules.Rejected,
            new("6.9.1.2(11)", "ServiceDenied", ServiceDenied),
            .. AcceptedRegistrationRules.Default,
        ]);

    private static RuleOutcome ProxyAcknowledgement(ReceivedAcknowledgement received) =>
        received.Acknowledgement.IsProxy
            ? RuleOutcome.Continue
            : received.Ignore("ProxyAcknowledgement", "a Binding Acknowledgement without the P flag is not for a MAG");

    /// <summary>An LMA answers for its own mobile nodes only.</summary>
    private static RuleOutcome FromAnchor(ReceivedAcknowledgement received)
    {
        if (!received.Gateway.Settings.IsAnchor(received.Signal.Source))
        {
            return received.Ignore("FromAnchor", "this is not the address of the LMA");
        }

        received.Candidates = received.Candidates.Where(attachment => attachment.MobileNode.IsAnchorOf(received.Signal.Path));
        return RuleOutcome.Continue;
    }

    /// <summary>The check of RFC 6275, Section 11.7.3, would belong here; it is not made.</summary>
    private static RuleOutcome Type2RoutingHeaderNotRequired(ReceivedAcknowledgement received) => RuleOutcome.Continue;

    /// <summary>Finds the request by sequence number and, if several requests have that number, by mobile node.</summary>
    private static RuleOutcome MatchesRequest(ReceivedAcknowledgement received)
    {
        // With status 135, the sequence number is the LMA's last accepted one, not the request's (RFC 6275, Section 11.7.3).
        var isOutOfWindow = received.Acknowledgement.Status == BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW;
        var answered = received
            .Candidates.Where(attachment =>
                attachment.Request is { } request
                && (isOutOfWindow || request.SequenceNumbers.Contains(received.Acknowledgement.SequenceNumber))
            )
            .ToList();
        received.Attachment =
            answered.FirstOrDefault(attachment => attachment.MobileNode.Identifier == received.MobileNode)
            ?? (isOutOfWindow ? null : answered.FirstOrDefault());
        received.Answered = received.Attachment?.Request?.Message;
        return received.Attachment is null ? received.Ignore("MatchesRequest", "it does not answer a request") : RuleOutcome.Continue;
    }

    /// <summary>
    /// RFC 5213, Section 5.5, and RFC 6275, Section 11.7.3: continue from the LMA's sequence number. An LMA that gives this status compares
    /// sequence numbers, whatever orders the messages of this MAG. Applied after item 5, which finds the request.
    /// </summary>
    private static RuleOutcome SequenceNumberResynchronized(ReceivedAcknowledgement received)
    {
        var (gateway, sequenceNumber) = (received.Gateway, received.Acknowledgement.SequenceNumber);
        if (
            received.Acknowledgement.Status != BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW
            || received.Attachment is not { Request: { } request } attachment
        )
        {
            return RuleOutcome.Continue;
        }

        if (!gateway.Settings.TimestampBasedApproachInUse)
        {
            gateway.SessionSequenceNumbers[attachment.MobileNode.Identifier] = sequenceNumber;
        }
        else if ((short)(sequenceNumber - gateway.LastSequenceNumber) > 0)
        {
            gateway.LastSequenceNumber = sequenceNumber;
        }

        received.RegisterAgainWith = request.HomeNetworkPrefixes;
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The LMA returns these options unchanged. A message with other values is not an answer, and the request is not
    /// retransmitted.
    /// </summary>
    private static RuleOutcome EchoesRequest(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not { Request: { Message: { } message } request } attachment)
        {
            return RuleOutcome.Continue;
        }

        var (asked, answered) = (message.Options, received.Acknowledgement.Options);
        if (
            IsEcho<HandoffIndicatorOption>(asked, answered)
            && IsEcho<AccessTechnologyTypeOption>(asked, answered)
            && IsEcho<MobileNodeLinkLayerIdentifierOption>(asked, answered)
            && IsEcho<MobileNodeIdentifierOption>(asked, answered)
        )
        {
            return RuleOutcome.Continue;
        }

        received.Gateway.Deadlines.Cancel(new GatewayDeadline.Transmission(attachment.Link));
        received.Gateway.Put(attachment.With(request with { IsGivenUp = true }));
        return received.Ignore("EchoesRequest", "an option differs from the request's: the request is not retransmitted");
    }

    private static RuleOutcome NotEnabled(ReceivedAcknowledgement received)
    {
        if (received is { Acknowledgement.Status: BindingStatus.PROXY_REG_NOT_ENABLED, Attachment: { } attachment })
        {
            received.Gateway.NotEnabled.Add(attachment.MobileNode.Identifier);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DeRegistrationAnswered(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not Attachment.DeRegistering attachment)
        {
            return RuleOutcome.Continue;
        }

        if (!received.Acknowledgement.IsRejection)
        {
            received.Gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(received.Gateway, attachment));
        }
        return RuleOutcome.Stop;
    }

    /// <summary>The IPv4 home address was given up with the request; whatever the LMA says, the rest of the session goes on.</summary>
    private static RuleOutcome ReleaseAnswered(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not Attachment.Extending { Update.Kind: UpdateKind.Ipv4Release } attachment)
        {
            return RuleOutcome.Continue;
        }

        received.Gateway.Deadlines.Cancel(new GatewayDeadline.Transmission(attachment.Link));
        received.Gateway.Put(new Attachment.Registered(attachment.Link, attachment.MobileNode, attachment.Registration));
        return RuleOutcome.Stop;
    }

    private static RuleOutcome TimestampLower(ReceivedAcknowledgement received)
    {
        if (received is { Acknowledgement.Status: BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED, Attachment.Request: { } request })
        {
            received.RegisterAgainWith = request.HomeNetworkPrefixes;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>No new attempt until the next attachment: the clock must be synchronized first, and not from the LMA's timestamp.</summary>
    private static RuleOutcome TimestampMismatch(ReceivedAcknowledgement received)
    {
        if (received.Acknowledgement.Status == BindingStatus.TIMESTAMP_MISMATCH)
        {
            received.Gateway.Actions.Log("TimestampMismatch", "the clocks of this MAG and the LMA disagree");
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The rejected prefixes are not requested again; the next request leaves the choice to the LMA, unless this one did so
    /// already.
    /// </summary>
    private static RuleOutcome PrefixesNotAuthorized(ReceivedAcknowledgement received)
    {
        if (
            received is
            {
                Acknowledgement.Status: BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX,
                Attachment.Request.HomeNetworkPrefixes.Count: > 0
            }
        )
        {
            received.RegisterAgainWith = [];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ServiceDenied(ReceivedAcknowledgement received)
    {
        if (!received.Acknowledgement.IsRejection || received.Attachment is not { } attachment)
        {
            return RuleOutcome.Continue;
        }

        var versions = (attachment.Request?.IpVersions ?? IpVersions.None) & received.Gateway.IpVersionsOf(attachment.MobileNode);
        received.Gateway.Rules.EndOfService.Apply(new DeniedService(received.Gateway, attachment, received.Acknowledgement.Status));
        if (received.RegisterAgainWith is { } prefixes && versions != IpVersions.None)
        {
            RegisterAgain(received, attachment, prefixes);
        }
        else
        {
            received.Gateway.Rules.RegularAccess.Apply(new RegularNode(received.Gateway, attachment.Link, attachment.MobileNode));
            DhcpExchange.Resume(received.Gateway, attachment.Link, received.Now);
        }
        return RuleOutcome.Stop;
    }

    /// <summary>
    /// Registers again after a rejection that a different request may avoid: immediately the first time. If the second request is
    /// rejected as well, the next one waits for the retransmission time, so that the MAG and the LMA do not loop.
    /// </summary>
    private static void RegisterAgain(ReceivedAcknowledgement received, Attachment rejected, IReadOnlyList<Ipv6Prefix> prefixes)
    {
        if (rejected.Request is not { } request)
        {
            return;
        }

        var (gateway, now) = (received.Gateway, received.Now);
        var versions = request.IpVersions & gateway.IpVersionsOf(rejected.MobileNode);
        var kind = prefixes.Count == 0 ? UpdateKind.Initial : request.Kind;
        var update = new PendingUpdate(kind, prefixes)
        {
            IpVersions = versions,
            Ipv4HomeAddresses = received.RegisterAgainWithIpv4 ?? request.Ipv4HomeAddresses,
            IsSecondAttempt = true,
        };
        if (!request.IsSecondAttempt)
        {
            gateway.Put(new Attachment.Registering(rejected.Link, rejected.MobileNode, update));
            UpdateTransmission.Run(gateway, rejected.Link, now);
            return;
        }

        gateway.Put(
            new Attachment.Registering(
                rejected.Link,
                rejected.MobileNode,
                update with
                {
                    Message = request.Message,
                    Path = request.Path,
                    ProtectedFor = request.ProtectedFor,
                    Timeout = request.Timeout,
                }
            )
        );
        if (request.Timeout > TimeSpan.Zero)
        {
            gateway.Deadlines.Set(new GatewayDeadline.Transmission(rejected.Link), now.Monotonic + request.Timeout);
        }
    }

    private static bool IsEcho<TOption>(MobilityOptionList asked, MobilityOptionList answered)
        where TOption : MobilityOption => answered.First<TOption>() is not { } option || option == asked.First<TOption>();
}
