using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingUniqueIdentifierOptionTests : MobilityOptionFormatTests
{
    protected override WireEdition Edition => WireEdition.McoaDraft04;

    protected override string Figure =>
        """
            23 14
            00 07 00 c0
            20 01 0d b8  03 00 00 00  00 00 00 00  00 00 00 5e
            """;

    protected override MobilityOption Value =>
        new BindingUniqueIdentifierOption(
            7,
            BindingStatus.ACCEPTED,
            Overwrite: true,
            HomeBinding: false,
            IPAddress.Parse("2001:db8:300::5e")
        );

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new BindingUniqueIdentifierOption(0, (BindingStatus)255, Overwrite: false, HomeBinding: false, null),
            new BindingUniqueIdentifierOption(
                ushort.MaxValue,
                BindingStatus.ACCEPTED,
                Overwrite: false,
                HomeBinding: true,
                IPAddress.IPv6Any
            ),
        ];

    protected override Arrival TooShort => Refused("23 03 00 07 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("23 15 00 07 00 c0 2001 0db8 0300 0000 0000 0000 0000 005e 00", "OptionLength", 0);

    /// <summary>In the draft, the flag bits are C, O, H, starting with the most significant bit.</summary>
    [Theory]
    [InlineData("23 04  00 07 00 40", true, false)]
    [InlineData("23 04  00 07 00 20", false, true)]
    [InlineData("23 04  00 07 00 1f", false, false)]
    public void SingleFlag_IsReadFromItsBit_AndReservedBitsAreIgnored(string octets, bool overwrite, bool homeBinding)
    {
        MobilityOption.TryParse(Hex.Octets(octets), Edition, out var option, out _).Should().BeTrue();

        option.Should().Be(new BindingUniqueIdentifierOption(7, BindingStatus.ACCEPTED, overwrite, homeBinding, null));
    }

    [Theory]
    [InlineData("23 04  00 07 00 80")]
    [InlineData("23 14  00 07 00 60  2001 0db8 0300 0000 0000 0000 0000 005e")]
    public void Option_WithCFlagThatContradictsLength_IsRefusedWithOffsetOfFlags(string octets)
    {
        MobilityOption.TryParse(Hex.Octets(octets), Edition, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 5, Rule = "CareOfAddressFlag" });
    }

    [Theory]
    [InlineData("23 00")]
    [InlineData("23 08  00 07 00 80  c0 00 02 5e")]
    public void Option_LengthNeither4Nor20_IsRefused(string octets)
    {
        MobilityOption.TryParse(Hex.Octets(octets), Edition, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 0, Rule = "OptionLength" });
    }

    [Fact]
    public void Constructor_WithIpv4CareOfAddress_Throws()
    {
        var create = () => new BindingUniqueIdentifierOption(1, 0, Overwrite: false, HomeBinding: false, IPAddress.Loopback);
        var change = () => (BindingUniqueIdentifierOption)Value with { CareOfAddress = IPAddress.Loopback };

        create.Should().Throw<ArgumentException>();
        change.Should().Throw<ArgumentException>();
    }
}
