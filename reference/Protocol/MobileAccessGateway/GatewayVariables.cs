using System.Diagnostics.CodeAnalysis;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// The variables of a mobile access gateway that system management sets while it runs: RFC 5213, Sections 9.2 and 9.3, RFC 5844, Section
/// 5.2, and those of draft-ietf-netlmm-pmip6-ipv4-support-04, Sections 5.2 and 5.3.
/// </summary>
public static class GatewayVariables
{
    /// <summary>The settings with a new value of a variable. False if there is no such variable, or if it cannot have the value.</summary>
    /// <param name="value">As <see cref="AdministrativeAction.SetVariable"/> has it.</param>
    public static bool TrySet(
        MobileAccessGatewaySettings settings,
        string name,
        string value,
        [NotNullWhen(true)] out MobileAccessGatewaySettings? changed
    )
    {
        var flag = VariableValue.Flag(value);
        changed = name switch
        {
            nameof(settings.EnableMAGLocalRouting) when flag is { } enabled => settings with { EnableMAGLocalRouting = enabled },
            nameof(settings.TimestampBasedApproachInUse) when flag is { } inUse => settings with { TimestampBasedApproachInUse = inUse },
            nameof(settings.MobileNodeGeneratedTimestampInUse) when flag is { } inUse => settings with
            {
                MobileNodeGeneratedTimestampInUse = inUse,
            },
            nameof(settings.FixedMAGLinkLocalAddressOnAllAccessLinks) when VariableValue.Address(value) is { } address => settings with
            {
                FixedMAGLinkLocalAddressOnAllAccessLinks = address,
            },
            nameof(settings.FixedMAGLinkLayerAddressOnAllAccessLinks) when VariableValue.LinkLayerAddress(value) is { } address =>
                settings with
                {
                    FixedMAGLinkLayerAddressOnAllAccessLinks = address,
                },
            nameof(settings.Ipv4.FixedDHCPServerId) when settings.Ipv4 is { } ipv4 && VariableValue.Address(value) is { } address =>
                settings with
                {
                    Ipv4 = ipv4 with { FixedDHCPServerId = address },
                },
            nameof(Ipv4GatewayTransport.ForceIPv4UDPEncapsulationSupport) when flag is { } force => OverIpv4(
                settings,
                transport => transport with { ForceIPv4UDPEncapsulationSupport = force }
            ),
            nameof(Ipv4GatewayTransport.RequestIPv4UDPEncapsulationSupport) when flag is { } request => OverIpv4(
                settings,
                transport => transport with { RequestIPv4UDPEncapsulationSupport = request }
            ),
            _ => null,
        };
        return changed is not null && VariableValue.IsValid(changed.Validate);
    }

    private static MobileAccessGatewaySettings? OverIpv4(
        MobileAccessGatewaySettings settings,
        Func<Ipv4GatewayTransport, Ipv4GatewayTransport> change
    ) => settings.Ipv4Transport is { } transport ? settings with { Ipv4Transport = change(transport) } : null;
}
