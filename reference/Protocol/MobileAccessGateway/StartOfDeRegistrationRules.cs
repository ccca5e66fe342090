namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5213, Section 6.9.1.4(1): a mobile node has detached, or its session is terminated. The items on the contents of the message
/// are in <see cref="UpdateRules.DeRegistration"/>.
/// </summary>
internal static class StartOfDeRegistrationRules
{
    public static RuleList<AttachmentEvent> Default { get; } =
        new(
            new("6.9.1.4(1)", "AlreadyDeRegistering", AlreadyDeRegistering),
            new("6.9.1.4(1)", "NothingToDeRegister", NothingToDeRegister),
            new("6.9.1.4(1)", "UpdatePending", UpdatePending),
            new("6.9.1.4(1)", "UpdateSent", UpdateSent)
        );

    private static RuleOutcome AlreadyDeRegistering(AttachmentEvent left) =>
        left.Attachment is Attachment.DeRegistering ? RuleOutcome.Stop : RuleOutcome.Continue;

    /// <summary>A registration that the LMA has not accepted is not de-registered.</summary>
    private static RuleOutcome NothingToDeRegister(AttachmentEvent left)
    {
        if (left.Attachment.Binding is not null)
        {
            return RuleOutcome.Continue;
        }

        DelayedDeRegistration.Resume(left.Gateway, left.Attachment.MobileNode, left.Now);
        left.Gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(left.Gateway, left.Attachment));
        return RuleOutcome.Stop;
    }

    private static RuleOutcome UpdatePending(AttachmentEvent left)
    {
        var (gateway, attachment, _) = left;
        if (attachment.Binding is { } binding)
        {
            var update = new PendingUpdate(UpdateKind.DeRegistration, binding.HomeNetworkPrefixes)
            {
                IpVersions = binding.IpVersions,
                Ipv4HomeAddresses = binding.Ipv4?.HomeAddresses ?? [],
            };
            gateway.CancelDeadlines(attachment.Link);
            gateway.Put(
                new Attachment.DeRegistering(attachment.Link, attachment.MobileNode, binding, update)
                {
                    IsGone = gateway.DownLinks.Contains(attachment.Link),
                }
            );
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome UpdateSent(AttachmentEvent left)
    {
        UpdateTransmission.Run(left.Gateway, left.Attachment.Link, left.Now);
        return RuleOutcome.Continue;
    }
}
