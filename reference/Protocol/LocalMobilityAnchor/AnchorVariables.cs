using System.Diagnostics.CodeAnalysis;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The variables of a local mobility anchor that system management sets while it runs: RFC 5213, Sections 9.1 and 9.3, the authorized MAGs
/// of Section 4, FixedDHCPServerId, and those of RFC 5844, Section 5.1, and of the draft before it.
/// </summary>
public static class AnchorVariables
{
    /// <summary>The settings with a new value of a variable. False if there is no such variable, or if it cannot have the value.</summary>
    /// <param name="value">As <see cref="AdministrativeAction.SetVariable"/> has it.</param>
    public static bool TrySet(
        LocalMobilityAnchorSettings settings,
        string name,
        string value,
        [NotNullWhen(true)] out LocalMobilityAnchorSettings? changed
    )
    {
        var (time, flag) = (VariableValue.Milliseconds(value), VariableValue.Flag(value));
        changed = name switch
        {
            nameof(settings.MinDelayBeforeBCEDelete) when time is { } delay => settings with { MinDelayBeforeBCEDelete = delay },
            nameof(settings.MaxDelayBeforeNewBCEAssign) when time is { } delay => settings with { MaxDelayBeforeNewBCEAssign = delay },
            nameof(settings.TimestampValidityWindow) when time is { } window => settings with { TimestampValidityWindow = window },
            nameof(settings.TimestampBasedApproachInUse) when flag is { } inUse => settings with { TimestampBasedApproachInUse = inUse },
            nameof(settings.MobileNodeGeneratedTimestampInUse) when flag is { } inUse => settings with
            {
                MobileNodeGeneratedTimestampInUse = inUse,
            },
            nameof(settings.AuthorizedMobileAccessGateways) when VariableValue.Addresses(value) is { } gateways => settings with
            {
                AuthorizedMobileAccessGateways = gateways,
            },
            nameof(settings.Ipv4.FixedDHCPServerId) when settings.Ipv4 is { } ipv4 && VariableValue.Address(value) is { } address =>
                settings with
                {
                    Ipv4 = ipv4 with { FixedDHCPServerId = address },
                },
            nameof(Ipv4AnchorTransport.AcceptForcedIPv4UDPEncapsulationRequest) when flag is { } accepts => OverIpv4(
                settings,
                transport => transport with { AcceptForcedIPv4UDPEncapsulationRequest = accepts }
            ),
            nameof(Ipv4AnchorTransport.AcceptIPv4UDPEncapsulationRequest) when flag is { } accepts => OverIpv4(
                settings,
                transport => transport with { AcceptIPv4UDPEncapsulationRequest = accepts }
            ),
            _ => null,
        };
        return changed is not null && VariableValue.IsValid(changed.Validate);
    }

    private static LocalMobilityAnchorSettings? OverIpv4(
        LocalMobilityAnchorSettings settings,
        Func<Ipv4AnchorTransport, Ipv4AnchorTransport> change
    ) => settings.Ipv4Transport is { } transport ? settings with { Ipv4Transport = change(transport) } : null;
}
