namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5844, Section 3.2.3.3: the MAG ends to be the default router of a mobile node. Its routes are removed elsewhere.</summary>
internal static class EndOfIpv4Rules
{
    public static RuleList<EndedIpv4> Default { get; } = new(new NamedRule<EndedIpv4>("RFC 5844 3.2.3.3", "LinkLeft", LinkLeft));

    private static RuleOutcome LinkLeft(EndedIpv4 ended)
    {
        ended.Gateway.Configure(ended.Link, ipv4: null);
        return RuleOutcome.Continue;
    }
}
