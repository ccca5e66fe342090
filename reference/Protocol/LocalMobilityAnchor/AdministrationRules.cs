using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>What system management or an administrator asks of a local mobility anchor.</summary>
public sealed record AdministrativeRequest(AnchorState Anchor, AdministrativeAction Action);

/// <summary>
/// RFC 5213, Sections 9.1 and 9.3: variables; Section 4: authorized MAGs; Section 6.12: prefixes that become invalid; and the end of
/// sessions. Whom the local mobility anchor serves is in its policy, so that <see cref="AdministrativeAction.EnableRegistration"/> has no
/// effect.
/// </summary>
internal static class AdministrationRules
{
    public static RuleList<AdministrativeRequest> Default { get; } =
        new(
            new("9.1", "VariableSet", VariableSet),
            new("9.1", "VariableSaved", VariableSaved),
            new("4", "GatewayAuthorized", GatewayAuthorized),
            new("6.12", "RoutesOfPrefixRemoved", RoutesOfPrefixRemoved),
            new("6.12", "PrefixWithdrawn", PrefixWithdrawn),
            new("5.3.5", "SessionsTerminated", SessionsTerminated)
        );

    private static RuleOutcome VariableSet(AdministrativeRequest request)
    {
        var (anchor, action) = request;
        if (action is not AdministrativeAction.SetVariable(var name, var value))
        {
            return RuleOutcome.Continue;
        }

        if (!AnchorVariables.TrySet(anchor.Settings, name, value, out var settings))
        {
            anchor.Actions.Log("VariableSet", $"{name} cannot be '{value}'");
            return RuleOutcome.Stop;
        }

        anchor.Settings = settings;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome VariableSaved(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.SetVariable(var name, var value))
        {
            request.Anchor.Actions.Add(new RoleAction.SaveVariable(name, value));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The list of authorized MAGs is one of the variables.</summary>
    private static RuleOutcome GatewayAuthorized(AdministrativeRequest request)
    {
        var authorized = request.Anchor.Settings.AuthorizedMobileAccessGateways;
        IEnumerable<IPAddress>? changed = request.Action switch
        {
            AdministrativeAction.Authorize { MobileAccessGateway: var added } => authorized.Append(added).Distinct(),
            AdministrativeAction.Deauthorize { MobileAccessGateway: var removed } => authorized.Where(known => !known.Equals(removed)),
            _ => null,
        };
        if (changed is not null)
        {
            var variable = nameof(LocalMobilityAnchorSettings.AuthorizedMobileAccessGateways);
            var set = new AdministrativeAction.SetVariable(variable, string.Join(' ', changed));
            request.Anchor.Rules.Administration.Apply(request with { Action = set });
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The local mobility anchor drops packets for its prefixes without a session.</summary>
    private static RuleOutcome RoutesOfPrefixRemoved(AdministrativeRequest request)
    {
        if (Affected(request) is { } session)
        {
            var keep =
                session is BindingCacheEntry.Registered
                    ? SessionRouting.RoutesOf(request.Anchor, session)
                    : SessionRouting.BlackholesOf(session);
            request.Anchor.Forwarding.RemoveRoutes(session.Session, keep);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The prefix is not assigned again. A session ends with its last prefix, unless it has IPv4.</summary>
    private static RuleOutcome PrefixWithdrawn(AdministrativeRequest request)
    {
        var session = Affected(request);
        if (request.Action is AdministrativeAction.WithdrawPrefix { Prefix: var prefix })
        {
            request.Anchor.Bindings.Withdraw(prefix);
            if (request.Anchor.Settings.AnnounceRoutes)
            {
                request.Anchor.Actions.Add(new RoleAction.WithdrawRoute(prefix));
            }
        }

        if (session is { Binding: { HomeNetworkPrefixes.Count: 0, Ipv4HomeAddresses.Count: 0 } })
        {
            request.Anchor.Rules.EndOfSession.Apply(new EndingSession(request.Anchor, session));
        }
        else if (session is not null)
        {
            request.Anchor.Put(session);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SessionsTerminated(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.TerminateSessions { MobileNode: var mobileNode })
        {
            foreach (var entry in request.Anchor.Bindings.Of(mobileNode))
            {
                request.Anchor.Rules.EndOfSession.Apply(new EndingSession(request.Anchor, entry));
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The session with the prefix that is withdrawn, without that prefix; null if there is none.</summary>
    private static BindingCacheEntry? Affected(AdministrativeRequest request)
    {
        if (
            request.Action is not AdministrativeAction.WithdrawPrefix { Prefix: var prefix }
            || request.Anchor.Bindings.FindByPrefix(prefix) is not { Binding: var binding } session
        )
        {
            return null;
        }

        IReadOnlyList<Ipv6Prefix> left = [.. binding.HomeNetworkPrefixes.Where(other => other != prefix)];
        return session with { Binding = binding with { HomeNetworkPrefixes = left } };
    }
}
