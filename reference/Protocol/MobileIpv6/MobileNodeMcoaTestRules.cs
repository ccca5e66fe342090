namespace Pmip.Protocol.MobileIpv6;

/// <summary>The Binding Identifier options of care-of tests: draft-ietf-monami6-multiplecoa-04, Sections 5.2 and 6.2.</summary>
internal static class MobileNodeMcoaTestRules
{
    public static RuleOutcome BindingIdentifier(TestInitDraft draft)
    {
        if (draft is { Test: { CareOf: { } careOf, Peer.UsesBindingIds: true }, Node.Rules.Mcoa: { } vocabulary })
        {
            draft.Options.Add(vocabulary.Register(new BindingIdentity(careOf.BindingId)));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A correspondent node that does not return the option does not know it. The token is one all the same.</summary>
    public static RuleOutcome BindingIdReturned(TestInitAnswer answer)
    {
        if (answer is { Test: { HasBindingId: true, Peer: { UsesBindingIds: true } peer }, Identities.Count: 0 })
        {
            answer.Node.StopUsingBindingIds(peer);
        }
        return RuleOutcome.Continue;
    }

    public static RuleOutcome TokenGiven(TestInitAnswer answer)
    {
        if (answer.Test is not { } test || answer.Identities.All(identity => (byte)identity.Status < 128))
        {
            return RuleOutcome.Continue;
        }

        (test.IsRunning, test.IsRefused) = (false, true);
        answer.Node.Deadlines.Cancel(new MobileNodeDeadline.TestRetransmission(test));
        return answer.Ignore("TokenGiven", $"no token, but status {answer.Identities[0].Status}");
    }
}
