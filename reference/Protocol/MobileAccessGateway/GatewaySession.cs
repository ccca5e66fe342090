using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The state transitions of an attachment.</summary>
internal static class GatewaySession
{
    /// <summary>
    /// True if the event concerns the mobile node that is attached to the link, or is one by which this MAG detects another.
    /// </summary>
    public static bool Detects(GatewayState gateway, LinkId link, AttachedMobileNode mobileNode, Icmpv6Message? message) =>
        (
            gateway.TryFind(link, out var attachment)
            && attachment is not Attachment.DeRegistering
            && attachment.MobileNode.Identifier == mobileNode.Identifier
        )
        || gateway.Rules.Detection.Apply(new DetectionEvent(gateway, link, message)) == RuleOutcome.Continue;

    /// <summary>
    /// RFC 5213, Section 6.9.1.1(1): a mobile node was detected on a link and identified. True if it was attached before.
    /// </summary>
    public static bool Detected(GatewayState gateway, LinkId link, AttachedMobileNode mobileNode, Now now)
    {
        if (gateway.TryFind(link, out var attachment))
        {
            if (attachment.MobileNode.Identifier == mobileNode.Identifier && attachment is not Attachment.DeRegistering)
            {
                gateway.Put(attachment with { MobileNode = MobileNodeDetection.Merge(attachment.MobileNode, mobileNode) });
                return true;
            }

            // A point-to-point link has one mobile node: the previous one has detached.
            Detach(gateway, attachment, now);
            if (gateway.TryFind(link, out var leaving))
            {
                gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(gateway, leaving));
            }
        }

        EndElsewhere(gateway, mobileNode);
        Attach(gateway, link, mobileNode, now);
        return false;
    }

    /// <summary>
    /// An interface is attached to one link at a time: if it is seen on another link, it has left the previous one. The session
    /// moves with the interface and is not de-registered, neither now nor when the previous link goes down.
    /// </summary>
    private static void EndElsewhere(GatewayState gateway, AttachedMobileNode mobileNode)
    {
        var left = gateway.Attachments.FirstOrDefault(attachment =>
            attachment is not Attachment.DeRegistering
            && attachment.MobileNode.Identifier == mobileNode.Identifier
            && attachment.MobileNode.LinkLayerIdentifier is { } identifier
            && identifier == mobileNode.LinkLayerIdentifier
        );
        if (left is not null)
        {
            gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(gateway, left));
        }
    }

    /// <summary>RFC 5213, Section 6.9.1.1: registers a mobile node on a link without an attached mobile node.</summary>
    private static void Attach(GatewayState gateway, LinkId link, AttachedMobileNode mobileNode, Now now)
    {
        if (gateway.NotEnabled.Contains(mobileNode.Identifier))
        {
            gateway.Put(new Attachment.Refused(link, mobileNode, BindingStatus.PROXY_REG_NOT_ENABLED));
            gateway.Actions.Log("NotEnabled", $"{mobileNode.Identifier.Nai} on {link} was refused before");
            return;
        }

        var update = new PendingUpdate(UpdateKind.Initial, mobileNode.HomeNetworkPrefixes);
        gateway.Put(new Attachment.Registering(link, mobileNode, update));
        UpdateTransmission.Run(gateway, link, now);
    }

    /// <summary>
    /// RFC 5213, Section 6.9.1.4: the mobile node has detached. An accepted registration is de-registered; a pending one is
    /// dropped.
    /// </summary>
    public static void Detach(GatewayState gateway, Attachment attachment, Now now)
    {
        if (attachment.Binding is not { } binding)
        {
            if (attachment is not Attachment.DeRegistering)
            {
                gateway.Rules.EndOfAttachment.Apply(new EndingAttachment(gateway, attachment));
            }
            return;
        }

        gateway.CancelDeadlines(attachment.Link);
        var update = new PendingUpdate(UpdateKind.DeRegistration, binding.HomeNetworkPrefixes);
        gateway.Put(new Attachment.DeRegistering(attachment.Link, attachment.MobileNode, binding, update));
        UpdateTransmission.Run(gateway, attachment.Link, now);
    }

    /// <summary>RFC 5213, Section 6.9.1.3: the mobile node is still attached and is registered for a further lifetime.</summary>
    public static void Extend(GatewayState gateway, Attachment.Registered attachment, Now now)
    {
        var update = new PendingUpdate(UpdateKind.Extension, attachment.Registration.HomeNetworkPrefixes);
        gateway.Deadlines.Cancel(new GatewayDeadline.Extension(attachment.Link));
        gateway.Put(new Attachment.Extending(attachment.Link, attachment.MobileNode, attachment.Registration, update));
        UpdateTransmission.Run(gateway, attachment.Link, now);
    }

    /// <summary>
    /// The granted lifetime has ended without an answer: the binding is gone, but the mobile node is still attached. It is
    /// registered again, unless the LMA's answer did not match the request (RFC 5213, Section 6.9.1.2(6)).
    /// </summary>
    public static void Expire(GatewayState gateway, Attachment attachment, Now now)
    {
        Deny(gateway, attachment, BindingStatus.REASON_UNSPECIFIED);
        if (attachment.Request is not { IsGivenUp: true })
        {
            Attach(gateway, attachment.Link, attachment.MobileNode, now);
        }
    }

    /// <summary>RFC 5213, Section 6.9.1.2(11): no prefix is advertised to the mobile node, and no packets are forwarded for it.</summary>
    public static void Deny(GatewayState gateway, Attachment attachment, BindingStatus reason)
    {
        gateway.CancelDeadlines(attachment.Link);
        gateway.Put(new Attachment.Refused(attachment.Link, attachment.MobileNode, reason));
        gateway.Forwarding.RemoveRoutes(attachment.Link);
        gateway.Forwarding.ReleaseTunnels(attachment.Link);
        GatewayRouting.UpdateLocalRoutes(gateway);
        gateway.Actions.Log("ServiceDenied", $"{attachment.MobileNode.Identifier.Nai} on {attachment.Link}: {reason}");
    }

    /// <summary>
    /// Registers again after a rejection that a different request may avoid: immediately the first time. If the second request is
    /// rejected as well, the next one waits for the retransmission time, so that the MAG and the LMA do not loop.
    /// </summary>
    public static void RegisterAgain(GatewayState gateway, Attachment rejected, IReadOnlyList<Ipv6Prefix> prefixes, Now now)
    {
        if (rejected.Request is not { } request)
        {
            return;
        }

        var kind = prefixes.Count == 0 ? UpdateKind.Initial : request.Kind;
        var update = new PendingUpdate(kind, prefixes) { IsSecondAttempt = true };
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
                    Timeout = request.Timeout,
                }
            )
        );
        if (request.Timeout > TimeSpan.Zero)
        {
            gateway.Deadlines.Set(new GatewayDeadline.Transmission(rejected.Link), now.Monotonic + request.Timeout);
        }
    }
}
