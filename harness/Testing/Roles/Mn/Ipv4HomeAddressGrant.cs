using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// What the home agent of a mobile node under test answers to a request for an IPv4 home address (RFC 5555, Sections 3.1.1, 3.2.1 and 4.5).
/// It has one address for the mobile node, and no prefix.
/// </summary>
public static class Ipv4HomeAddressGrant
{
    private const byte OfOneAddress = 32;
    private const byte PrefixFlag = 0x02;

    /// <param name="option">An IPv4 Home Address option as it came: any octets, of any length.</param>
    /// <param name="own">The address of the mobile node; null if it has none.</param>
    /// <param name="isRefresh">True if the mobile node has a binding, so that the P flag does not count.</param>
    public static Ipv4AddressAcknowledgementOption Answer(OptionOctets option, IPAddress? own, bool isRefresh)
    {
        var asked = Ipv4RequestKind.Asked(option);
        var isAny = asked.Address.Equals(IPAddress.Any);
        var status =
            option.HasWrongLength || asked.PrefixLength is 0 or > OfOneAddress ? Ipv4AddressAcknowledgementStatus.ReasonUnspecified
            : !isRefresh && (option.Data.Span[0] & PrefixFlag) != 0 ? Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized
            : isAny && own is null ? Ipv4AddressAcknowledgementStatus.DynamicAssignmentNotAvailable
            : !isAny && !asked.Address.Equals(own) ? Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress
            : Ipv4AddressAcknowledgementStatus.Success;
        return status == Ipv4AddressAcknowledgementStatus.Success
            ? new(status, OfOneAddress, own!)
            : new(status, PrefixLength: 0, asked.Address);
    }
}
