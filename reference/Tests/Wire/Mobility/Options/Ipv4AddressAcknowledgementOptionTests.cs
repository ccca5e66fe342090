using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4AddressAcknowledgementOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            1e 06 85 60
            0a 09 00 07
            """;

    protected override MobilityOption Value =>
        new Ipv4AddressAcknowledgementOption(
            Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized,
            24,
            IPAddress.Parse("10.9.0.7")
        );

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.Success, 0, IPAddress.Any),
            new Ipv4AddressAcknowledgementOption((Ipv4AddressAcknowledgementStatus)255, 32, IPAddress.Broadcast),
        ];

    protected override Arrival TooShort => Refused("1e 05 85 60 0a 09 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("1e 07 85 60 0a 09 00 07 00", "OptionLength", 0);

    [Fact]
    public void PrefixLength_Beyond32_IsRefusedAtItsField()
    {
        MobilityOption.TryParse(Hex.Octets("1e 06 00 84 0a 09 00 07"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 3, Rule = "PrefixLength" });
    }

    [Fact]
    public void PrefixLengthOrAddress_ThatIsNotIpv4_Throws()
    {
        var longer = () => new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.Success, 33, IPAddress.Parse("10.9.0.7"));
        var wider = () => new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.Success, 32, IPAddress.IPv6Loopback);

        longer.Should().Throw<ArgumentException>();
        wider.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("1e 06 85 63 0a 09 00 07"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    /// <summary>RFC 5555, Section 3.2.1.</summary>
    [Theory]
    [InlineData(Ipv4AddressAcknowledgementStatus.Success, 0)]
    [InlineData(Ipv4AddressAcknowledgementStatus.ReasonUnspecified, 128)]
    [InlineData(Ipv4AddressAcknowledgementStatus.AdministrativelyProhibited, 129)]
    [InlineData(Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress, 130)]
    [InlineData(Ipv4AddressAcknowledgementStatus.InvalidIpv4Address, 131)]
    [InlineData(Ipv4AddressAcknowledgementStatus.DynamicAssignmentNotAvailable, 132)]
    [InlineData(Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized, 133)]
    public void Status_OfTheRfc_HasItsNumber(Ipv4AddressAcknowledgementStatus status, byte number) => ((byte)status).Should().Be(number);
}
