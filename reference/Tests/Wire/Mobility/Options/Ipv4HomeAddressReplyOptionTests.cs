using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4HomeAddressReplyOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            25 06 84 60
            0a 09 00 07
            """;

    protected override MobilityOption Value =>
        new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.DynamicAssignmentNotAvailable, 24, IPAddress.Parse("10.9.0.7"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.Success, 0, IPAddress.Any),
            new Ipv4HomeAddressReplyOption((Ipv4HomeAddressReplyStatus)255, 32, IPAddress.Broadcast),
        ];

    protected override Arrival TooShort => Refused("25 05 84 60 0a 09 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("25 07 84 60 0a 09 00 07 00", "OptionLength", 0);

    [Fact]
    public void PrefixLength_Beyond32_IsRefusedAtItsField()
    {
        MobilityOption.TryParse(Hex.Octets("25 06 00 84 0a 09 00 07"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 3, Rule = "PrefixLength" });
    }

    [Fact]
    public void PrefixLengthOrAddress_ThatIsNotIpv4_Throws()
    {
        var longer = () => new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.Success, 33, IPAddress.Parse("10.9.0.7"));
        var wider = () => new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.Success, 32, IPAddress.IPv6Loopback);

        longer.Should().Throw<ArgumentException>();
        wider.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("25 06 84 63 0a 09 00 07"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    /// <summary>RFC 5844, Section 3.3.2.</summary>
    [Theory]
    [InlineData(Ipv4HomeAddressReplyStatus.Success, 0)]
    [InlineData(Ipv4HomeAddressReplyStatus.ReasonUnspecified, 128)]
    [InlineData(Ipv4HomeAddressReplyStatus.AdministrativelyProhibited, 129)]
    [InlineData(Ipv4HomeAddressReplyStatus.IncorrectIpv4HomeAddress, 130)]
    [InlineData(Ipv4HomeAddressReplyStatus.InvalidIpv4Address, 131)]
    [InlineData(Ipv4HomeAddressReplyStatus.DynamicAssignmentNotAvailable, 132)]
    public void Status_OfTheRfc_HasItsNumber(Ipv4HomeAddressReplyStatus status, byte number) => ((byte)status).Should().Be(number);
}
