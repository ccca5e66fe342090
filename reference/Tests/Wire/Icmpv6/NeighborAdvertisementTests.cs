using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class NeighborAdvertisementTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            88 00 00 00
            e0 00 00 00
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
            02 01 02 5e 00 00 00 01
            """;

    protected override Icmpv6Message Value =>
        new NeighborAdvertisement(
            IPAddress.Parse("2001:db8:100::1"),
            Router: true,
            Solicited: true,
            Override: true,
            [new TargetLinkLayerAddressOption(MacAddress.Parse("02:5e:00:00:00:01"))]
        );

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [
            new NeighborAdvertisement(IPAddress.IPv6Any, true, false, false, NdOptionList.Empty),
            new NeighborAdvertisement(IPAddress.IPv6Any, false, true, false, NdOptionList.Empty),
            new NeighborAdvertisement(IPAddress.IPv6Any, false, false, true, NdOptionList.Empty),
        ];

    protected override Arrival TooShort => Refused("88 00 00 00  e0 00 00 00  2001 0db8 0100 0000 0000 0000 0000 00", "Truncated", 23);

    protected override Arrival TooLong =>
        Refused("88 00 00 00  e0 00 00 00  2001 0db8 0100 0000 0000 0000 0000 0001  02", "OptionTruncated", 24);

    [Fact]
    public void Code_OtherThanZero_IsRefused()
    {
        Icmpv6Message
            .TryParse(Hex.Octets("88 01 00 00  e0 00 00 00  2001 0db8 0100 0000 0000 0000 0000 0001"), out _, out var error)
            .Should()
            .BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 1, Rule = "Code" });
    }
}
