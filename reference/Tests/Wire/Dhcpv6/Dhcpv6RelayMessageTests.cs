using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6RelayMessageTests : Dhcpv6MessageFormatTests
{
    private const string Addresses = "20010db8 80000001 00000000 00000007  fe800000 00000000 005e00ff fe000001";

    protected override string Figure =>
        """
            0c 01
            20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 07
            fe 80 00 00  00 00 00 00  00 5e 00 ff  fe 00 00 01
            00 12 00 05  6c 69 6e 6b 31
            00 09 00 08  01 12 34 56  fd e8 00 00
            """;

    protected override Dhcpv6Message Value =>
        new Dhcpv6RelayMessage(
            Dhcpv6MessageType.RelayForward,
            1,
            Dhcpv6Samples.HomeAddress,
            SampleMessages.LinkLocal,
            [
                new Dhcpv6InterfaceIdOption(OctetString.FromText("link1")),
                new Dhcpv6RelayMessageOption(new OctetString([1, 0x12, 0x34, 0x56, 0xfd, 0xe8, 0, 0])),
            ]
        );

    protected override IEnumerable<Dhcpv6Message> OtherValues =>
        [
            new Dhcpv6RelayMessage(
                Dhcpv6MessageType.RelayReply,
                255,
                IPAddress.IPv6Any,
                IPAddress.IPv6Any,
                [new Dhcpv6RelayMessageOption(default)]
            ),
        ];

    protected override Arrival TooShort => Refused("0c 01" + Addresses[..^2], "Truncated", 33);

    protected override Arrival TooLong => Refused(Figure + "00", "OptionTruncated", 55);

    [Theory]
    [InlineData("0d 01" + Addresses, "RelayMessage", 34)]
    [InlineData("0d 01" + Addresses + "00 12 00 00", "RelayMessage", 34)]
    [InlineData("0d 01" + Addresses + "00 09 00 01", "OptionTruncated", 34)]
    public void Message_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        Dhcpv6Message.TryParse(Hex.Octets(octets), out var message, out var error).Should().BeFalse();

        message.Should().BeNull();
        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Fact]
    public void RelayedMessage_OfARelayAgentAgain_IsReadLevelByLevel()
    {
        Dhcpv6Samples.RelayForwardAgain.TryGetRelayed(out var middle, out _).Should().BeTrue();
        middle.Should().Be(Dhcpv6Samples.RelayForward);
        Dhcpv6Samples.RelayForward.TryGetRelayed(out var inner, out _).Should().BeTrue();
        inner.Should().Be(Dhcpv6Samples.Request);
    }

    /// <summary>RFC 8415, Section 9: a relay agent forwards the relayed message unchanged.</summary>
    [Fact]
    public void RelayedMessage_ThatIsMalformed_IsKept()
    {
        var message = (Dhcpv6RelayMessage)Value with { Options = [new Dhcpv6RelayMessageOption(new OctetString([1, 2]))] };

        message.Relayed.Should().Be(new OctetString([1, 2]));
        message.TryGetRelayed(out _, out var error).Should().BeFalse();
        error.Should().BeEquivalentTo(new { Rule = "Truncated", Offset = 2 });
    }

    [Fact]
    public void Message_OfAnotherTypeOrWithoutARelayedOne_Throws()
    {
        var type = () =>
            new Dhcpv6RelayMessage(
                Dhcpv6MessageType.Reply,
                0,
                IPAddress.IPv6Any,
                IPAddress.IPv6Any,
                [new Dhcpv6RelayMessageOption(default)]
            );
        var options = () => new Dhcpv6RelayMessage(Dhcpv6MessageType.RelayReply, 0, IPAddress.IPv6Any, IPAddress.IPv6Any, []);
        var address = () =>
            new Dhcpv6RelayMessage(
                Dhcpv6MessageType.RelayReply,
                0,
                IPAddress.Any,
                IPAddress.IPv6Any,
                [new Dhcpv6RelayMessageOption(default)]
            );

        type.Should().Throw<ArgumentException>();
        options.Should().Throw<ArgumentException>();
        address.Should().Throw<ArgumentException>();
    }
}
