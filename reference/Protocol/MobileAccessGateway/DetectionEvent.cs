using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>An event at an access link without an attached mobile node, which shows that an identified mobile node is there.</summary>
/// <param name="Message">The message of the mobile node; null if the link has come up.</param>
public sealed record DetectionEvent(GatewayState Gateway, LinkId Link, Icmpv6Message? Message);

/// <summary>RFC 5213, Section 6.9.1.1(1), leaves open how a mobile node is detected: by default, by any event.</summary>
internal static class DetectionRules
{
    public static RuleList<DetectionEvent> Default { get; } = new(new NamedRule<DetectionEvent>("6.9.1.1(1)", "AnyEvent", AnyEvent));

    private static RuleOutcome AnyEvent(DetectionEvent detected) => RuleOutcome.Continue;
}
