using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// The extension headers of packets from a mobile node and a home agent, written from values and found again by the parser.
/// </summary>
public sealed class ExtensionHeaderChainTests
{
    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:8000:1::5e");

    [Fact]
    public void UpperLayer_BehindRoutingHomeAddressAndFragmentHeader_IsReached()
    {
        var packet = SampleMessages.Chain;

        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();

        upper!.Protocol.Should().Be(IpProtocol.MobilityHeader);
        upper.Headers.Select(header => header.Type).Should().Equal(IpProtocol.Routing, IpProtocol.DestinationOptions, IpProtocol.Fragment);
        Type2RoutingHeader.TryParse(upper.Headers[0].Bytes.Span, out var routing, out _).Should().BeTrue();
        routing.Should().Be(new Type2RoutingHeader(IpProtocol.DestinationOptions, _home));
        DestinationOptionsHeader.TryParse(upper.Headers[1].Bytes.Span, out var options, out _).Should().BeTrue();
        options!.Options.First<HomeAddressOption>()!.HomeAddress.Should().Be(_home);
        FragmentHeader.TryParse(upper.Headers[2].Bytes.Span, out var fragment, out _).Should().BeTrue();
        fragment!.IsAtomic.Should().BeTrue();
        MobilityMessage.TryParse(upper.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().Be(SampleMessages.AuthorizedUpdate);
    }

    /// <summary>RFC 6275, Section 6.1.1: the checksum covers the home address instead of the source address of the packet.</summary>
    [Fact]
    public void Checksum_OfAMessageWithAHomeAddressOption_IsThatOfTheHomeAddress()
    {
        SampleMessages.Chain.TryGetUpperLayer(out var upper, out _).Should().BeTrue();

        MobilityHeader.HasValidChecksum(_home, _home, upper!.Payload.Span).Should().BeTrue();
        MobilityHeader
            .HasValidChecksum(SampleMessages.Chain.Source, SampleMessages.Chain.Destination, upper.Payload.Span)
            .Should()
            .BeFalse();
    }
}
