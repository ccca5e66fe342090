namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a mobile node checks of tests: RFC 6275, Section 11.6.2.</summary>
internal static class TestInitAnswerRules
{
    public static RuleList<TestInitAnswer> Home { get; } =
        new(
            new("RFC 6275 11.6.2 b3", "ToHomeAddress", ToHomeAddress),
            new("RFC 6275 11.6.2 b2", "InProgress", InProgress),
            new("RFC 6275 11.6.2 b4", "CookieMatches", CookieMatches),
            new("RFC 6275 11.6.2", "TokenRecorded", TokenRecorded)
        );

    public static RuleList<TestInitAnswer> CareOf { get; } =
        new(
            new("RFC 6275 11.6.2 b3", "ToCareOfAddress", ToCareOfAddress),
            new("RFC 6275 11.6.2 b2", "InProgress", InProgress),
            new("RFC 6275 11.6.2 b4", "CookieMatches", CookieMatches),
            new("RFC 6275 11.6.2", "TokenRecorded", TokenRecorded)
        );

    private static RuleOutcome ToHomeAddress(TestInitAnswer answer)
    {
        answer.Test = answer.Signal.Destination.Equals(answer.Node.Settings.HomeAddress) ? answer.Peer?.HomeTest : null;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ToCareOfAddress(TestInitAnswer answer)
    {
        answer.Test = answer.Peer?.CareOfTests.FirstOrDefault(test => answer.Signal.Destination.Equals(test.CareOf?.Address));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome InProgress(TestInitAnswer answer) =>
        answer.Test is { IsRunning: true } ? RuleOutcome.Continue : answer.Ignore("InProgress", "no test of this address is in progress");

    private static RuleOutcome CookieMatches(TestInitAnswer answer) =>
        answer.Test?.Cookie == answer.Cookie ? RuleOutcome.Continue : answer.Ignore("CookieMatches", "the cookie is another one");

    private static RuleOutcome TokenRecorded(TestInitAnswer answer)
    {
        if (answer.Test is { } test)
        {
            test.Receive(answer.Token, answer.NonceIndex);
            answer.Node.Deadlines.Cancel(new MobileNodeDeadline.TestRetransmission(test));
        }
        return RuleOutcome.Continue;
    }
}
