namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5844, Sections 3.2.3.3 and 3.4.3: the IPv4 home address of a mobile node is given up, and its prefixes are kept. The items on the
/// contents of the message are in <see cref="UpdateRules.DeRegistration"/>.
/// </summary>
internal static class StartOfIpv4ReleaseRules
{
    public static RuleList<AttachmentEvent> Default { get; } =
        new(
            new("RFC 5844 3.2.3.3", "UpdatePending", UpdatePending),
            new("RFC 5844 3.2.3.3", "ForwardingEnded", ForwardingEnded),
            new("RFC 5844 3.2.3.3", "UpdateSent", UpdateSent)
        );

    private static RuleOutcome UpdatePending(AttachmentEvent released)
    {
        var (gateway, attachment, now) = released;
        if (attachment.Binding is not { Ipv4.HomeAddresses: var addresses } binding)
        {
            return RuleOutcome.Stop;
        }

        var update = new PendingUpdate(UpdateKind.Ipv4Release, []) { IpVersions = IpVersions.Ipv4, Ipv4HomeAddresses = addresses };
        gateway.Deadlines.Cancel(new GatewayDeadline.Transmission(attachment.Link));
        gateway.Deadlines.Set(
            new GatewayDeadline.Extension(attachment.Link),
            Later(binding.RefreshAt, now.Monotonic + gateway.Settings.InitialBindackTimeout)
        );
        gateway.Put(new Attachment.Extending(attachment.Link, attachment.MobileNode, binding with { Ipv4 = null }, update));
        return RuleOutcome.Continue;
    }

    /// <summary>An extension that is due waits until the release is likely to be answered.</summary>
    private static Instant Later(Instant one, Instant other) => one > other ? one : other;

    private static RuleOutcome ForwardingEnded(AttachmentEvent released)
    {
        var (gateway, attachment, _) = released;
        RoutingDraft.Apply(gateway, attachment, attachment.Prefixes);
        RoutingDraft.UpdateLocalRoutes(gateway);
        Ipv4LinkDraft.End(new EndedIpv4(gateway, attachment.Link));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome UpdateSent(AttachmentEvent released)
    {
        UpdateTransmission.Run(released.Gateway, released.Attachment.Link, released.Now);
        return RuleOutcome.Continue;
    }
}
