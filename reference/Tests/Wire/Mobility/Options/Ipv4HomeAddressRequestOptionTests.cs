using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4HomeAddressRequestOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            24 06 60 00
            0a 09 00 07
            """;

    protected override MobilityOption Value => new Ipv4HomeAddressRequestOption(IPAddress.Parse("10.9.0.7"), 24);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new Ipv4HomeAddressRequestOption(IPAddress.Any, 0), new Ipv4HomeAddressRequestOption(IPAddress.Broadcast, 32)];

    protected override Arrival TooShort => Refused("24 05 60 00 0a 09 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("24 07 60 00 0a 09 00 07 00", "OptionLength", 0);

    [Fact]
    public void PrefixLength_Beyond32_IsRefusedAtItsField()
    {
        MobilityOption.TryParse(Hex.Octets("24 06 84 00 0a 09 00 07"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 2, Rule = "PrefixLength" });
    }

    [Fact]
    public void PrefixLengthOrAddress_ThatIsNotIpv4_Throws()
    {
        var longer = () => new Ipv4HomeAddressRequestOption(IPAddress.Parse("10.9.0.7"), 33);
        var wider = () => new Ipv4HomeAddressRequestOption(IPAddress.IPv6Loopback, 32);

        longer.Should().Throw<ArgumentException>();
        wider.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("24 06 63 ff 0a 09 00 07"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }
}
