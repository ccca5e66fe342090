using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds;

/// <summary>
/// An implementation under test that runs in process: the reference, or what is made of it from outside by
/// exchanging rules and settings, by a filter behind it, or by another role in its place.
/// </summary>
public sealed record Implementation(string Name)
{
    public static Implementation Reference { get; } = new("reference LMA and MAG");

    public Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> LmaRules { get; init; } = rules => rules;

    public Func<LocalMobilityAnchorSettings, LocalMobilityAnchorSettings> LmaSettings { get; init; } = settings => settings;

    public Func<MobileAccessGatewayRules, MobileAccessGatewayRules> MagRules { get; init; } = rules => rules;

    public Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings> MagSettings { get; init; } = settings => settings;

    /// <summary>Takes the place of the role, if it is not the reference at all; the text is LMA or MAG.</summary>
    public Func<string, IRole>? Role { get; init; }

    /// <summary>A filter behind the implementation, a new one for every bed.</summary>
    public Func<IOutputFilter>? Output { get; init; }

    /// <summary>ICS items it claims beyond those of the named configuration.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>ICS items of the named configuration that it does not claim.</summary>
    public IReadOnlyList<string> Disclaims { get; init; } = [];

    /// <summary>The same with the timers of an IXIT.</summary>
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

    /// <summary>Its ICS in a named configuration.</summary>
    public IReadOnlyList<string> ClaimsIn(NamedConfiguration configuration) => [.. configuration.Claims.Except(Disclaims).Union(Claims)];
}
