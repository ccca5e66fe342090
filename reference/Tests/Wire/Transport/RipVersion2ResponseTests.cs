using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire.Transport;

/// <summary>RFC 2453, Section 4.</summary>
public class RipVersion2ResponseTests
{
    [Fact]
    public void Response_HasAHeaderAndAnEntryForEachRoute() =>
        Convert
            .ToHexStringLower(
                new RipVersion2Response([
                    new RipRoute(IpPrefix.Parse("198.18.0.0/16"), 1),
                    new RipRoute(IpPrefix.Parse("0.0.0.0/0"), RipRoute.Infinity),
                ]).ToBytes()
            )
            .Should()
            .Be(
                "02020000"
                    + "00020000"
                    + "c6120000"
                    + "ffff0000"
                    + "00000000"
                    + "00000001"
                    + "00020000"
                    + "0000000000000000"
                    + "00000000"
                    + "00000010"
            );

    [Fact]
    public void MaximumRoutes_AreThoseOfTheSpecification() => RipVersion2Response.MaximumRoutes.Should().Be(25);
}
