using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5213, Section 6.9.1.1(1): an identified mobile node is on an access link. The section leaves open how a mobile node is
/// detected: by default, by any event.
/// </summary>
internal static class DetectionRules
{
    public static RuleList<DetectionEvent> Default { get; } =
        new(
            new("6.9.1.1(1)", "AlreadyAttached", AlreadyAttached),
            new("6.13", "PresenceNoted", PresenceNoted),
            new("6.9.2", "SolicitationAnswered", SolicitationAnswered),
            new("6.9.1.1(1)", "AnyEvent", AnyEvent),
            new("6.3", "PreviousDetached", PreviousDetached),
            new("6.9.1.1(1)", "LeftOtherLink", LeftOtherLink),
            new("6.14", "Entitled", Entitled),
            new("6.9.1.1(1)", "Registered", Registered)
        );

    private static RuleOutcome AlreadyAttached(DetectionEvent detected)
    {
        if (
            detected.Gateway.TryFind(detected.Link, out var attachment)
            && attachment is not Attachment.DeRegistering
            && attachment.MobileNode.Identifier == detected.MobileNode?.Identifier
        )
        {
            detected.IsAttached = true;
            detected.Gateway.Put(attachment with { MobileNode = detected.Update(attachment.MobileNode) });
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A mobile node that was asked whether it is still there has answered, or has sent something else.</summary>
    private static RuleOutcome PresenceNoted(DetectionEvent detected)
    {
        if (detected is { IsAttached: true, Packet: not null } or { IsAttached: true, Dhcp: not null })
        {
            detected.Gateway.LastHeard[detected.Link] = detected.Now.Monotonic;
            if (detected.Gateway.UnansweredProbes.ContainsKey(detected.Link))
            {
                PresenceProbingRules.ExtendIfPresent(detected.Gateway, detected.Link, detected.Now);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The prefixes of a new mobile node are advertised when the LMA has answered.</summary>
    private static RuleOutcome SolicitationAnswered(DetectionEvent detected)
    {
        if (!detected.IsAttached)
        {
            return RuleOutcome.Continue;
        }

        if (detected.Message is RouterSolicitation && detected.Gateway.TryFind(detected.Link, out var attachment))
        {
            RouterAdvertisementDraft.Send(detected.Gateway, attachment, isSolicited: true);
        }
        return RuleOutcome.Stop;
    }

    private static RuleOutcome AnyEvent(DetectionEvent detected) => RuleOutcome.Continue;

    /// <summary>A point-to-point link has one mobile node: the previous one has detached.</summary>
    private static RuleOutcome PreviousDetached(DetectionEvent detected)
    {
        var (gateway, link) = (detected.Gateway, detected.Link);
        if (gateway.TryFind(link, out var previous))
        {
            gateway.Rules.StartOfDeRegistration.Apply(new AttachmentEvent(gateway, previous, detected.Now));
        }
        if (gateway.TryFind(link, out var leaving))
        {
            DelayedDeRegistration.Keep(gateway, leaving, detected.Now);
            gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(gateway, leaving) { IsGone = true });
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// An interface is attached to one link at a time: if it is seen on another link, it has left the previous one. The session
    /// moves with the interface and is not de-registered, neither now nor when the previous link goes down.
    /// </summary>
    private static RuleOutcome LeftOtherLink(DetectionEvent detected)
    {
        var left = detected.Gateway.Attachments.FirstOrDefault(attachment =>
            attachment is not Attachment.DeRegistering
            && attachment.MobileNode.Identifier == detected.MobileNode?.Identifier
            && attachment.MobileNode.LinkLayerIdentifier is { } identifier
            && identifier == detected.MobileNode.LinkLayerIdentifier
        );
        if (left is not null)
        {
            detected.Gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(detected.Gateway, left) { IsGone = true });
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Entitled(DetectionEvent detected)
    {
        if (detected.MobileNode is not { IsEntitled: false } visitor)
        {
            return RuleOutcome.Continue;
        }

        detected.Gateway.Rules.RegularAccess.Apply(new RegularNode(detected.Gateway, detected.Link, visitor));
        return RuleOutcome.Stop;
    }

    private static RuleOutcome Registered(DetectionEvent detected)
    {
        if (detected.MobileNode is { } mobileNode)
        {
            detected.Gateway.Rules.StartOfRegistration.Apply(
                new UnregisteredMobileNode(detected.Gateway, detected.Link, mobileNode, detected.Now)
            );
        }
        return RuleOutcome.Continue;
    }
}
