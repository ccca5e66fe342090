using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The answer of a home agent, RFC 6275, Sections 9.5.4 and 10.3.1. It has no K flag: security associations are configured, not
/// negotiated.
/// </summary>
internal static class HomeAcknowledgementRules
{
    public static RuleList<HomeAcknowledgement> Default { get; } =
        new(
            new("RFC 6275 10.3.1", "SequenceNumberEchoed", SequenceNumberEchoed),
            new("RFC 6275 9.5.1", "LastAcceptedSequenceNumber", LastAcceptedSequenceNumber),
            new("RFC 6275 10.3.1", "LifetimeGranted", LifetimeGranted),
            new("RFC 3963 6.6", "MobileRouterFlag", MobileRouterFlag),
            new("RFC 6275 9.5.4", "SentToSource", SentToSource),
            new("RFC 6275 10.3.2", "SentOnHomeLink", SentOnHomeLink),
            new("RFC 6275 10.3.1", "SecurityAssociation", SecurityAssociation)
        );

    private static RuleOutcome SequenceNumberEchoed(HomeAcknowledgement answer)
    {
        answer.SequenceNumber = answer.Request.Update.SequenceNumber;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LastAcceptedSequenceNumber(HomeAcknowledgement answer)
    {
        if (answer is { Status: BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, Request.LastAcceptedSequenceNumber: { } last })
        {
            answer.SequenceNumber = last;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LifetimeGranted(HomeAcknowledgement answer)
    {
        answer.LifetimeUnits = answer.IsAccepted ? answer.Request.GrantedLifetimeUnits : (ushort)0;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MobileRouterFlag(HomeAcknowledgement answer)
    {
        if (answer is { IsAccepted: true, Request.IsMobileRouter: true })
        {
            answer.Flags |= BindingAcknowledgementFlags.MobileRouter;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>What came with a Home Address option is answered with a type 2 routing header, and only that.</summary>
    private static RuleOutcome SentToSource(HomeAcknowledgement answer)
    {
        answer.Path = answer.Request.Signal.Path.Reversed;
        return RuleOutcome.Continue;
    }

    /// <summary>A mobile node at home may not answer Neighbor Solicitations yet (RFC 5648, Section 5.6.3).</summary>
    private static RuleOutcome SentOnHomeLink(HomeAcknowledgement answer)
    {
        if (answer.Request.IsFromHome)
        {
            answer.Link = answer.Request.Agent.Settings.HomeLink;
            answer.Neighbor = answer.Request.LinkLayerAddress;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SecurityAssociation(HomeAcknowledgement answer)
    {
        answer.ProtectedFor = answer.Request.Signal.Protection?.Peer;
        return RuleOutcome.Continue;
    }
}
