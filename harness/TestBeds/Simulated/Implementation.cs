using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds;

/// <summary>
/// An implementation under test that runs in process: the reference, or a variant of it with other rules or settings, an output
/// filter, or another role.
/// </summary>
public sealed record Implementation(string Name)
{
    public static Implementation Reference { get; } = new("reference LMA and MAG");

    public Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> LmaRules { get; init; } = rules => rules;

    public Func<LocalMobilityAnchorSettings, LocalMobilityAnchorSettings> LmaSettings { get; init; } = settings => settings;

    public Func<MobileAccessGatewayRules, MobileAccessGatewayRules> MagRules { get; init; } = rules => rules;

    public Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings> MagSettings { get; init; } = settings => settings;

    /// <summary>Creates a role that replaces the reference; the argument is LMA or MAG. Null to use the reference.</summary>
    public Func<string, IRole>? Role { get; init; }

    /// <summary>Creates the output filter of the implementation, a new one for every bed.</summary>
    public Func<IOutputFilter>? Output { get; init; }

    /// <summary>ICS items it claims beyond those of the named configuration.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>ICS items of the named configuration that it does not claim.</summary>
    public IReadOnlyList<string> Disclaims { get; init; } = [];

    /// <summary>The same implementation with the timers of an IXIT.</summary>
    public Implementation WithTimers(Ixit ixit) =>
        this with
        {
            LmaSettings = settings =>
                LmaSettings(settings) with
                {
                    MinDelayBeforeBCEDelete = ixit.Timer("MinDelayBeforeBCEDelete"),
                    MaxDelayBeforeNewBCEAssign = ixit.Timer("MaxDelayBeforeNewBCEAssign"),
                    TimestampValidityWindow = ixit.Timer("TimestampValidityWindow"),
                },
            MagSettings = settings =>
                MagSettings(settings) with
                {
                    InitialBindackTimeout = ixit.Timer("INITIAL_BINDACK_TIMEOUT"),
                    MaxBindackTimeout = ixit.Timer("MAX_BINDACK_TIMEOUT"),
                },
        };

    /// <summary>The ICS of the implementation in a named configuration.</summary>
    public IReadOnlyList<string> ClaimsIn(NamedConfiguration configuration) => [.. configuration.Claims.Except(Disclaims).Union(Claims)];
}
