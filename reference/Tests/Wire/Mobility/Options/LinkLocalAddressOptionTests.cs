using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class LinkLocalAddressOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            1a 10
            fe 80 00 00  00 00 00 00  00 5e 00 ff  fe 00 00 01
            """;

    protected override MobilityOption Value => new LinkLocalAddressOption(IPAddress.Parse("fe80::5e:ff:fe00:1"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new LinkLocalAddressOption(IPAddress.IPv6Any),
            new LinkLocalAddressOption(IPAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
        ];

    protected override Arrival TooShort => Refused("1a 0f  fe80000000000000005e00fffe0000", "OptionLength", 0);

    protected override Arrival TooLong => Refused("1a 11  fe80000000000000005e00fffe000001 00", "OptionLength", 0);

    [Fact]
    public void Ipv4Address_Throws()
    {
        var create = () => new LinkLocalAddressOption(IPAddress.Loopback);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Address_WithAScope_IsTheSameWithout() =>
        new LinkLocalAddressOption(IPAddress.Parse("fe80::1%3")).Should().Be(new LinkLocalAddressOption(IPAddress.Parse("fe80::1")));
}
