namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5213, Section 6.9.1.3(1): a mobile node that is still attached is registered for a further lifetime. Items 2 and 3 are in
/// <see cref="UpdateRules.Extension"/>.
/// </summary>
internal static class StartOfExtensionRules
{
    public static RuleList<AttachmentEvent> Default { get; } =
        new(
            new("6.9.1.3(1)", "CurrentlyRegistered", CurrentlyRegistered),
            new("6.9.1.3(1)", "UpdatePending", UpdatePending),
            new("6.9.1.3(1)", "UpdateSent", UpdateSent)
        );

    /// <summary>A request that is already pending extends the lifetime, too, unless it gives up an IPv4 home address.</summary>
    private static RuleOutcome CurrentlyRegistered(AttachmentEvent due) =>
        due.Attachment is Attachment.Registered or Attachment.Extending { Update.Kind: UpdateKind.Ipv4Release }
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    private static RuleOutcome UpdatePending(AttachmentEvent due)
    {
        var (gateway, attachment, _) = due;
        if (attachment.Binding is { } binding)
        {
            var update = new PendingUpdate(UpdateKind.Extension, binding.HomeNetworkPrefixes)
            {
                IpVersions = binding.IpVersions | (due.RequestsIpv4 ? IpVersions.Ipv4 : IpVersions.None),
                Ipv4HomeAddresses = binding.Ipv4?.HomeAddresses ?? gateway.Ipv4HomeAddressesOf(attachment.MobileNode),
            };
            gateway.Deadlines.Cancel(new GatewayDeadline.Extension(attachment.Link));
            gateway.Put(new Attachment.Extending(attachment.Link, attachment.MobileNode, binding, update));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome UpdateSent(AttachmentEvent due)
    {
        UpdateTransmission.Run(due.Gateway, due.Attachment.Link, due.Now);
        return RuleOutcome.Continue;
    }
}
