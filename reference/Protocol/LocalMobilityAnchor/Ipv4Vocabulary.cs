using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The options and statuses of IPv4 support in one edition.</summary>
public sealed record Ipv4Vocabulary
{
    /// <summary>The IPv4 home addresses that a Proxy Binding Update requests, in the order of its options.</summary>
    public required Func<BindingUpdate, IEnumerable<Ipv4HomeAddress>> Requests { get; init; }

    /// <summary>The option that answers a request for an IPv4 home address.</summary>
    public required Func<Ipv4HomeAddressReplyStatus, Ipv4HomeAddress, MobilityOption> Reply { get; init; }

    /// <summary>How many IPv4 home addresses a session may get; 1 or more.</summary>
    public int MaximumAddresses { get; init; } = 1;

    /// <summary>The status for a mobile node that may not use IPv4, or if IPv4 is not routed.</summary>
    public required BindingStatus NotAuthorizedForIpv4 { get; init; }

    /// <summary>The status for a mobile node that may not use IPv6, or if IPv6 is not routed.</summary>
    public required BindingStatus NotAuthorizedForIpv6 { get; init; }

    /// <summary>The status for an IPv4 home address that the mobile node may not use.</summary>
    public required BindingStatus NotAuthorizedForAddress { get; init; }

    /// <summary>The status for a request for more than one IPv4 home address.</summary>
    public required BindingStatus SeveralAddresses { get; init; }

    /// <summary>The Status field of the option in an acknowledgement that rejects the request.</summary>
    public Ipv4HomeAddressReplyStatus ReplyStatusOf(BindingStatus rejection) =>
        rejection == NotAuthorizedForAddress || rejection == NotAuthorizedForIpv4
            ? Ipv4HomeAddressReplyStatus.AdministrativelyProhibited
            : Ipv4HomeAddressReplyStatus.ReasonUnspecified;
}
