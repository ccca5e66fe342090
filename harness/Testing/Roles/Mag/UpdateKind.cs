using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Roles.Mag;

/// <summary>The Proxy Binding Updates of a mobile node that a step is about.</summary>
public enum UpdateKind
{
    Any,
    Registration,
    Deregistration,

    /// <summary>One that asks for an IPv4 home address.</summary>
    Ipv4Registration,

    /// <summary>One that asks for home network prefixes.</summary>
    Ipv6Registration,

    /// <summary>One that asks for the IPv4 home address of the update before, which the LMA has refused.</summary>
    RefusedIpv4,
}

/// <summary>Which updates are of a kind, and its name.</summary>
internal static class UpdateKinds
{
    public static bool Has(this UpdateKind kind, MobilityOctets update) =>
        kind switch
        {
            UpdateKind.Registration => update.LifetimeUnits > 0,
            UpdateKind.Deregistration => update.LifetimeUnits == 0,
            UpdateKind.Ipv4Registration or UpdateKind.RefusedIpv4 => update.LifetimeUnits > 0 && AsksForIpv4(update),
            UpdateKind.Ipv6Registration => update.LifetimeUnits > 0 && update.First(HomeNetworkPrefixKind.Type) is not null,
            _ => true,
        };

    public static string Words(this UpdateKind kind) =>
        kind switch
        {
            UpdateKind.Registration => " that is no de-registration",
            UpdateKind.Deregistration => " that is a de-registration",
            UpdateKind.Ipv4Registration => " that asks for IPv4",
            UpdateKind.Ipv6Registration => " that asks for prefixes",
            UpdateKind.RefusedIpv4 => " that asks for the refused IPv4 address",
            _ => string.Empty,
        };

    private static bool AsksForIpv4(MobilityOctets update) =>
        update.First(Ipv4HomeAddressRequestKind.Type) is not null || update.First(Ipv4HomeAddressKind.Type) is not null;
}
