using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a home agent decides of the IPv4 home address that a Binding Update asks for, RFC 5555, Section 4.5.</summary>
/// <param name="Status">From 128 on the mobile node has no IPv4 home address.</param>
/// <param name="Address">The address that is assigned; the one that was asked for if the status is a failure.</param>
public sealed record Ipv4HomeAddressDecision(Ipv4AddressAcknowledgementStatus Status, IPAddress Address)
{
    /// <summary>RFC 5555, Section 3.1.1: the prefix length of a single address.</summary>
    private const byte HostLength = 32;

    public bool IsSuccess => (byte)Status < 128;

    /// <summary>The option of the answer. Its prefix length is 0 in a failure (RFC 5555, Section 3.2.1).</summary>
    public Ipv4AddressAcknowledgementOption ToOption() => new(Status, IsSuccess ? HostLength : (byte)0, Address);
}
