using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6ClientServerMessageTests : Dhcpv6MessageFormatTests
{
    private const string IaNa = "00 03 00 0c  00 00 00 01  00 00 00 00  00 00 00 00";
    private const string IaAddress = "00 05 00 18  20010db8 80000001 00000000 00000007  00 00 00 00  00 00 00 00";

    protected override string Figure =>
        """
            01 12 34 56
            00 01 00 0a  00 03 00 01 02 5e 00 00 00 01
            00 03 00 0c  00 00 00 01  00 00 00 00  00 00 00 00
            fd e8 00 01  aa
            """;

    protected override Dhcpv6Message Value =>
        new Dhcpv6ClientServerMessage(
            Dhcpv6MessageType.Solicit,
            0x123456,
            [
                new Dhcpv6ClientIdentifierOption(Dhcpv6Samples.Client),
                new Dhcpv6IaNaOption(1, 0, 0, []),
                new UnknownDhcpv6Option(65000, new OctetString([0xaa])),
            ]
        );

    protected override IEnumerable<Dhcpv6Message> OtherValues =>
        [
            .. Dhcpv6Samples.Messages,
            new Dhcpv6ClientServerMessage(0, 0, []),
            new Dhcpv6ClientServerMessage((Dhcpv6MessageType)255, 0xffffff, []),
        ];

    protected override Arrival TooShort => Refused("01 12 34", "Truncated", 3);

    protected override Arrival TooLong => Refused(Figure + "00", "OptionTruncated", 39);

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("01 00 00 01  00 01 00 0a  00 03 00 01", "OptionTruncated", 4)]
    [InlineData("01 00 00 01  00 01 00 02  00 03", "OptionLength", 4)]
    [InlineData("01 00 00 01" + IaAddress, "OptionPlace", 4)]
    [InlineData("01 00 00 01  fd e8 00 00" + IaAddress, "OptionPlace", 8)]
    [InlineData("01 00 00 01  00 03 00 1c  00 00 00 01  00 00 00 00  00 00 00 00" + IaNa, "OptionPlace", 20)]
    [InlineData("01 00 00 01  00 03 00 0b  00 00 00 01  00 00 00 00  00 00 00", "OptionLength", 4)]
    [InlineData("01 00 00 01  00 03 00 11  00 00 00 01  00 00 00 00  00 00 00 00  00 0d 00 01  00", "OptionLength", 20)]
    [InlineData("01 00 00 01  00 03 00 10  00 00 00 01  00 00 00 00  00 00 00 00  00 0d 00 01  00", "OptionTruncated", 20)]
    public void Message_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        Dhcpv6Message.TryParse(Hex.Octets(octets), out var message, out var error).Should().BeFalse();

        message.Should().BeNull();
        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    /// <summary>An option nested in itself is refused at the second level, whatever its length.</summary>
    [Fact]
    public void Options_NestedWithoutEnd_AreRefused()
    {
        var octets = new byte[4 + 16 * 4000];
        for (var i = 0; i < 4000; i++)
        {
            var length = octets.Length - 4 - 16 * i - 4;
            new byte[] { 0, 3, (byte)(length >> 8), (byte)length }.CopyTo(octets, 4 + 16 * i);
        }

        Dhcpv6Message.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "OptionPlace", Offset = 20 });
    }

    [Fact]
    public void Type_OfARelayAgent_Throws()
    {
        var create = () => new Dhcpv6ClientServerMessage(Dhcpv6MessageType.RelayReply, 1, []);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void TransactionId_Of25Bits_Throws()
    {
        var create = () => new Dhcpv6ClientServerMessage(Dhcpv6MessageType.Solicit, 0x1000000, []);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void IaAddress_OutsideAnIaNa_Throws()
    {
        var create = () => new Dhcpv6ClientServerMessage(Dhcpv6MessageType.Solicit, 1, [Dhcpv6Samples.IaAddress]);

        create.Should().Throw<ArgumentException>();
    }
}
