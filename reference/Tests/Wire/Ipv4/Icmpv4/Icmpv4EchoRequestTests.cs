using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Icmpv4EchoRequestTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            08 00 00 00
            12 34 00 07
            61 62 63
            """;

    protected override Icmpv4Message Value => new Icmpv4EchoRequest(0x1234, 7, OctetString.FromText("abc"));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new Icmpv4EchoRequest(0, 0, default), new Icmpv4EchoRequest(ushort.MaxValue, ushort.MaxValue, new OctetString(new byte[1472]))];

    protected override Arrival TooShort => Refused("08 00 00 00  12 34 00", "Truncated", 7);

    protected override Arrival TooLong =>
        Read("08 00 00 00  12 34 00 07  61 62 63 64", new Icmpv4EchoRequest(0x1234, 7, OctetString.FromText("abcd")));

    [Fact]
    public void Code_OtherThanZero_IsIgnored()
    {
        Icmpv4Message.TryParse(Hex.Octets("08 07 00 00  12 34 00 07  61 62 63"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }

    /// <summary>0800+1234+0007+6162+6300 = de9d, complement 2162.</summary>
    [Fact]
    public void ToBytes_HasHandComputedChecksum()
    {
        var bytes = Value.ToBytes();

        bytes.Should().Equal(Hex.Octets("08 00 21 62  12 34 00 07  61 62 63"));
        Icmpv4Message.HasValidChecksum(bytes).Should().BeTrue();
        Icmpv4Message.HasValidChecksum([.. bytes, 1]).Should().BeFalse();
        Icmpv4Message.HasValidChecksum([0xff, 0xff]).Should().BeFalse();
    }

    [Fact]
    public void ToBytes_OfAnyMessage_HasTheChecksumOfThePlainSum()
    {
        foreach (var message in Ipv4Samples.Icmp)
        {
            var octets = message.ToBytes();
            var written = octets[2] * 256 + octets[3];
            octets.AsSpan(2, 2).Clear();

            written.Should().Be(PlainChecksum.Of(octets));
        }
    }
}
