using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Devices with one fixed behaviour, whatever they receive.</summary>
public static class NullDevices
{
    /// <summary>Does not even answer Neighbor Solicitations.</summary>
    public static NullDevice Silent { get; } =
        Of("silent", "sends nothing at all", device => device with { Output = SilenceFilter.OfEverything });

    /// <summary>A plain IPv6 router.</summary>
    public static NullDevice Router { get; } =
        Of("router", "does not implement mobility", device => device with { Role = _ => new IdleRole() });

    public static NullDevice CrashAtStart { get; } =
        Of("crash-at-start", "crashes at its start", device => device with { Role = _ => new CrashingRole() });

    public static NullDevice AlwaysAccept { get; } =
        Of(
            "always-accept",
            "as an LMA, accepts every registration and forwards nothing; as a MAG, advertises a prefix and sends no registration",
            device =>
                device with
                {
                    Role = node => node.Role == NodeRole.Lma ? new AnsweringRole(BindingStatus.ACCEPTED) : new AdvertisingRole(),
                }
        );

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
        Of("no-forwarding", "does all of the signalling and forwards nothing", device => device with { Output = SilenceFilter.OfData });

    public static IReadOnlyList<NullDevice> All { get; } = [Silent, Router, CrashAtStart, AlwaysAccept, AlwaysReject, NoForwarding];

    private static NullDevice Of(string name, string description, Func<Implementation, Implementation> change) =>
        new(name, description, change(new Implementation(name)));
}
