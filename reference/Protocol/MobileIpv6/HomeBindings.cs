using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>Changes of the Binding Cache of a home agent that several rules make.</summary>
internal static class HomeBindings
{
    /// <summary>RFC 6275, Section 12: MAX_DELETE_BCE_TIMEOUT, in which the sequence number of a removed binding is kept.</summary>
    public static readonly TimeSpan MaxDeleteBceTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adapts interception and tunnels to the bindings of a home address.</summary>
    public static RuleOutcome Changed(HomeAgentState agent, IPAddress home)
    {
        agent.Rules.Forwarding.Apply(new HomeAddressChange(agent, home));
        if (agent.Bindings.Of(home).Count == 0)
        {
            agent.Forget(home);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The message is a sign of life from its source, or, if that is not registered, about the care-of address that it registers last.
    /// </summary>
    public static RuleOutcome PathPreferred(HomeRegistration request)
    {
        var registered = request.Bindings.Of(request.Home).Select(binding => binding.CareOf).ToList();
        var heard = registered.Contains(request.Signal.Source)
            ? request.Signal.Source
            : request.Succeeding.Select(item => item.CareOf).LastOrDefault(careOf => careOf is not null && registered.Contains(careOf));
        if (heard is not null)
        {
            request.Agent.Actions.Add(new RoleAction.PreferPath(request.Home, heard));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Removes bindings that newer ones replace, and forgets the sequence numbers that only they had.</summary>
    public static void RemoveAll(HomeRegistration request, IEnumerable<BindingKey> except)
    {
        foreach (var key in request.Bindings.Of(request.Home).Select(binding => binding.Key).Except(except).ToList())
        {
            request.Agent.Remove(key);
            var scope = request.Agent.Numbers.ScopeOf(key);
            if (!request.Items.Any(item => request.Agent.Numbers.ScopeOf(item.Key) == scope))
            {
                request.Agent.Numbers.Forget(key);
            }
        }
    }
}
