using System.Net.Sockets;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts that home agents and correspondent nodes share.</summary>
internal static class McoaParts
{
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
