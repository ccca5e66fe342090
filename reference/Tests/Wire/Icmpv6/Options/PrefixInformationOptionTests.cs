using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class PrefixInformationOptionTests : NdOptionFormatTests
{
    private static readonly IPAddress _router = IPAddress.Parse("2001:db8:8000:1::1");

    protected override string Figure =>
        """
            03 04 40 c0
            00 00 02 58
            ff ff ff ff
            00 00 00 00
            20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 00
            """;

    protected override NdOption Value =>
        new PrefixInformationOption(
            Ipv6Prefix.Parse("2001:db8:8000:1::/64"),
            OnLink: true,
            Autonomous: true,
            600,
            PrefixInformationOption.Infinite
        );

    protected override IEnumerable<NdOption> OtherValues =>
        [
            new PrefixInformationOption(Ipv6Prefix.AllZero, true, false, 0, 0),
            new PrefixInformationOption(Ipv6Prefix.AllZero, false, true, uint.MaxValue, 1),
            new PrefixInformationOption(Ipv6Prefix.Parse("2001:db8::/64"), true, true, 1, 1)
            {
                RouterAddress = IPAddress.Parse("2001:db8::1"),
            },
        ];

    protected override Arrival TooShort =>
        Refused("03 03 40 c0  00 00 02 58  ff ff ff ff  00 00 00 00  2001 0db8 8000 0001", "OptionLength", 0);

    protected override Arrival TooLong =>
        Refused(
            "03 05 40 c0  00 00 02 58  ff ff ff ff  00 00 00 00  2001 0db8 8000 0001 0000 0000 0000 0000  00 00 00 00 00 00 00 00",
            "OptionLength",
            0
        );

    [Fact]
    public void PrefixLength_Beyond128_IsRefusedAtItsField()
    {
        NdOption
            .TryParse(
                Hex.Octets("03 04 81 c0  00 00 02 58  ff ff ff ff  00 00 00 00  2001 0db8 8000 0001 0000 0000 0000 0000"),
                out _,
                out var error
            )
            .Should()
            .BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 2, Rule = "PrefixLength" });
    }

    /// <summary>RFC 6275, Section 7.2: with the R flag the field has the whole address of the router.</summary>
    [Fact]
    public void RouterAddressFlag_Set_MakesTheFieldAnAddress()
    {
        var octets = Hex.Octets("03 04 40 e0  00 00 02 58  ff ff ff ff  00 00 00 00  2001 0db8 8000 0001 0000 0000 0000 0001");
        var expected = (PrefixInformationOption)Value with { RouterAddress = _router };

        NdOption.TryParse(octets, out var option, out _).Should().BeTrue();
        var written = new byte[octets.Length];
        expected.Write(written);

        option.Should().Be(expected);
        written.Should().Equal(octets);
    }

    [Fact]
    public void ReservedAndHostBits_Set_AreNotPartOfTheValue()
    {
        NdOption
            .TryParse(
                Hex.Octets("03 04 40 df  00 00 02 58  ff ff ff ff  ff ff ff ff  2001 0db8 8000 0001 ffff ffff ffff ffff"),
                out var option,
                out _
            )
            .Should()
            .BeTrue();

        option.Should().Be(Value);
    }
}
