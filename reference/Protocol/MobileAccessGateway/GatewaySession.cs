using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The steps of an attachment from one state to the next.</summary>
internal static class GatewaySession
{
    /// <summary>RFC 5213, Section 6.9.1.1(1): a mobile node has been detected on a link and identified. True if it was there before.</summary>
    public static bool Detected(GatewayState gateway, LinkId link, AttachedMobileNode mobileNode, Now now)
    {
        if (gateway.TryFind(link, out var attachment))
        {
            if (attachment.MobileNode.Identifier == mobileNode.Identifier && attachment is not Attachment.DeRegistering)
            {
                gateway.Put(attachment with { MobileNode = MobileNodeDetection.Merge(attachment.MobileNode, mobileNode) });
                return true;
            }

            // The link has two ends: whoever was there has gone.
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
    /// An interface is at one link at a time: seen at another one, it has left where it was. Its session goes with it, and is not
    /// de-registered, now or when the link it has left goes down.
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

    /// <summary>RFC 5213, Section 6.9.1.1: registers a mobile node at a link where nobody is.</summary>
    private static void Attach(GatewayState gateway, LinkId link, AttachedMobileNode mobileNode, Now now)
    {
        if (gateway.NotEnabled.Contains(mobileNode.Identifier))
        {
            gateway.Put(new Attachment.Refused(link, mobileNode, BindingStatus.PROXY_REG_NOT_ENABLED));
            gateway.Actions.Log("NotEnabled", $"{mobileNode.Identifier.Nai} on {link} has been refused before");
            return;
        }

        var update = new PendingUpdate(UpdateKind.Initial, mobileNode.HomeNetworkPrefixes);
        gateway.Put(new Attachment.Registering(link, mobileNode, update));
        UpdateTransmission.Run(gateway, link, now);
    }

    /// <summary>RFC 5213, Section 6.9.1.4: the mobile node has gone. What the anchor has accepted is taken back, what it has not is forgotten.</summary>
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

    /// <summary>RFC 5213, Section 6.9.1.3: the mobile node is still there, and is registered for a further lifetime.</summary>
    public static void Extend(GatewayState gateway, Attachment.Registered attachment, Now now)
    {
        var update = new PendingUpdate(UpdateKind.Extension, attachment.Registration.HomeNetworkPrefixes);
        gateway.Deadlines.Cancel(new GatewayDeadline.Extension(attachment.Link));
        gateway.Put(new Attachment.Extending(attachment.Link, attachment.MobileNode, attachment.Registration, update));
        UpdateTransmission.Run(gateway, attachment.Link, now);
    }

    /// <summary>
    /// The granted lifetime has ended without an answer: there is no binding any more, but there is a mobile node. It is registered
    /// again, unless it has been found that the anchor does not answer what it is asked (RFC 5213, Section 6.9.1.2(6)).
    /// </summary>
    public static void Expire(GatewayState gateway, Attachment attachment, Now now)
    {
        Deny(gateway, attachment, BindingStatus.REASON_UNSPECIFIED);
        if (attachment.Request is not { IsGivenUp: true })
        {
            Attach(gateway, attachment.Link, attachment.MobileNode, now);
        }
    }

    /// <summary>RFC 5213, Section 6.9.1.2(11): nothing is advertised to the mobile node and nothing forwarded for it.</summary>
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
    /// After a rejection that another request may overcome: at once, and if that is rejected as well, when it would have
    /// been retransmitted, so that two stubborn nodes do not keep each other busy.
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
