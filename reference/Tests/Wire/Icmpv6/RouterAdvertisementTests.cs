using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class RouterAdvertisementTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            86 00 00 00
            40 c0 07 08
            00 00 75 30
            00 00 03 e8
            01 01 02 5e 00 00 00 01
            05 01 00 00  00 00 05 b4
            03 04 40 c0  00 27 8d 00  00 09 3a 80  00 00 00 00
            20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 00
            """;

    protected override Icmpv6Message Value =>
        new RouterAdvertisement(
            64,
            Managed: true,
            OtherConfig: true,
            1800,
            30_000,
            1_000,
            [
                new SourceLinkLayerAddressOption(MacAddress.Parse("02:5e:00:00:00:01")),
                new MtuOption(1460),
                new PrefixInformationOption(Ipv6Prefix.Parse("2001:db8:8000:1::/64"), OnLink: true, Autonomous: true, 2_592_000, 604_800),
            ]
        );

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [
            new RouterAdvertisement(0, false, false, 0, 0, 0, NdOptionList.Empty),
            new RouterAdvertisement(255, false, true, ushort.MaxValue, uint.MaxValue, uint.MaxValue, NdOptionList.Empty),
            new RouterAdvertisement(255, true, false, ushort.MaxValue, uint.MaxValue, uint.MaxValue, NdOptionList.Empty),
        ];

    protected override Arrival TooShort => Refused("86 00 00 00  40 c0 07 08  00 00 75 30  00 00 03", "Truncated", 15);

    protected override Arrival TooLong =>
        Refused("86 00 00 00  40 c0 07 08  00 00 75 30  00 00 03 e8  05 02 00 00 00 00 05 b4", "OptionTruncated", 16);

    [Fact]
    public void Code_OtherThanZero_IsRefused()
    {
        Icmpv6Message.TryParse(Hex.Octets("86 01 00 00  40 c0 07 08  00 00 75 30  00 00 03 e8"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 1, Rule = "Code" });
    }
}
