using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4HomeAddressOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            1d 06 62 00
            0a 09 00 07
            """;

    protected override MobilityOption Value => new Ipv4HomeAddressOption(IPAddress.Parse("10.9.0.7"), 24, RequestsPrefix: true);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new Ipv4HomeAddressOption(IPAddress.Any, 0, RequestsPrefix: false),
            new Ipv4HomeAddressOption(IPAddress.Broadcast, 32, RequestsPrefix: true),
        ];

    protected override Arrival TooShort => Refused("1d 05 62 00 0a 09 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("1d 07 62 00 0a 09 00 07 00", "OptionLength", 0);

    [Fact]
    public void PrefixLength_Beyond32_IsRefusedAtItsField()
    {
        MobilityOption.TryParse(Hex.Octets("1d 06 84 00 0a 09 00 07"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 2, Rule = "PrefixLength" });
    }

    [Fact]
    public void PrefixLengthOrAddress_ThatIsNotIpv4_Throws()
    {
        var longer = () => new Ipv4HomeAddressOption(IPAddress.Parse("10.9.0.7"), 33, RequestsPrefix: false);
        var wider = () => new Ipv4HomeAddressOption(IPAddress.IPv6Loopback, 32, RequestsPrefix: false);

        longer.Should().Throw<ArgumentException>();
        wider.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("1d 06 63 ff 0a 09 00 07"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }
}
