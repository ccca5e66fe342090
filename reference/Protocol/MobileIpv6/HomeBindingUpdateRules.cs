using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>RFC 6275, Sections 9.5.1 and 10.3.1: what a home agent checks of every Binding Update.</summary>
internal static class HomeBindingUpdateRules
{
    public static RuleList<HomeRegistration> Default { get; } =
        new(
            new("RFC 6275 9.5.4", "UnicastSource", UnicastSource),
            new("RFC 6275 9.5.1", "RoutableHomeAddress", RoutableHomeAddress),
            new("RFC 3963 6.2", "MobileRouterAtHome", MobileRouterAtHome),
            new("RFC 6275 9.5.1", "RegistrationType", RegistrationType),
            new("RFC 6275 9.5.1", "NonceIndicesAbsent", NonceIndicesAbsent),
            new("RFC 6275 10.3.1", "HomeSubnet", HomeSubnet),
            new("RFC 6275 10.3.1", "Authorized", Authorized),
            new("RFC 6275 9.5.1", "SequenceNumberGreater", SequenceNumberGreater),
            new("RFC 6275 10.3.1", "HomeAddressOptionPresent", HomeAddressOptionPresent),
            new("RFC 5648 6.2", "BindingIdentifiers", BindingIdentifiers),
            new("RFC 6275 6.1.7", "CareOfAddressRoutable", CareOfAddressRoutable),
            new("RFC 5648 5.6.3", "CareOfAddressForeign", CareOfAddressForeign),
            new("RFC 3963 6.2", "MobileNetworks", MobileNetworks),
            new("RFC 6275 9.5.1", "LifetimeDecides", LifetimeDecides)
        );

    private static RuleOutcome UnicastSource(HomeRegistration request) =>
        request.Signal.Source.IsIPv6Multicast || request.Signal.Source.Equals(IPAddress.IPv6Any)
            ? request.Ignore("UnicastSource", "there is nobody to answer to")
            : RuleOutcome.Continue;

    private static RuleOutcome RoutableHomeAddress(HomeRegistration request) =>
        McoaRules.IsRoutable(request.Home)
            ? RuleOutcome.Continue
            : request.Ignore("RoutableHomeAddress", "the home address is not unicast or not routable");

    private static RuleOutcome MobileRouterAtHome(HomeRegistration request) =>
        request.IsMobileRouter && !IsHomeRegistration(request)
            ? request.Answer(BindingStatus.MOBILE_ROUTER_OPERATION_NOT_PERMITTED)
            : RuleOutcome.Continue;

    /// <summary>This node is no correspondent node: it caches home registrations alone.</summary>
    private static RuleOutcome RegistrationType(HomeRegistration request)
    {
        if (IsHomeRegistration(request))
        {
            return RuleOutcome.Continue;
        }
        return request.Bindings.Of(request.Home).Count > 0
            ? request.Answer(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED)
            : request.Ignore("RegistrationType", "the H flag is clear, and nothing proves the home address");
    }

    private static RuleOutcome NonceIndicesAbsent(HomeRegistration request) =>
        request.Update.Options.Has<NonceIndicesOption>()
            ? request.Ignore("NonceIndicesAbsent", "a home registration has Nonce Indices")
            : RuleOutcome.Continue;

    private static RuleOutcome HomeSubnet(HomeRegistration request) =>
        IsIn(request.Agent.Settings.HomePrefixes, request.Home) ? RuleOutcome.Continue : request.Answer(BindingStatus.NOT_HOME_SUBNET);

    private static RuleOutcome Authorized(HomeRegistration request) =>
        IsIn(request.Agent.Settings.MobileNodes, request.Home) && !request.Home.Equals(request.Agent.Settings.Address)
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.ADMINISTRATIVELY_PROHIBITED);

    private static RuleOutcome SequenceNumberGreater(HomeRegistration request)
    {
        request.LastAcceptedSequenceNumber = request.Agent.Numbers.NotExceeded(
            request.Items.Select(item => item.Key),
            request.Update.SequenceNumber
        );
        return request.LastAcceptedSequenceNumber is null
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    /// <summary>
    /// A mobile node at home may leave the option out, where its source is the home address: to remove bindings, and with the H flag of a
    /// Binding Identifier option (RFC 5648, Section 5.6.3).
    /// </summary>
    private static RuleOutcome HomeAddressOptionPresent(HomeRegistration request) =>
        request.HasHomeAddressOption || request.IsRemoval || request.Items.Any(item => item.Identity is { Home: true })
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.REASON_UNSPECIFIED);

    /// <summary>Without such options the one care-of address is that of the message.</summary>
    private static RuleOutcome BindingIdentifiers(HomeRegistration request)
    {
        if (request.HasIdentities)
        {
            return request.Agent.Rules.BindingIdentifiers.Apply(request);
        }
        request.Items[0].CareOf = request.CareOf;
        return RuleOutcome.Continue;
    }

    /// <summary>The address of an option for one of several bindings has been judged before (RFC 5648, Section 6.2).</summary>
    private static RuleOutcome CareOfAddressRoutable(HomeRegistration request) =>
        !request.IsRemoval && request.Succeeding.Any(item => item.CareOf is { } careOf && !McoaRules.IsRoutable(careOf))
            ? request.Ignore("CareOfAddressRoutable", "the care-of address is not unicast or not routable")
            : RuleOutcome.Continue;

    private static RuleOutcome CareOfAddressForeign(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval && request.Home.Equals(item.CareOf)))
        {
            if (item.Identity is not { Home: true })
            {
                item.Settle(BindingStatus.INVALID_CARE_OF_ADDRESS);
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MobileNetworks(HomeRegistration request)
    {
        request.Agent.Rules.MobileNetworks.Apply(request);
        return request.Status is null ? RuleOutcome.Continue : RuleOutcome.Stop;
    }

    private static RuleOutcome LifetimeDecides(HomeRegistration request) =>
        request.IsRemoval ? request.Agent.Rules.DeRegistration.Apply(request) : request.Agent.Rules.Registration.Apply(request);

    private static bool IsHomeRegistration(HomeRegistration request) => request.Update.Flags.HasFlag(BindingUpdateFlags.HomeRegistration);

    private static bool IsIn(IEnumerable<Ipv6Prefix> prefixes, IPAddress address) => prefixes.Any(prefix => prefix.Contains(address));
}
