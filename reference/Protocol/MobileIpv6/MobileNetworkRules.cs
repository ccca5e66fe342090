using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>RFC 3963, Section 6.2: what a home agent checks of the Binding Update of a mobile router.</summary>
internal static class MobileNetworkRules
{
    public static RuleList<HomeRegistration> Default { get; } =
        new(
            new("RFC 3963 6.2", "OnlyInRegistrations", OnlyInRegistrations),
            new("RFC 3963 6.2", "MobileRouterFlagUnchanged", MobileRouterFlagUnchanged),
            new("RFC 3963 6.6", "MobileRoutersServed", MobileRoutersServed),
            new("RFC 3963 6.2", "PrefixesValid", PrefixesValid),
            new("RFC 3963 6.2", "PrefixesAuthorized", PrefixesAuthorized),
            new("RFC 3963 6.2", "PrefixesKnown", PrefixesKnown)
        );

    private static RuleOutcome OnlyInRegistrations(HomeRegistration request) => request.IsRemoval ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome MobileRouterFlagUnchanged(HomeRegistration request)
    {
        var isKnown = request.Bindings.Of(request.Home).Count > 0;
        return isKnown && request.Agent.Of(request.Home).IsMobileRouter != request.IsMobileRouter
            ? request.Answer(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED)
            : RuleOutcome.Continue;
    }

    private static RuleOutcome MobileRoutersServed(HomeRegistration request) =>
        !request.IsMobileRouter ? RuleOutcome.Stop
        : request.Agent.Settings.MobileNetworks.Count == 0 ? request.Answer(BindingStatus.MOBILE_ROUTER_OPERATION_NOT_PERMITTED)
        : RuleOutcome.Continue;

    /// <summary>Forwarding is set up for prefixes of unicast addresses that are not those of the home link.</summary>
    private static RuleOutcome PrefixesValid(HomeRegistration request) =>
        Named(request).All(prefix => IsForwardable(request, prefix)) ? RuleOutcome.Continue : request.Answer(BindingStatus.INVALID_PREFIX);

    /// <summary>Explicit mode: the Prefix Table has the prefixes.</summary>
    private static RuleOutcome PrefixesAuthorized(HomeRegistration request)
    {
        request.Networks = [.. Named(request).Distinct()];
        var own = Own(request);
        return request.Networks.All(prefix => own.Any(allowed => allowed.Contains(prefix)))
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.NOT_AUTHORIZED_FOR_PREFIX);
    }

    /// <summary>Implicit mode: the prefixes are those of the configuration.</summary>
    private static RuleOutcome PrefixesKnown(HomeRegistration request)
    {
        if (request.Networks.Count == 0)
        {
            request.Networks = Own(request);
        }
        return request.Networks.Count == 0 ? request.Answer(BindingStatus.FORWARDING_SETUP_FAILED) : RuleOutcome.Continue;
    }

    private static IEnumerable<Ipv6Prefix> Named(HomeRegistration request) =>
        request.Update.Options.All<MobileNetworkPrefixOption>().Select(option => option.Prefix);

    private static IReadOnlyList<Ipv6Prefix> Own(HomeRegistration request) =>
        [.. request.Agent.Settings.MobileNetworks.Select(policy => policy.Of(request.Home)).OfType<Ipv6Prefix>()];

    private static bool IsForwardable(HomeRegistration request, Ipv6Prefix prefix) =>
        McoaRules.IsRoutable(prefix.Network)
        && !request.Agent.Settings.HomePrefixes.Any(home => home.Contains(prefix) || prefix.Contains(home));
}
