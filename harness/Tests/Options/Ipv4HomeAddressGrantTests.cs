using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Roles.Mn;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Options;

/// <summary>Checks that the home agent of the tester answers whatever a mobile node may ask of IPv4 home addresses.</summary>
public sealed class Ipv4HomeAddressGrantTests
{
    private const string Own = "192.0.2.201";

    [Theory]
    [InlineData("80 00 c00002c9", false, Ipv4AddressAcknowledgementStatus.Success, Own)]
    [InlineData("80 00 00000000", false, Ipv4AddressAcknowledgementStatus.Success, Own)]
    [InlineData("60 00 00000000", false, Ipv4AddressAcknowledgementStatus.Success, Own)]
    [InlineData("82 00 c00002c9", true, Ipv4AddressAcknowledgementStatus.Success, Own)]
    [InlineData("80 00 c00002ca", false, Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress, "192.0.2.202")]
    [InlineData("62 00 00000000", false, Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized, "0.0.0.0")]
    [InlineData("00 00 c00002c9", false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified, Own)]
    [InlineData("84 00 00000000", false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified, "0.0.0.0")]
    [InlineData("fc 00 00000000", false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified, "0.0.0.0")]
    [InlineData("fc 00 c00002c9", false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified, Own)]
    [InlineData("80 00 c000", false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified, "0.0.0.0")]
    [InlineData("", false, Ipv4AddressAcknowledgementStatus.ReasonUnspecified, "0.0.0.0")]
    public void Answer_IsThatOfRfc5555(string data, bool isRefresh, Ipv4AddressAcknowledgementStatus status, string address) =>
        Ipv4HomeAddressGrant.Answer(Option(data), IPAddress.Parse(Own), isRefresh).Should().Be(Acknowledgement(status, address));

    [Theory]
    [InlineData("80 00 00000000", Ipv4AddressAcknowledgementStatus.DynamicAssignmentNotAvailable, "0.0.0.0")]
    [InlineData("80 00 c00002c9", Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress, Own)]
    public void HomeAgentWithoutAddress_GrantsNone(string data, Ipv4AddressAcknowledgementStatus status, string address) =>
        Ipv4HomeAddressGrant.Answer(Option(data), own: null, isRefresh: false).Should().Be(Acknowledgement(status, address));

    private static OptionOctets Option(string data) =>
        new(Ipv4HomeAddressKind.Type, Offset: 12, Convert.FromHexString(data.Replace(" ", "", StringComparison.Ordinal)));

    private static Ipv4AddressAcknowledgementOption Acknowledgement(Ipv4AddressAcknowledgementStatus status, string address) =>
        new(status, (byte)(status == Ipv4AddressAcknowledgementStatus.Success ? 32 : 0), IPAddress.Parse(address));
}
