using Conformance.Testing.Octets;

namespace Conformance.Testing.Roles.Mag;

/// <summary>The Proxy Binding Updates of a mobile node that a step is about.</summary>
public enum UpdateKind
{
    Any,
    Registration,
    Deregistration,
}

/// <summary>Which updates are of a kind, and its name.</summary>
internal static class UpdateKinds
{
    public static bool Has(this UpdateKind kind, MobilityOctets update) =>
        kind switch
        {
            UpdateKind.Registration => update.LifetimeUnits > 0,
            UpdateKind.Deregistration => update.LifetimeUnits == 0,
            _ => true,
        };

    public static string Words(this UpdateKind kind) =>
        kind switch
        {
            UpdateKind.Registration => " that is no de-registration",
            UpdateKind.Deregistration => " that is a de-registration",
            _ => string.Empty,
        };
}
