using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingUpdateTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 07 05 00  00 00  12 34
            82 00 00 96
            16 12 00 40  20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 00
            08 05 01 6d 6e 40 78
            17 02 00 01
            18 02 00 03
            01 01 00
            1b 08  00 00 68 e7 78 00  80 00
            01 02 00 00
            """;

    protected override MobilityMessage Value =>
        new BindingUpdate(
            0x1234,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration,
            150,
            [
                new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:8000:1::/64")),
                MobileNodeIdentifierOption.ForNai("mn@x"),
                new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
                new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                new TimestampOption(new Timestamp(0x0000_68e7_7800_8000)),
            ]
        );

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [
            new BindingUpdate(0, BindingUpdateFlags.None, 0, MobilityOptionList.Empty),
            new BindingUpdate(ushort.MaxValue, (BindingUpdateFlags)ushort.MaxValue, ushort.MaxValue, [new UnknownOption(200, default)]),
        ];

    protected override Arrival TooShort => Refused("3b 00 05 00  00 00  12 34", "HeaderLength", 1);

    protected override Arrival TooLong => Refused("3b 01 05 00  00 00  12 34  82 00 00 96  01 02 00 00  00", "TrailingOctets", 16);

    [Fact]
    public void BindingUpdate_WithoutOptions_HasFourOctetsOfPadding()
    {
        var bytes = new byte[16];

        new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 2, []).Write(bytes);

        bytes.Should().Equal(Hex.Octets("3b 01 05 00  00 00  00 01  80 00 00 02  01 02 00 00"));
    }

    [Theory]
    [InlineData(BindingUpdateFlags.Acknowledge, 0x80, 0x00)]
    [InlineData(BindingUpdateFlags.HomeRegistration, 0x40, 0x00)]
    [InlineData(BindingUpdateFlags.LinkLocalCompatibility, 0x20, 0x00)]
    [InlineData(BindingUpdateFlags.KeyManagement, 0x10, 0x00)]
    [InlineData(BindingUpdateFlags.MapRegistration, 0x08, 0x00)]
    [InlineData(BindingUpdateFlags.MobileRouter, 0x04, 0x00)]
    [InlineData(BindingUpdateFlags.ProxyRegistration, 0x02, 0x00)]
    [InlineData(BindingUpdateFlags.ForcingUdp, 0x01, 0x00)]
    [InlineData(BindingUpdateFlags.TlvHeader, 0x00, 0x80)]
    [InlineData(BindingUpdateFlags.BulkOverwrite, 0x00, 0x40)]
    public void Flag_SetAlone_IsItsBit(BindingUpdateFlags flag, byte first, byte second)
    {
        var bytes = new byte[16];

        new BindingUpdate(0, flag, 0, []).Write(bytes);

        bytes[8..10].Should().Equal(first, second);
    }

    [Fact]
    public void BindingUpdate_WithoutThePFlag_IsNotAProxyRegistration()
    {
        new BindingUpdate(1, BindingUpdateFlags.ProxyRegistration, 0, []).IsProxy.Should().BeTrue();
        new BindingUpdate(1, ~BindingUpdateFlags.ProxyRegistration, 0, []).IsProxy.Should().BeFalse();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 4)]
    [InlineData(65535, 262140)]
    public void Lifetime_CountsUnitsOfFourSeconds(ushort units, int seconds) =>
        new BindingUpdate(1, BindingUpdateFlags.None, units, []).Lifetime.Should().Be(TimeSpan.FromSeconds(seconds));
}
