using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class NeighborSolicitationTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            87 00 00 00
            00 00 00 00
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
            01 01 02 5e 00 00 00 01
            """;

    protected override Icmpv6Message Value =>
        new NeighborSolicitation(
            IPAddress.Parse("2001:db8:100::1"),
            [new SourceLinkLayerAddressOption(MacAddress.Parse("02:5e:00:00:00:01"))]
        );

    protected override IEnumerable<Icmpv6Message> OtherValues => [new NeighborSolicitation(IPAddress.IPv6Any, NdOptionList.Empty)];

    protected override Arrival TooShort => Refused("87 00 00 00  00 00 00 00  2001 0db8 0100 0000 0000 0000 0000 00", "Truncated", 23);

    protected override Arrival TooLong =>
        Refused("87 00 00 00  00 00 00 00  2001 0db8 0100 0000 0000 0000 0000 0001  01 01 02 5e 00 00 00", "OptionTruncated", 24);

    [Fact]
    public void Code_OtherThanZero_IsRefused()
    {
        Icmpv6Message
            .TryParse(Hex.Octets("87 01 00 00  00 00 00 00  2001 0db8 0100 0000 0000 0000 0000 0001"), out _, out var error)
            .Should()
            .BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 1, Rule = "Code" });
    }
}
