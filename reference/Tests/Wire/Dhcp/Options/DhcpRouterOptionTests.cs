using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpRouterOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            03 08  cb 00 71 01  c6 33 64 01
            """;

    protected override DhcpOption Value => new DhcpRouterOption(Ipv4Samples.DefaultRouter, Ipv4Samples.Anchor);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpRouterOption(IPAddress.Any), new DhcpRouterOption(Enumerable.Repeat(IPAddress.Broadcast, 100))];

    protected override Arrival TooShort => Refused("03 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("03 09  cb 00 71 01  c6 33 64 01  00", "OptionLength", 0);

    [Fact]
    public void EmptyAddressList_Throws()
    {
        var create = () => new DhcpRouterOption();

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new DhcpRouterOption(IPAddress.IPv6Any);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Addresses_InAnotherOrder_AreAnotherOption() =>
        new DhcpRouterOption(Ipv4Samples.Anchor, Ipv4Samples.DefaultRouter).Should().NotBe(Value);
}
