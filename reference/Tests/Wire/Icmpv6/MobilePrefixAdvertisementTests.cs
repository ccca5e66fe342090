using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MobilePrefixAdvertisementTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            93 00 00 00
            12 34 80 00
            03 04 40 e0  00 27 8d 00  00 09 3a 80  00 00 00 00
            20 01 0d b8  02 00 00 00  00 00 00 00  00 00 00 01
            """;

    protected override Icmpv6Message Value =>
        new MobilePrefixAdvertisement(
            0x1234,
            Managed: true,
            OtherConfig: false,
            [
                new PrefixInformationOption(Ipv6Prefix.Parse("2001:db8:200::/64"), OnLink: true, Autonomous: true, 2_592_000, 604_800)
                {
                    RouterAddress = IPAddress.Parse("2001:db8:200::1"),
                },
            ]
        );

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [
            new MobilePrefixAdvertisement(0, Managed: false, OtherConfig: true, NdOptionList.Empty),
            new MobilePrefixAdvertisement(ushort.MaxValue, Managed: true, OtherConfig: true, NdOptionList.Empty),
        ];

    protected override Arrival TooShort => Refused("93 00 00 00  12 34 80", "Truncated", 7);

    protected override Arrival TooLong => Refused("93 00 00 00  12 34 80 00  03 04 40 e0", "OptionTruncated", 8);

    [Fact]
    public void CodeAndReserved_Set_AreNotPartOfTheValue()
    {
        Icmpv6Message.TryParse(Hex.Octets("93 01 00 00  12 34 7f ff"), out var message, out _).Should().BeTrue();

        message.Should().Be(new MobilePrefixAdvertisement(0x1234, Managed: false, OtherConfig: true, NdOptionList.Empty));
    }
}
