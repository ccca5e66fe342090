using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5213, Sections 6.9.1.3 and 6.10.5: the granted lifetime has ended without an answer. The binding is gone, but the mobile node
/// is still attached.
/// </summary>
internal static class EndOfLifetimeRules
{
    public static RuleList<AttachmentEvent> Default { get; } =
        new(new("6.10.5", "ServiceEnded", ServiceEnded), new("6.9.1.1(1)", "RegisteredAgain", RegisteredAgain));

    private static RuleOutcome ServiceEnded(AttachmentEvent expired)
    {
        var (gateway, attachment, _) = expired;
        gateway.Rules.EndOfService.Apply(new DeniedService(gateway, attachment, BindingStatus.REASON_UNSPECIFIED));
        return RuleOutcome.Continue;
    }

    /// <summary>Unless an answer of the LMA did not match the request (RFC 5213, Section 6.9.1.2(6)).</summary>
    private static RuleOutcome RegisteredAgain(AttachmentEvent expired)
    {
        var (gateway, attachment, now) = expired;
        if (attachment.Request is not { IsGivenUp: true })
        {
            gateway.Rules.StartOfRegistration.Apply(new UnregisteredMobileNode(gateway, attachment.Link, attachment.MobileNode, now));
        }
        return RuleOutcome.Continue;
    }
}
