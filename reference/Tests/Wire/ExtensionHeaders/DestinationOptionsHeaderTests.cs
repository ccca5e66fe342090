using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DestinationOptionsHeaderTests : FormatTests<DestinationOptionsHeader>
{
    private static readonly HomeAddressOption _homeAddress = new(IPAddress.Parse("2001:db8:8000:1::5e"));

    /// <summary>RFC 6275, Section 6.3: 8n+6, so that four octets of padding precede the option.</summary>
    protected override string Figure =>
        """
            87 02 01 02 00 00
            c9 10 20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 5e
            """;

    protected override DestinationOptionsHeader Value => new(IpProtocol.MobilityHeader, [_homeAddress]);

    protected override IEnumerable<DestinationOptionsHeader> OtherValues =>
        [
            new(0, []),
            new(
                255,
                [
                    new UnknownDestinationOption(4, new OctetString([255])),
                    _homeAddress,
                    new UnknownDestinationOption(30, new OctetString(new byte[255])),
                ]
            ),
        ];

    protected override Arrival TooShort => Refused("87 02 01 02 00 00  c9 10 2001 0db8 8000 0001", "Truncated", 16);

    protected override Arrival TooLong => Refused("87 00 01 04 00 00 00 00  00", "TrailingOctets", 8);

    [Theory]
    [InlineData("87 00 01 04 00 00 00", "Truncated", 7)]
    [InlineData("87 00 00 00 00 00 00 c9", "OptionTruncated", 7)]
    [InlineData("87 00 00 00 c9 10 00 00", "OptionTruncated", 4)]
    [InlineData("87 00 00 00 c9 02 00 00", "OptionLength", 4)]
    public void Header_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        DestinationOptionsHeader.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    /// <summary>Checks the octets of a Home Address option after another option of any length.</summary>
    [Fact]
    public void HomeAddress_BehindAnotherOption_MeetsItsAlignment()
    {
        for (var length = 0; length < 16; length++)
        {
            var header = new DestinationOptionsHeader(
                IpProtocol.MobilityHeader,
                [new UnknownDestinationOption(30, new OctetString(new byte[length])), _homeAddress]
            );
            var octets = Enumerable.Repeat((byte)0xa5, header.Length).ToArray();
            header.Write(octets);

            var position = Array.LastIndexOf(octets, HomeAddressOption.OptionType);
            (position % 8).Should().Be(6);
            (position - (4 + length)).Should().BeInRange(0, 7);
            octets.Length.Should().Be(position + 18);
            octets[1].Should().Be((byte)(octets.Length / 8 - 1));
        }
    }

    [Fact]
    public void Options_BeyondALongestHeader_Throws()
    {
        var create = () =>
            new DestinationOptionsHeader(
                0,
                new DestinationOptionList(Enumerable.Repeat(new UnknownDestinationOption(30, new OctetString(new byte[255])), 8))
            );

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Options_ThatWouldNotFitInAlignment_AreRefused()
    {
        // 113 unaligned Home Address options end at 2036; aligned, each takes 24 octets.
        var octets = new byte[2040];
        octets[1] = 254;
        for (var i = 0; i < 113; i++)
        {
            Hex.Octets("c9 10").CopyTo(octets, 2 + 18 * i);
        }

        DestinationOptionsHeader.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "HeaderLength", Offset = 2 });
    }

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out DestinationOptionsHeader? value,
        [NotNullWhen(false)] out WireError? error
    ) => DestinationOptionsHeader.TryParse(octets, out value, out error);

    protected override int Write(DestinationOptionsHeader value, Span<byte> destination) => value.Write(destination);
}
