using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingAcknowledgementTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 03 06 00  00 00  9d 20
            12 34 00 96
            01 04 00 00 00 00
            1b 08  00 00 68 e7 78 00  80 00
            17 02 00 05
            """;

    protected override MobilityMessage Value =>
        new BindingAcknowledgement(
            BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED,
            BindingAcknowledgementFlags.ProxyRegistration,
            0x1234,
            150,
            [new TimestampOption(new Timestamp(0x0000_68e7_7800_8000)), new HandoffIndicatorOption(HandoffIndicator.HandoffStateNotChanged)]
        );

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [
            new BindingAcknowledgement(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.None, 0, 0, MobilityOptionList.Empty),
            new BindingAcknowledgement(
                (BindingStatus)255,
                (BindingAcknowledgementFlags)255,
                ushort.MaxValue,
                ushort.MaxValue,
                [new UnknownOption(200, default)]
            ),
        ];

    protected override Arrival TooShort => Refused("3b 00 06 00  00 00  9d 20", "HeaderLength", 1);

    protected override Arrival TooLong =>
        Refused("3b 01 06 00  00 00  9d 20  12 34 00 96  01 02 00 00  00 00 00 00 00 00 00 00", "TrailingOctets", 16);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(127, false)]
    [InlineData(128, true)]
    [InlineData(255, true)]
    public void Status_From128On_IsARejection(byte status, bool rejection) =>
        new BindingAcknowledgement((BindingStatus)status, BindingAcknowledgementFlags.None, 1, 0, []).IsRejection.Should().Be(rejection);

    [Theory]
    [InlineData(BindingAcknowledgementFlags.KeyManagement, 0x80)]
    [InlineData(BindingAcknowledgementFlags.MobileRouter, 0x40)]
    [InlineData(BindingAcknowledgementFlags.ProxyRegistration, 0x20)]
    [InlineData(BindingAcknowledgementFlags.TlvHeader, 0x10)]
    public void Flag_SetAlone_IsItsBit(BindingAcknowledgementFlags flag, byte octet)
    {
        var bytes = new byte[16];

        new BindingAcknowledgement(BindingStatus.ACCEPTED, flag, 0, 0, []).Write(bytes);

        bytes[7].Should().Be(octet);
    }

    [Fact]
    public void BindingAcknowledgement_WithoutThePFlag_IsNotForAProxy()
    {
        new BindingAcknowledgement(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.ProxyRegistration, 1, 0, [])
            .IsProxy.Should()
            .BeTrue();
        new BindingAcknowledgement(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.KeyManagement, 1, 0, []).IsProxy.Should().BeFalse();
    }

    [Fact]
    public void Lifetime_CountsUnitsOfFourSeconds() =>
        new BindingAcknowledgement(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.None, 1, 150, [])
            .Lifetime.Should()
            .Be(TimeSpan.FromMinutes(10));

    /// <summary>RFC 6275, Section 6.1.8, and Sections 8.9 of RFC 5213, 6.4 of RFC 5845, 4.4 of RFC 5648, 3.3.5 of RFC 5844.</summary>
    [Theory]
    [InlineData(BindingStatus.ACCEPTED, 0)]
    [InlineData(BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY, 1)]
    [InlineData(BindingStatus.GRE_KEY_OPTION_NOT_REQUIRED, 2)]
    [InlineData(BindingStatus.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED, 3)]
    [InlineData(BindingStatus.REASON_UNSPECIFIED, 128)]
    [InlineData(BindingStatus.ADMINISTRATIVELY_PROHIBITED, 129)]
    [InlineData(BindingStatus.INSUFFICIENT_RESOURCES, 130)]
    [InlineData(BindingStatus.HOME_REGISTRATION_NOT_SUPPORTED, 131)]
    [InlineData(BindingStatus.NOT_HOME_SUBNET, 132)]
    [InlineData(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE, 133)]
    [InlineData(BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED, 134)]
    [InlineData(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, 135)]
    [InlineData(BindingStatus.EXPIRED_HOME_NONCE_INDEX, 136)]
    [InlineData(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX, 137)]
    [InlineData(BindingStatus.EXPIRED_NONCES, 138)]
    [InlineData(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED, 139)]
    [InlineData(BindingStatus.CANNOT_FORCE_UDP_ENCAPSULATION, 144)]
    [InlineData(BindingStatus.PROXY_REG_NOT_ENABLED, 152)]
    [InlineData(BindingStatus.NOT_LMA_FOR_THIS_MOBILE_NODE, 153)]
    [InlineData(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG, 154)]
    [InlineData(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX, 155)]
    [InlineData(BindingStatus.TIMESTAMP_MISMATCH, 156)]
    [InlineData(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED, 157)]
    [InlineData(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION, 158)]
    [InlineData(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH, 159)]
    [InlineData(BindingStatus.MISSING_MN_IDENTIFIER_OPTION, 160)]
    [InlineData(BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION, 161)]
    [InlineData(BindingStatus.MISSING_ACCESS_TECH_TYPE_OPTION, 162)]
    [InlineData(BindingStatus.GRE_KEY_OPTION_REQUIRED, 163)]
    [InlineData(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE, 170)]
    [InlineData(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, 171)]
    [InlineData(BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE, 172)]
    [InlineData(BindingStatus.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED, 173)]
    [InlineData(BindingStatus.INVALID_CARE_OF_ADDRESS, 174)]
    public void Status_OfTheRfc_HasItsNumber(BindingStatus status, byte number) => ((byte)status).Should().Be(number);
}
