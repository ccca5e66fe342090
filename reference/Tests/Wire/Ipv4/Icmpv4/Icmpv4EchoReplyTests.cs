using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Icmpv4EchoReplyTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            00 00 00 00
            12 34 00 07
            61 62 63
            """;

    protected override Icmpv4Message Value => new Icmpv4EchoReply(0x1234, 7, OctetString.FromText("abc"));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new Icmpv4EchoReply(0, 0, default), new Icmpv4EchoReply(ushort.MaxValue, ushort.MaxValue, new OctetString(new byte[1472]))];

    protected override Arrival TooShort => Refused("00 00 00 00  12 34 00", "Truncated", 7);

    protected override Arrival TooLong =>
        Read("00 00 00 00  12 34 00 07  61 62 63 64", new Icmpv4EchoReply(0x1234, 7, OctetString.FromText("abcd")));

    [Fact]
    public void Code_OtherThanZero_IsIgnored()
    {
        Icmpv4Message.TryParse(Hex.Octets("00 07 00 00  12 34 00 07  61 62 63"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }
}
