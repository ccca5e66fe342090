using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class AlternateCareOfAddressOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            03 10
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a2
            """;

    protected override MobilityOption Value => new AlternateCareOfAddressOption(IPAddress.Parse("2001:db8:100::a2"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new AlternateCareOfAddressOption(IPAddress.IPv6Any),
            new AlternateCareOfAddressOption(IPAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
        ];

    protected override Arrival TooShort => Refused("03 0f  20010db80100000000000000000000", "OptionLength", 0);

    protected override Arrival TooLong => Refused("03 11  20010db80100000000000000000000a2 00", "OptionLength", 0);

    [Fact]
    public void Ipv4Address_Throws()
    {
        var create = () => new AlternateCareOfAddressOption(IPAddress.Loopback);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Address_WithAScope_IsTheSameWithout() =>
        new AlternateCareOfAddressOption(IPAddress.Parse("fe80::1%3"))
            .Should()
            .Be(new AlternateCareOfAddressOption(IPAddress.Parse("fe80::1")));
}
