using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>RFC 6275, Section 10.3.2: a home agent removes bindings.</summary>
internal static class HomeDeRegistrationRules
{
    public static RuleList<HomeRegistration> Default { get; } =
        new(
            new("RFC 6275 10.3.2", "BindingKnown", BindingKnown),
            new("RFC 6275 10.3.2", "NothingToRemove", NothingToRemove),
            new("RFC 6275 10.3.2", "SequenceNumberStored", SequenceNumberStored),
            new("RFC 6275 10.3.2", "BindingsRemoved", BindingsRemoved),
            new("RFC 6275 10.3.2", "SequenceNumberKept", SequenceNumberKept),
            new("RFC 6275 10.3.2", "InterceptionEnds", request => HomeBindings.Changed(request.Agent, request.Home)),
            new("RFC 5648 3", "PathPreferred", HomeBindings.PathPreferred),
            new("RFC 6275 10.3.2", "Accepted", HomeOutcome.Answered)
        );

    private static RuleOutcome BindingKnown(HomeRegistration request) =>
        !request.HasIdentities && request.Bindings.Of(request.Home).Count == 0
            ? request.Answer(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE)
            : RuleOutcome.Continue;

    /// <summary>Every option has failed by itself.</summary>
    private static RuleOutcome NothingToRemove(HomeRegistration request) =>
        request.Succeeding.Any() ? RuleOutcome.Continue : HomeOutcome.Answered(request);

    private static RuleOutcome SequenceNumberStored(HomeRegistration request)
    {
        foreach (var key in Removed(request).Concat(Kept(request)).ToList())
        {
            request.Agent.Numbers.Accept(key, request.Update.SequenceNumber);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingsRemoved(HomeRegistration request)
    {
        request.Removed = [.. Removed(request)];
        foreach (var key in request.Removed)
        {
            request.Agent.Remove(key);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A registration that was delayed on its way cannot bring a removed binding back.</summary>
    private static RuleOutcome SequenceNumberKept(HomeRegistration request)
    {
        foreach (var key in request.Removed.Where(key => !request.Agent.IsCounted(key)))
        {
            request.Agent.Deadlines.Set(
                new HomeAgentDeadline.EndOfSequenceNumber(request.Agent.Numbers.ScopeOf(key)),
                request.Now.Monotonic + HomeBindings.MaxDeleteBceTimeout
            );
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The bindings that the message names; all without Binding Identifier options (RFC 5648, Section 6.2).</summary>
    private static IEnumerable<BindingKey> Removed(HomeRegistration request) =>
        request.HasIdentities
            ? request.Succeeding.Where(item => item.CareOf is null).Select(item => item.Key)
            : request.Bindings.Of(request.Home).Select(binding => binding.Key);

    /// <summary>Those that become home bindings instead, in the draft.</summary>
    private static IEnumerable<BindingKey> Kept(HomeRegistration request) =>
        request.Succeeding.Where(item => request.HasIdentities && item.CareOf is not null).Select(item => item.Key);
}
