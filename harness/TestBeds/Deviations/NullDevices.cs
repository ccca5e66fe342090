using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Devices that do one thing, whatever they are asked.</summary>
public static class NullDevices
{
    /// <summary>Not even a neighbour gets an answer.</summary>
    public static NullDevice Silent { get; } =
        Of("silent", "sends nothing at all", device => device with { Output = SilenceFilter.OfEverything });

    /// <summary>An IPv6 router like any other.</summary>
    public static NullDevice Router { get; } =
        Of("router", "has never heard of mobility", device => device with { Role = _ => new IdleRole() });

    public static NullDevice CrashAtStart { get; } =
        Of("crash-at-start", "dies when it is started", device => device with { Role = _ => new CrashingRole() });

    public static NullDevice AlwaysAccept { get; } =
        Of(
            "always-accept",
            "accepts every registration and forwards nothing; as a gateway, advertises a prefix and registers nobody",
            device => device with { Role = role => role == "LMA" ? new AnsweringRole(BindingStatus.ACCEPTED) : new AdvertisingRole() }
        );

    public static NullDevice AlwaysReject { get; } =
        Of(
            "always-reject",
            "rejects every registration; as a gateway, serves nobody",
            device => device with { Role = role => role == "LMA" ? new AnsweringRole(BindingStatus.REASON_UNSPECIFIED) : new IdleRole() }
        );

    public static NullDevice NoForwarding { get; } =
        Of("no-forwarding", "does all of the signalling and forwards nothing", device => device with { Output = SilenceFilter.OfData });

    public static IReadOnlyList<NullDevice> All { get; } = [Silent, Router, CrashAtStart, AlwaysAccept, AlwaysReject, NoForwarding];

    private static NullDevice Of(string name, string description, Func<Implementation, Implementation> change) =>
        new(name, description, change(new Implementation(name)));
}
