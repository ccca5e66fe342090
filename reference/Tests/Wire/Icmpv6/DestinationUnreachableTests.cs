using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DestinationUnreachableTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            01 03 00 00
            00 00 00 00
            60 00 00 00
            """;

    protected override Icmpv6Message Value =>
        new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, new OctetString([0x60, 0, 0, 0]));

    protected override IEnumerable<Icmpv6Message> OtherValues => [new DestinationUnreachable(255, default)];

    protected override Arrival TooShort => Refused("01 03 00 00  00 00 00", "Truncated", 7);

    protected override Arrival TooLong =>
        Read(
            "01 03 00 00  00 00 00 00  60 00 00 00 01",
            new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, new OctetString([0x60, 0, 0, 0, 1]))
        );

    [Fact]
    public void Unused_Set_IsIgnored()
    {
        Icmpv6Message.TryParse(Hex.Octets("01 03 00 00  ff ff ff ff  60 00 00 00"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }
}
