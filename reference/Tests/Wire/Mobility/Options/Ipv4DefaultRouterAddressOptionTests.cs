using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4DefaultRouterAddressOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            26 06 00 00
            0a 09 00 01
            """;

    protected override MobilityOption Value => new Ipv4DefaultRouterAddressOption(IPAddress.Parse("10.9.0.1"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new Ipv4DefaultRouterAddressOption(IPAddress.Any), new Ipv4DefaultRouterAddressOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("26 05 00 00 0a 09 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("26 07 00 00 0a 09 00 01 00", "OptionLength", 0);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("26 06 ff ff 0a 09 00 01"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new Ipv4DefaultRouterAddressOption(IPAddress.IPv6Loopback);

        create.Should().Throw<ArgumentException>();
    }
}
