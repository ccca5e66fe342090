using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5844, Sections 3.1.2.6, by bullet, and 3.3.4: the answer to a request with IPv4 options.</summary>
internal static class Ipv4ReplyRules
{
    public static RuleList<AcknowledgementDraft> Default { get; } =
        new(
            new("RFC 5844 3.1.2.6 b1", "PrefixesOnRequest", PrefixesOnRequest),
            new("RFC 5844 3.1.2.6 b2.1", "RequestedAddressesOnRejection", RequestedAddressesOnRejection),
            new("RFC 5844 3.1.2.6 b2.2", "AssignedAddresses", AssignedAddresses),
            new("RFC 5844 3.1.2.6 b3", "DefaultRouter", DefaultRouter),
            new("RFC 5844 3.3.4", "DhcpSupportMode", DhcpSupportMode)
        );

    /// <summary>
    /// Draft -02, Section 3.3.2: every rejection has the address that is allocated to the mobile node. If there is none, it has that of the
    /// request, or 0.0.0.0 if the request has no option.
    /// </summary>
    public static RuleOutcome AllocatedAddressOnRejection(AcknowledgementDraft draft)
    {
        var isMissing = draft.Status == BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION;
        if (!draft.IsRejection || !(isMissing || draft.Request.Ipv4Requests.Count > 0))
        {
            return RuleOutcome.Continue;
        }

        var allocated = BindingCacheLookup.Run(draft.Request) switch
        {
            LookupOutcome.Update update => update.Entry.Binding.Ipv4HomeAddresses,
            LookupOutcome.WaitForDeRegistration wait => wait.Entry.Binding.Ipv4HomeAddresses,
            _ => [],
        };
        return Reply(
            draft,
            isMissing ? [Ipv4HomeAddress.AllZero]
                : allocated.Count > 0 ? allocated
                : draft.Request.Ipv4Requests
        );
    }

    /// <summary>
    /// RFC 5213, Section 5.3.6, requires a prefix in every answer; the answer to a request for IPv4 alone has none. A request that has
    /// released its prefixes is answered with these.
    /// </summary>
    private static RuleOutcome PrefixesOnRequest(AcknowledgementDraft draft)
    {
        if (draft.Request is { Ipv4Requests.Count: > 0, HomeNetworkPrefixes.Count: 0 })
        {
            draft.HomeNetworkPrefixes = [];
        }
        else if (draft is { IsRejection: false, HomeNetworkPrefixes.Count: 0, Request.FoundBinding: { } released })
        {
            draft.HomeNetworkPrefixes = released.HomeNetworkPrefixes;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RequestedAddressesOnRejection(AcknowledgementDraft draft) =>
        draft.IsRejection ? Reply(draft, draft.Request.Ipv4Requests) : RuleOutcome.Continue;

    /// <summary>A request that has released its addresses is answered with these, and one that had none with what it named.</summary>
    private static RuleOutcome AssignedAddresses(AcknowledgementDraft draft)
    {
        if (draft.IsRejection || draft.Request is not { Ipv4Requests.Count: > 0, Entry: { } entry })
        {
            return RuleOutcome.Continue;
        }

        return Reply(
            draft,
            entry.Binding.Ipv4HomeAddresses is { Count: > 0 } assigned ? assigned
                : draft.Request.FoundBinding?.Ipv4HomeAddresses is { Count: > 0 } released ? released
                : draft.Request.Ipv4Requests
        );
    }

    private static RuleOutcome DefaultRouter(AcknowledgementDraft draft)
    {
        if (
            draft is { Status: BindingStatus.ACCEPTED, Request: { Ipv4Requests.Count: > 0, Entry: { } entry } request }
            && (entry.Binding.Ipv4DefaultRouter ?? request.Anchor.Settings.Ipv4?.DefaultRouter) is { } router
        )
        {
            draft.Ipv4Options.Add(new Ipv4DefaultRouterAddressOption(router));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DhcpSupportMode(AcknowledgementDraft draft)
    {
        if (
            draft is { IsRejection: false, Request.Ipv4Requests.Count: > 0 }
            && draft.Request.Anchor.Settings.Ipv4?.GatewayActsAsDhcpServer is { } actsAsServer
        )
        {
            draft.Ipv4Options.Add(new Ipv4DhcpSupportModeOption(actsAsServer));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Reply(AcknowledgementDraft draft, IEnumerable<Ipv4HomeAddress> addresses)
    {
        if (draft.Request.Anchor.Rules.Ipv4 is { } vocabulary)
        {
            var status = draft.IsRejection ? vocabulary.ReplyStatusOf(draft.Status) : Ipv4HomeAddressReplyStatus.Success;
            draft.Ipv4Options.AddRange(addresses.Select(home => vocabulary.Reply(status, home)));
        }
        return RuleOutcome.Continue;
    }
}
