using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class EchoRequestTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            80 00 00 00
            12 34 00 07
            61 62 63
            """;

    protected override Icmpv6Message Value => new EchoRequest(0x1234, 7, OctetString.FromText("abc"));

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [new EchoRequest(0, 0, default), new EchoRequest(ushort.MaxValue, ushort.MaxValue, new OctetString(new byte[1452]))];

    protected override Arrival TooShort => Refused("80 00 00 00  12 34 00", "Truncated", 7);

    protected override Arrival TooLong =>
        Read("80 00 00 00  12 34 00 07  61 62 63 64", new EchoRequest(0x1234, 7, OctetString.FromText("abcd")));

    [Fact]
    public void Code_OtherThanZero_IsIgnored()
    {
        Icmpv6Message.TryParse(Hex.Octets("80 07 00 00  12 34 00 07  61 62 63"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }
}
