using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors that are managed wrongly, or have wrong defaults: RFC 5213, Sections 4, 5.6.2, 6.12, 9.1 and 9.3.
/// </summary>
internal static class LmaManagementDeviations
{
    private const string OfDomain = "TimestampBasedApproachInUse MobileNodeGeneratedTimestampInUse";

    public static IReadOnlyList<Deviation> All { get; } = [.. Managed(), .. Defaults(), .. Routes()];

    private static IEnumerable<Deviation> Managed() =>
        [
            Administers(
                "lma-fixed-authorization",
                "does not change whom it serves when a MAG is authorized or no longer authorized",
                "rfc5213-4-k7",
                administration => administration.Without("GatewayAuthorized")
            ),
            Administers(
                "lma-fixed-variables",
                "takes new values of its variables without using them",
                "rfc5213-9.1-k1",
                administration => administration.Replacing("VariableSet", request => RuleOutcome.Continue)
            ),
            Administers(
                "lma-forgets-variables",
                "does not keep the values of its variables over a restart",
                "rfc5213-9.1-k2",
                administration => administration.Without("VariableSaved")
            ),
            Administers(
                "lma-forwards-withdrawn-prefix",
                "goes on to forward packets for a prefix that is withdrawn",
                "rfc5213-6.12-k2",
                administration => administration.Without("RoutesOfPrefixRemoved").Without("PrefixWithdrawn")
            ),
        ];

    private static IEnumerable<Deviation> Defaults() =>
        [
            Sets(
                "lma-short-default-delay",
                "deletes a session 5 s after its de-registration if nothing else is configured",
                "rfc5213-9.1-d1",
                settings => Unconfigured(settings, settings with { MinDelayBeforeBCEDelete = TimeSpan.FromSeconds(5) })
            ),
            Sets(
                "lma-long-default-wait",
                "waits 4 s for a de-registration if nothing else is configured",
                "rfc5213-9.1-d2",
                settings => Unconfigured(settings, settings with { MaxDelayBeforeNewBCEAssign = TimeSpan.FromSeconds(4) })
            ),
            Sets(
                "lma-wide-default-window",
                "accepts timestamps 3 s off if nothing else is configured",
                "rfc5213-9.1-d3",
                settings => Unconfigured(settings, settings with { TimestampValidityWindow = TimeSpan.FromSeconds(3) })
            ),
            Sets(
                "lma-window-for-mobile-nodes",
                "compares timestamps of mobile nodes with its clock",
                "rfc5213-5.5-k17",
                settings => settings with { MobileNodeGeneratedTimestampInUse = false }
            ),
        ];

    private static IEnumerable<Deviation> Routes() =>
        [
            Deviation.OfLma(
                "lma-announces-nothing",
                "does not announce routes for the prefixes of mobile nodes",
                "rfc5213-5.6.2-k2",
                rules => rules with { InitialRegistration = rules.InitialRegistration.Without("RoutesAnnounced") }
            ),
        ];

    private static Deviation Administers(
        string name,
        string description,
        string statement,
        Func<RuleList<AdministrativeRequest>, RuleList<AdministrativeRequest>> change
    ) => Deviation.OfLma(name, description, statement, rules => rules with { Administration = change(rules.Administration) });

    private static Deviation Sets(
        string name,
        string description,
        string statement,
        Func<LocalMobilityAnchorSettings, LocalMobilityAnchorSettings> change
    ) => Deviation.InLma(name, description, statement, lma => lma with { Changes = Changes.To<LocalMobilityAnchorSettings>(change) });

    /// <summary>Other defaults show only where nothing is configured: there, the wait for a de-registration is that of RFC 5213.</summary>
    private static LocalMobilityAnchorSettings Unconfigured(LocalMobilityAnchorSettings settings, LocalMobilityAnchorSettings other)
    {
        var defaults = new LocalMobilityAnchorSettings { Address = settings.Address, PrefixPool = settings.PrefixPool };
        return settings.MaxDelayBeforeNewBCEAssign == defaults.MaxDelayBeforeNewBCEAssign ? other : settings;
    }

    private static RuleOutcome IgnoredOfDomain(AdministrativeRequest request) =>
        request.Action is AdministrativeAction.SetVariable { Name: var name } && OfDomain.Contains(name, StringComparison.Ordinal)
            ? RuleOutcome.Stop
            : RuleOutcome.Continue;
}
