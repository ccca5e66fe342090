using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6IaAddressOptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            00 05 00 1e  20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 07  00 00 07 08  00 00 0e 10  00 0d 00 02  00 00
            """;

    protected override Dhcpv6Option Value =>
        new Dhcpv6IaAddressOption(Dhcpv6Samples.HomeAddress, 1800, 3600, [new Dhcpv6StatusCodeOption(Dhcpv6StatusCode.Success, default)]);

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [
            new Dhcpv6IaAddressOption(IPAddress.IPv6Any, 0, 0, []),
            new Dhcpv6IaAddressOption(IPAddress.IPv6Any, uint.MaxValue, uint.MaxValue, [new UnknownDhcpv6Option(0, default)]),
        ];

    protected override Arrival TooShort =>
        Refused("00 05 00 17  20010db8 80000001 00000000 00000007  00 00 07 08  00 00 0e", "OptionLength", 0);

    protected override Arrival TooLong =>
        Refused("00 05 00 19  20010db8 80000001 00000000 00000007  00 00 07 08  00 00 0e 10  00", "OptionTruncated", 28);

    [Fact]
    public void IaAddress_InsideAnother_Throws()
    {
        var create = () => new Dhcpv6IaAddressOption(IPAddress.IPv6Any, 0, 0, [Dhcpv6Samples.IaAddress]);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Ipv4Address_Throws()
    {
        var create = () => new Dhcpv6IaAddressOption(IPAddress.Any, 0, 0, []);

        create.Should().Throw<ArgumentException>();
    }
}
