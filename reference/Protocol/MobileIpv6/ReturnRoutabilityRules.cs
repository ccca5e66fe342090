using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The answers to Home Test Init and Care-of Test Init messages, RFC 6275, Sections 9.4.1 to 9.4.4.</summary>
internal static class ReturnRoutabilityRules
{
    public static RuleList<ReturnRoutabilityTest> HomeTest { get; } =
        new(
            new("RFC 6275 9.4.1", "NoHomeAddressOption", NoHomeAddressOption),
            new("RFC 6275 9.4.3", "CurrentNonce", CurrentNonce),
            new("RFC 6275 9.4.3", "HomeKeygenToken", HomeKeygenToken)
        );

    public static RuleList<ReturnRoutabilityTest> CareOfTest { get; } =
        new(
            new("RFC 6275 9.4.2", "NoHomeAddressOption", NoHomeAddressOption),
            new("RFC 6275 9.4.4", "CurrentNonce", CurrentNonce),
            new("RFC 6275 9.4.4", "CareOfKeygenToken", CareOfKeygenToken)
        );

    private static RuleOutcome NoHomeAddressOption(ReturnRoutabilityTest test) =>
        test.Signal.Path is Ipv6Signaling { HomeAddress: not null }
            ? test.Ignore("NoHomeAddressOption", "a test init with a Home Address option")
            : RuleOutcome.Continue;

    private static RuleOutcome CurrentNonce(ReturnRoutabilityTest test)
    {
        test.NonceIndex = test.Node.Nonces.Current(test.Now.Monotonic).Index;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeKeygenToken(ReturnRoutabilityTest test)
    {
        test.KeygenToken = test.Node.Nonces.Current(test.Now.Monotonic).HomeToken(test.Tested);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome CareOfKeygenToken(ReturnRoutabilityTest test)
    {
        test.KeygenToken = test.Node.Nonces.Current(test.Now.Monotonic).CareOfToken(test.Tested);
        return RuleOutcome.Continue;
    }
}
