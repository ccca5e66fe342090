namespace Pmip.Protocol.MobileIpv6;

/// <summary>How a mobile node constructs test inits: RFC 6275, Sections 11.6.1 and 11.8.</summary>
internal static class TestInitRules
{
    public static RuleList<TestInitDraft> Home { get; } =
        new(new("RFC 6275 11.6.1", "FromHomeAddress", FromHomeAddress), new("RFC 6275 11.8", "NewCookie", NewCookie));

    public static RuleList<TestInitDraft> CareOf { get; } =
        new(new("RFC 6275 11.6.1", "FromCareOfAddress", FromCareOfAddress), new("RFC 6275 11.8", "NewCookie", NewCookie));

    /// <summary>The routes of the home address lead through the tunnel to the home agent.</summary>
    private static RuleOutcome FromHomeAddress(TestInitDraft draft)
    {
        draft.Source = draft.Node.Settings.HomeAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FromCareOfAddress(TestInitDraft draft)
    {
        draft.Source = draft.Test.CareOf?.Address ?? draft.Source;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NewCookie(TestInitDraft draft)
    {
        draft.Cookie = draft.Node.NextCookie();
        return RuleOutcome.Continue;
    }
}
