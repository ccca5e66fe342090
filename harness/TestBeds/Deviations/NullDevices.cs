using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Devices with one fixed behaviour, whatever they receive.</summary>
public static class NullDevices
{
    /// <summary>Some scenarios, so that a device that breaks down after them does so in the middle of a run.</summary>
    private const int MessagesBeforeBreakdown = 60;

    /// <summary>
    /// A restart after which every session is registered anew shows only in the Sequence Numbers, which rightly are reported to begin anew.
    /// </summary>
    public static StatementId ReportedAfterRestart { get; } = new("rfc5213-6.9.1.1-k17");

    /// <summary>The roles of a device that breaks down in the middle of a run.</summary>
    public static IReadOnlyList<string> RolesThatBreakDown { get; } = ["LMA", "MAG"];

    /// <summary>Does not even answer Neighbor Solicitations.</summary>
    public static NullDevice Silent { get; } =
        Of("silent", "sends nothing at all", device => device with { Output = SilenceFilter.OfEverything });

    /// <summary>A plain IPv6 router.</summary>
    public static NullDevice Router { get; } =
        Of("router", "does not implement mobility", device => device with { Role = _ => new IdleRole() });

    public static NullDevice CrashAtStart { get; } =
        Of("crash-at-start", "crashes at its start", device => device with { Role = _ => new CrashingRole() }) with
        {
            Kind = NullDeviceKind.Crashed,
        };

    public static NullDevice AlwaysAccept { get; } =
        Of(
            "always-accept",
            "as an LMA, accepts every registration and forwards nothing; as a MAG, advertises a prefix and sends no registration",
            device =>
                device with
                {
                    Role = node => node.Role == NodeRole.Lma ? new AnsweringRole(BindingStatus.ACCEPTED) : new AdvertisingRole(),
                }
        ) with
        {
            Kind = NullDeviceKind.AcceptsAll,
        };

    public static NullDevice AlwaysReject { get; } =
        Of(
            "always-reject",
            "as an LMA, rejects every registration; as a MAG, serves no mobile node",
            device =>
                device with
                {
                    Role = node => node.Role == NodeRole.Lma ? new AnsweringRole(BindingStatus.REASON_UNSPECIFIED) : new IdleRole(),
                }
        );

    public static NullDevice NoForwarding { get; } =
        Of("no-forwarding", "does all of the signalling and forwards nothing", device => device with { Output = SilenceFilter.OfData }) with
        {
            Kind = NullDeviceKind.ForwardsNothing,

            // A correspondent node has nothing to forward.
            RolesWithoutFault = ["CN"],
        };

    public static IReadOnlyList<NullDevice> All { get; } = [Silent, Router, CrashAtStart, AlwaysAccept, AlwaysReject, NoForwarding];

    public static NullDevice DiesInMidRun { get; } =
        Breaking("dies-in-mid-run", "crashes after some scenarios", BreakdownKind.Crash, MessagesBeforeBreakdown);

    public static NullDevice FallsSilent { get; } =
        Breaking(
            "falls-silent",
            "does not answer any more after the second malformed message",
            BreakdownKind.Silence,
            2,
            malformedOnly: true
        );

    /// <summary>They restart at different moments, because a scenario has moments at which there is no state to lose.</summary>
    public static IReadOnlyList<NullDevice> RestartingThemselves { get; } =
    [
        .. Enumerable
            .Range(0, 5)
            .Select(number => MessagesBeforeBreakdown + (7 * number))
            .Select(after =>
                Of(
                    $"restarts-after-{after}",
                    "restarts by itself and has lost its sessions",
                    device => device with { Around = (_, create) => new BreakingRole(create, BreakdownKind.Restart, after) }
                ) with
                {
                    Kind = NullDeviceKind.BreaksDown,
                }
            ),
    ];

    /// <summary>Devices that break down in the middle of a run. Scenarios that are over, or begin later, must not be blamed.</summary>
    public static IReadOnlyList<NullDevice> ThatBreakDown { get; } = [DiesInMidRun, FallsSilent, .. RestartingThemselves];

    private static NullDevice Breaking(string name, string description, BreakdownKind kind, int after, bool malformedOnly = false) =>
        Of(name, description, device => device with { Around = (_, create) => new BreakingRole(create, kind, after, malformedOnly) }) with
        {
            Kind = NullDeviceKind.BreaksDown,
        };

    private static NullDevice Of(string name, string description, Func<Implementation, Implementation> change) =>
        new(name, description, change(new Implementation(name)));
}
