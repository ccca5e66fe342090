using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class EchoReplyTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            81 00 00 00
            12 34 00 07
            61 62 63
            """;

    protected override Icmpv6Message Value => new EchoReply(0x1234, 7, OctetString.FromText("abc"));

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [new EchoReply(0, 0, default), new EchoReply(ushort.MaxValue, ushort.MaxValue, new OctetString(new byte[1452]))];

    protected override Arrival TooShort => Refused("81 00 00 00  12 34 00", "Truncated", 7);

    protected override Arrival TooLong =>
        Read("81 00 00 00  12 34 00 07  61 62 63 64", new EchoReply(0x1234, 7, OctetString.FromText("abcd")));

    [Fact]
    public void Code_OtherThanZero_IsIgnored()
    {
        Icmpv6Message.TryParse(Hex.Octets("81 07 00 00  12 34 00 07  61 62 63"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }
}
