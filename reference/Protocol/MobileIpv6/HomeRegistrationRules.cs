using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>RFC 6275, Section 10.3.1: a home agent registers care-of addresses.</summary>
internal static class HomeRegistrationRules
{
    public static RuleList<HomeRegistration> Default { get; } =
        new(
            new("RFC 6275 10.3.1", "NothingToRegister", NothingToRegister),
            new("RFC 6275 10.3.1", "DuplicateAddressDetection", DuplicateAddressDetection),
            new("RFC 6275 10.3.1", "AddressesUnique", AddressesUnique),
            new("RFC 6275 10.3.1", "OtherBindingsReplaced", OtherBindingsReplaced),
            new("RFC 6275 10.3.1", "HomeAddressRemembered", HomeAddressRemembered),
            new("RFC 6275 10.3.1", "BindingsStored", BindingsStored),
            new("RFC 6275 9.5.1", "SequenceNumberStored", SequenceNumberStored),
            new("RFC 6275 10.4", "Forwarding", ForwardingChanged),
            new("RFC 5648 3", "PathPreferred", HomeBindings.PathPreferred),
            new("RFC 6275 10.3.1", "Accepted", HomeOutcome.Answered)
        );

    /// <summary>Every option has failed by itself.</summary>
    private static RuleOutcome NothingToRegister(HomeRegistration request) =>
        request.Succeeding.Any() ? RuleOutcome.Continue : HomeOutcome.Answered(request);

    private static RuleOutcome DuplicateAddressDetection(HomeRegistration request)
    {
        var agent = request.Agent;
        if (!agent.Settings.PerformDad || request.IsUnique is not null || request.Bindings.Of(request.Home).Count > 0)
        {
            return RuleOutcome.Continue;
        }

        IReadOnlyList<IPAddress> addresses = HasLinkLocal(request)
            ? [request.Home, HomeAddressState.LinkLocalOf(request.Home)]
            : [request.Home];
        agent.Tests.Add(request.Home, new DuplicateAddressTest(addresses));
        foreach (var address in addresses)
        {
            agent.Actions.Add(new RoleAction.TestAddress(agent.Settings.HomeLink, address));
        }
        return request.Wait();
    }

    private static RuleOutcome AddressesUnique(HomeRegistration request) =>
        request.IsUnique == false && request.Bindings.Of(request.Home).Count == 0
            ? request.Answer(BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED)
            : RuleOutcome.Continue;

    /// <summary>Without a BID the one new binding takes the place of all (RFC 5648, Section 6.2).</summary>
    private static RuleOutcome OtherBindingsReplaced(HomeRegistration request)
    {
        if (!request.HasIdentities)
        {
            HomeBindings.RemoveAll(request, except: request.Items.Select(item => item.Key));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeAddressRemembered(HomeRegistration request)
    {
        var state = request.Agent.Of(request.Home);
        state.HasLinkLocal = HasLinkLocal(request);
        state.IsMobileRouter = request.IsMobileRouter;
        state.Networks = request.Networks;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingsStored(HomeRegistration request)
    {
        var end = request.Now.Monotonic + request.GrantedLifetimeUnits * LifetimeField.Unit;
        foreach (var item in request.Succeeding)
        {
            request.Agent.Put(
                new MobileBinding(item.Key, item.CareOf ?? request.CareOf, request.Update.SequenceNumber, end) { Ports = item.Ports }
            );
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SequenceNumberStored(HomeRegistration request)
    {
        foreach (var item in request.Succeeding)
        {
            request.Agent.Numbers.Accept(item.Key, request.Update.SequenceNumber);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ForwardingChanged(HomeRegistration request) => HomeBindings.Changed(request.Agent, request.Home);

    private static bool HasLinkLocal(HomeRegistration request) => request.Update.Flags.HasFlag(BindingUpdateFlags.LinkLocalCompatibility);
}
