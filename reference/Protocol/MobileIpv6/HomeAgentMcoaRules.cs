using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>Adds several care-of addresses to the rules of a home agent, by edition.</summary>
internal static class HomeAgentMcoaRules
{
    /// <summary>What an edition changes; nothing without several care-of addresses.</summary>
    public static Func<HomeAgentRules, HomeAgentRules> Of(McoaEdition edition) =>
        edition switch
        {
            McoaEdition.Rfc5648 => AddRfc5648,
            McoaEdition.Draft04 => AddDraft,
            _ => rules => rules,
        };

    private static HomeAgentRules AddRfc5648(HomeAgentRules rules) =>
        rules with
        {
            BindingIdentifiers = McoaRules
                .Of<HomeRegistration>(McoaEdition.Rfc5648)
                .InsertingBefore("LengthRight", new("RFC 5648 4.4", "BulkPermitted", BulkPermitted))
                .InsertingBefore("RemovedBindingKnown", new("RFC 5648 4.4", "SimultaneousUsePermitted", SimultaneousUsePermitted))
                .InsertingBefore("CareOfAddressOfOption", new("RFC 5648 6.2 b5", "HomeBinding", HomeBindingOfRfc)),
            Registration = rules
                .Registration.InsertingBefore("HomeAddressRemembered", new("RFC 5648 6.2 b7.b1", "Overwritten", Overwritten))
                .InsertingBefore("BindingsStored", new("RFC 5648 5.6.3", "LinkLayerAddressStored", LinkLayerAddressStored))
                .InsertingBefore("Forwarding", new("RFC 5648 5.6.5", "HomeLinkLeft", HomeLinkLeft))
                .InsertingBefore("Accepted", new("RFC 5648 6.3", "WithoutNeighborDiscovery", WithoutNeighborDiscovery)),
            DeRegistration = rules.DeRegistration.InsertingBefore("InterceptionEnds", new("RFC 5648 5.6.5", "HomeLinkLeft", HomeLinkLeft)),
            Acknowledgement = WithIdentifiers(rules, "RFC 5648 6.2"),
            Intercepts = InterceptsBesideHomeBinding,
        };

    private static HomeAgentRules AddDraft(HomeAgentRules rules) =>
        rules with
        {
            BindingIdentifiers = McoaRules
                .Of<HomeRegistration>(McoaEdition.Draft04)
                .InsertingBefore("RemovedBindingKnown", new("draft 04 6.3 b5", "FlagsEqual", FlagsEqual))
                .InsertingBefore("CareOfAddressOfOption", new("draft 04 6.3 b7", "HomeBinding", HomeBindingOfDraft)),
            Registration = rules
                .Registration.InsertingBefore("HomeAddressRemembered", new("draft 04 6.3 b9", "Overwritten", Overwritten))
                .InsertingBefore("HomeAddressRemembered", new("draft 04 6.3 b9", "PlainBindingReplaced", PlainBindingReplaced))
                .InsertingBefore("Forwarding", new("draft 04 5.5", "HomeBindingStays", HomeBindingStays)),
            DeRegistration = rules.DeRegistration.InsertingBefore(
                "BindingsRemoved",
                new("draft 04 5.5", "HomeBindingStays", HomeBindingStays)
            ),
            Acknowledgement = WithIdentifiers(rules, "draft 04 6.3"),
            SequenceScope = SequenceWindow.OfBinding,
            Intercepts = change => change.CareOfAddresses.Count > 0 && !change.HasHomeBinding,
        };

    private static RuleList<HomeAcknowledgement> WithIdentifiers(HomeAgentRules rules, string section) =>
        rules.Acknowledgement.InsertingBefore("SentToSource", new(section, "IdentifiersRepeated", IdentifiersRepeated));

    /// <summary>RFC 5648, Section 6.3: beside other routers packets for the home link come to this node by proxy alone.</summary>
    private static bool InterceptsBesideHomeBinding(HomeAddressChange change) =>
        change.Agent.Settings.HasOtherRoutersOnHomeLink
            ? change.Bindings.Count > 0
            : change.CareOfAddresses.Count > 0 && !change.HasHomeBinding;

    private static RuleOutcome BulkPermitted(HomeRegistration request) =>
        request is { Agent.Settings.AcceptsBulkRegistration: false, Items.Count: > 1, Vocabulary.BulkProhibited: var status }
            ? request.Answer(status)
            : RuleOutcome.Continue;

    private static RuleOutcome SimultaneousUsePermitted(HomeRegistration request) =>
        !request.Agent.Settings.AllowsSimultaneousHomeAndForeign && !request.IsRemoval && HasHomeFlag(request)
            ? request.Answer(BindingStatus.MCOA_SIMULTANEOUS_HOME_AND_FOREIGN_PROHIBITED)
            : RuleOutcome.Continue;

    private static RuleOutcome FlagsEqual(HomeRegistration request) =>
        request.Items.Select(item => item.Identity?.Flags).Distinct().Count() > 1 && request.Vocabulary is { FlagConflicts: var status }
            ? request.Answer(status)
            : RuleOutcome.Continue;

    /// <summary>H in a removal means nothing (RFC 5648, Section 5.6.3).</summary>
    private static RuleOutcome HomeBindingOfRfc(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval && item.Identity is { Home: true }))
        {
            item.CareOf = request.Home;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// H with the care-of address of a foreign link is there because the flags of all options are equal (the draft, Section 5.5): the
    /// binding is no home binding. With a lifetime of 0 the binding that is named becomes one.
    /// </summary>
    private static RuleOutcome HomeBindingOfDraft(HomeRegistration request)
    {
        foreach (var item in request.Succeeding.Where(item => item.Identity is { Home: true }).ToList())
        {
            var careOf = item.Identity?.CareOf;
            if (careOf is null || careOf.Equals(request.Home))
            {
                item.CareOf = request.Home;
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Overwritten(HomeRegistration request)
    {
        if (request.Overwrites)
        {
            HomeBindings.RemoveAll(request, except: request.Succeeding.Select(item => item.Key));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PlainBindingReplaced(HomeRegistration request)
    {
        if (request.HasIdentities && McoaRules.HasPlainBinding(request))
        {
            request.HasReplacedPlainBinding = true;
            HomeBindings.RemoveAll(request, except: request.Bindings.Of(request.Home).Select(binding => binding.Key).Where(HasBindingId));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLayerAddressStored(HomeRegistration request)
    {
        if (HasHomeFlag(request) && request.LinkLayerAddress is { } address)
        {
            request.Agent.Of(request.Home).LinkLayerAddress = address;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A home binding ends with the next message that does not confirm it.</summary>
    private static RuleOutcome HomeLinkLeft(HomeRegistration request)
    {
        if (!HasHomeFlag(request))
        {
            foreach (var home in request.Bindings.Of(request.Home).Where(binding => binding.IsHome).ToList())
            {
                request.Agent.Remove(home.Key);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A home binding of the draft stays until it is removed or replaced.</summary>
    private static RuleOutcome HomeBindingStays(HomeRegistration request)
    {
        foreach (var item in request.Succeeding.Where(item => request.HasIdentities && request.Home.Equals(item.CareOf)))
        {
            request.Agent.Put(new MobileBinding(item.Key, request.Home, request.Update.SequenceNumber, EndsAt: null));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The status is that of the whole message, unless single bindings have failed.</summary>
    private static RuleOutcome WithoutNeighborDiscovery(HomeRegistration request)
    {
        if (request.Agent.Settings.HasOtherRoutersOnHomeLink && HasHomeFlag(request) && request.Vocabulary is { } vocabulary)
        {
            var isWhole = request.Items.All(item => !item.HasFailed);
            foreach (var item in request.Succeeding.Where(item => isWhole || item.Identity is { Home: true }).ToList())
            {
                item.Settle(vocabulary.WithoutNeighborDiscovery);
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome IdentifiersRepeated(HomeAcknowledgement answer)
    {
        var request = answer.Request;
        foreach (var item in request.Items)
        {
            if (request.Vocabulary is { } vocabulary && item.Identity is { } identity)
            {
                answer.Options.Add(vocabulary.Answer(identity, request.HasOwnStatuses ? item.Status : BindingStatus.ACCEPTED));
            }
        }
        return RuleOutcome.Continue;
    }

    private static bool HasHomeFlag(HomeRegistration request) => request.Items.Any(item => item.Identity is { Home: true });

    private static bool HasBindingId(BindingKey key) => key.BindingId is not null;
}
