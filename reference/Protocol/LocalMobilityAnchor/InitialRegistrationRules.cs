using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.3.2: a new mobility session.</summary>
internal static class InitialRegistrationRules
{
    /// <summary>The prefixes of a session.</summary>
    public static RuleList<RegistrationRequest> Prefixes { get; } =
        new(
            new("5.3.2(1)", "PrefixesAllocated", PrefixesAllocated),
            new("5.3.2(2)", "PrefixesAvailable", PrefixesAvailable),
            new("5.3.2(3)", "PrefixesAuthorized", PrefixesAuthorized)
        );

    public static RuleList<RegistrationRequest> Default { get; } =
        new([
            .. Prefixes,
            new("5.3.2(4)", "EntryCreated", EntryCreated),
            new("5.3.2(5)", "TunnelEstablished", SessionRouting.TunnelEstablished),
            new("5.3.2(6)", "RoutesCreated", SessionRouting.RoutesCreated),
            new("5.6.2 b1", "RoutesAnnounced", SessionRouting.RoutesAnnounced),
            new("5.3.2(7)", "Accepted", request => request.Accept()),
        ]);

    /// <summary>One ALL_ZERO leaves the choice to the local mobility anchor, even if the request has other prefixes.</summary>
    private static RuleOutcome PrefixesAllocated(RegistrationRequest request)
    {
        if (!LeavesChoice(request))
        {
            return RuleOutcome.Continue;
        }

        var own = request.Policy?.AuthorizedPrefixes ?? [];
        request.AssignedPrefixes =
            own.Count == 0 ? request.Anchor.Prefixes.Draw(request.Policy?.PrefixCount ?? 1)
            : own.Any(request.Anchor.Bindings.IsInUse) ? []
            : own;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixesAvailable(RegistrationRequest request) =>
        LeavesChoice(request) && request.AssignedPrefixes.Count == 0
            ? request.Reject(BindingStatus.INSUFFICIENT_RESOURCES)
            : RuleOutcome.Continue;

    private static RuleOutcome PrefixesAuthorized(RegistrationRequest request)
    {
        if (LeavesChoice(request))
        {
            return RuleOutcome.Continue;
        }
        if (!request.HomeNetworkPrefixes.All(prefix => IsAuthorized(request, prefix)))
        {
            return request.Reject(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        }

        request.AssignedPrefixes = [.. request.HomeNetworkPrefixes.Distinct()];
        return RuleOutcome.Continue;
    }

    private static RuleOutcome EntryCreated(RegistrationRequest request)
    {
        var binding = new Binding
        {
            MobileNode = request.MobileNode!,
            HomeNetworkPrefixes = request.AssignedPrefixes,
            LinkLocalAddress = LinkLocalAddresses.Generate(request.Anchor.Random), // 5.3.6 b10b: returned if requested
            ProxyCareOfAddress = request.ProxyCareOfAddress,
            LinkLayerIdentifier = Binding.NoLinkLayerIdentifier,
            AccessTechnology = default,
        };
        AcceptedValues.Register(request, request.Anchor.Bindings.NewSession(), request.WithIpv4(binding));
        return RuleOutcome.Continue;
    }

    private static bool LeavesChoice(RegistrationRequest request)
    {
        foreach (var prefix in request.HomeNetworkPrefixes)
        {
            if (prefix.IsAllZero)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Owned by this local mobility anchor, authorized for the mobile node, and (RFC 5213, Section 5.2) not used by another
    /// session.
    /// </summary>
    private static bool IsAuthorized(RegistrationRequest request, Ipv6Prefix prefix)
    {
        var own = request.Policy?.AuthorizedPrefixes ?? [];
        var allowed =
            own.Count > 0
                ? own.Contains(prefix)
                : prefix.Length == LocalMobilityAnchorSettings.HomeNetworkPrefixLength
                    && request.Anchor.Settings.PrefixPool.Contains(prefix);
        return allowed && !request.Anchor.Bindings.IsInUse(prefix);
    }
}
