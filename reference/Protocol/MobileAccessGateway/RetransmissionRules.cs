namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5213, Section 6.9.4. The rate limit of RFC 6275, Section 11.8, applies to the first transmission of every request, too. It counts
/// for each mobile node: a MAG has many of them with one LMA. A de-registration is sent once, because its mobile node is no longer
/// attached (item 2 and Section 6.9.1.4).
/// </summary>
internal static class RetransmissionRules
{
    public static RuleList<UpdateTransmission> Default { get; } =
        new(
            new("6.9.4", "RateLimited", RateLimited),
            new("6.9.4(1)", "InitialTimeout", InitialTimeout),
            new("6.9.4(2)", "StillAttached", StillAttached),
            new("6.9.4(3)", "TimeoutDoubled", TimeoutDoubled),
            new("6.9.4(4)", "MessageRebuilt", MessageRebuilt)
        );

    /// <summary>Transmits as soon as the limit allows it.</summary>
    private static RuleOutcome RateLimited(UpdateTransmission transmission)
    {
        var (gateway, mobileNode) = (transmission.Gateway, transmission.Attachment.MobileNode);
        if (gateway.UpdateRate.NextAt(mobileNode.Identifier, mobileNode.AnchorAddress, transmission.Now.Monotonic) is not { } next)
        {
            return RuleOutcome.Continue;
        }

        gateway.Deadlines.Set(new GatewayDeadline.Transmission(transmission.Attachment.Link), next);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome InitialTimeout(UpdateTransmission transmission)
    {
        if (transmission.IsFirst)
        {
            transmission.Timeout = transmission.Gateway.Settings.InitialBindackTimeout;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome StillAttached(UpdateTransmission transmission) =>
        !transmission.IsFirst && transmission.Attachment is Attachment.DeRegistering ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome TimeoutDoubled(UpdateTransmission transmission)
    {
        var doubled = transmission.Update.Timeout * 2;
        var limit = transmission.Gateway.Settings.MaxBindackTimeout;
        if (!transmission.IsFirst)
        {
            transmission.Timeout = doubled < limit ? doubled : limit;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A retransmission has a new timestamp and a greater sequence number.</summary>
    private static RuleOutcome MessageRebuilt(UpdateTransmission transmission)
    {
        if (!transmission.IsFirst)
        {
            transmission.Rebuild();
        }
        return RuleOutcome.Continue;
    }
}
