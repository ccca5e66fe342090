using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Icmpv4DestinationUnreachableTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            03 03 00 00
            00 00 00 00
            45 00
            """;

    protected override Icmpv4Message Value =>
        new Icmpv4DestinationUnreachable(Icmpv4DestinationUnreachable.PortUnreachable, new OctetString([0x45, 0]));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new Icmpv4DestinationUnreachable(0, default), new Icmpv4DestinationUnreachable(255, new OctetString(new byte[576]))];

    protected override Arrival TooShort => Refused("03 03 00 00  00 00 00", "Truncated", 7);

    protected override Arrival TooLong => Read(Figure + "01", new Icmpv4DestinationUnreachable(3, new OctetString([0x45, 0, 1])));

    [Fact]
    public void Unused_OtherThanZero_IsIgnored()
    {
        Icmpv4Message.TryParse(Hex.Octets("03 03 00 00  01 02 03 04  45 00"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }

    [Fact]
    public void Code4_Throws()
    {
        var create = () => new Icmpv4DestinationUnreachable(4, default);

        create.Should().Throw<ArgumentException>();
    }
}
