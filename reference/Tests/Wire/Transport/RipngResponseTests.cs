using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire.Transport;

/// <summary>RFC 2080, Section 2.1.</summary>
public class RipngResponseTests
{
    [Fact]
    public void Response_HasAHeaderAndAnEntryForEachRoute() =>
        Convert
            .ToHexStringLower(
                new RipngResponse([
                    new RipRoute(Ipv6Prefix.Parse("2001:db8:8000:1::/64"), 1),
                    new RipRoute(Ipv6Prefix.Parse("2001:db8::/32"), RipRoute.Infinity),
                ]).ToBytes()
            )
            .Should()
            .Be("02010000" + "20010db8800000010000000000000000" + "00004001" + "20010db8000000000000000000000000" + "00002010");

    [Fact]
    public void MaximumRoutes_FillAPacketOf1280Octets() => RipngResponse.MaximumRoutes.Should().Be(61);
}
