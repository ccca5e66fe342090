namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// De-registrations that the limit of RFC 6275, Section 11.8, delays, and whose place in the Binding Update List another attachment has
/// taken. One is sent as soon as the limit allows it, unless its mobile node is registered again before.
/// </summary>
internal static class DelayedDeRegistration
{
    /// <summary>Keeps the de-registration of an attachment that ends, if it was not sent yet.</summary>
    public static void Keep(GatewayState gateway, Attachment attachment, Now now)
    {
        if (attachment is Attachment.DeRegistering { Update.Message: null } departed)
        {
            gateway.Departed[departed.MobileNode.Interface] = departed;
            Resume(gateway, departed.MobileNode, now);
        }
    }

    /// <summary>The mobile node is back: its registration, which the limit delays too, goes first.</summary>
    public static void Suspend(GatewayState gateway, AttachedMobileNode mobileNode) =>
        gateway.Deadlines.Cancel(new GatewayDeadline.DelayedDeRegistration(mobileNode.Interface));

    /// <summary>The mobile node has left, perhaps before its registration was sent.</summary>
    public static void Resume(GatewayState gateway, AttachedMobileNode mobileNode, Now now)
    {
        if (gateway.Departed.ContainsKey(mobileNode.Interface))
        {
            gateway.Deadlines.Set(
                new GatewayDeadline.DelayedDeRegistration(mobileNode.Interface),
                gateway.UpdateRate.NextAt(mobileNode.Identifier, mobileNode.AnchorAddress, now.Monotonic) ?? now.Monotonic
            );
        }
    }

    public static void Send(GatewayState gateway, MobileNodeInterface departed, Now now)
    {
        if (gateway.Departed.Remove(departed, out var attachment))
        {
            UpdateTransmission.RunOnce(gateway, attachment, now);
        }
    }
}
