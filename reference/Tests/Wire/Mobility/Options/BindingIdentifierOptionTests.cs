using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingIdentifierOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            23 14
            00 07 00 80
            20 01 0d b8  03 00 00 00  00 00 00 00  00 00 00 5e
            """;

    protected override MobilityOption Value =>
        new BindingIdentifierOption(7, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: true, IPAddress.Parse("2001:db8:300::5e"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new BindingIdentifierOption(0, (BindingStatus)255, SimultaneousHomeAndForeign: false, null),
            new BindingIdentifierOption(
                ushort.MaxValue,
                BindingStatus.MCOA_MALFORMED,
                SimultaneousHomeAndForeign: true,
                IPAddress.Parse("192.0.2.94")
            ),
        ];

    protected override Arrival TooShort => Refused("23 03 00 07 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("23 15 00 07 00 80 2001 0db8 0300 0000 0000 0000 0000 005e 00", "OptionLength", 0);

    [Theory]
    [InlineData("23 04  00 07 00 80", null)]
    [InlineData("23 08  00 07 00 80  c0 00 02 5e", "192.0.2.94")]
    [InlineData("23 14  00 07 00 ff  2001 0db8 0300 0000 0000 0000 0000 005e", "2001:db8:300::5e")]
    public void CareOfAddress_IsOfTheFamilyThatTheLengthSays_ReservedIgnored(string octets, string? address)
    {
        MobilityOption.TryParse(Hex.Octets(octets), out var option, out _).Should().BeTrue();

        option
            .Should()
            .Be(
                new BindingIdentifierOption(
                    7,
                    BindingStatus.ACCEPTED,
                    SimultaneousHomeAndForeign: true,
                    address is null ? null : IPAddress.Parse(address)
                )
            );
    }

    [Theory]
    [InlineData("23 00")]
    [InlineData("23 05  00 07 00 80 00")]
    [InlineData("23 09  00 07 00 80  c0 00 02 5e 00")]
    public void Option_OfAnyOtherLength_IsRefused(string octets)
    {
        MobilityOption.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 0, Rule = "OptionLength" });
    }

    [Fact]
    public void CareOfAddress_WithAScope_IsTheSameWithout() =>
        new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, IPAddress.Parse("fe80::1%3"))
            .Should()
            .Be(new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, IPAddress.Parse("fe80::1")));
}
