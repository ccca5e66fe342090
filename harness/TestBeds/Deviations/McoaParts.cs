using System.Net.Sockets;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts that home agents and correspondent nodes share.</summary>
internal static class McoaParts
{
    /// <summary>
    /// The role, without every second Binding Error about a Home Address option, the first one included (RFC 6275, Section 9.3.3).
    /// </summary>
    public static IRole LimitingErrors(IRole role)
    {
        var count = 0;
        return new ActingRole(
            role,
            action =>
                HaParts.MessageIn(action) is BindingError { Status: BindingError.UnknownBindingForHomeAddress } && count++ % 2 == 0
                    ? []
                    : [action]
        );
    }

    /// <summary>Copies the IPv6 care-of address of each option of an update into the option of the answer.</summary>
    public static void CopyAddresses(List<MobilityOption> options, IReadOnlyList<BindingItem> items)
    {
        for (var i = 0; i < options.Count; i++)
        {
            if (
                options[i] is BindingIdentityOption option
                && items.FirstOrDefault(item => item.Identity?.BindingId == option.BindingId)?.Identity?.CareOf
                    is { AddressFamily: AddressFamily.InterNetworkV6 } careOf
            )
            {
                options[i] = option with { CareOfAddress = careOf };
            }
        }
    }
}
