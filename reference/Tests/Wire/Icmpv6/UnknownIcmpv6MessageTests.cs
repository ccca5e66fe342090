using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownIcmpv6MessageTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            8f 00 00 00
            00 00 00 01
            """;

    protected override Icmpv6Message Value => new UnknownIcmpv6Message(143, 0, new OctetString([0, 0, 0, 1]));

    protected override IEnumerable<Icmpv6Message> OtherValues => [new UnknownIcmpv6Message(255, 255, default)];

    protected override Arrival TooShort => Refused("8f 00 00", "Truncated", 3);

    protected override Arrival TooLong =>
        Read("8f 00 00 00  00 00 00 01 02", new UnknownIcmpv6Message(143, 0, new OctetString([0, 0, 0, 1, 2])));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(133)]
    [InlineData(134)]
    [InlineData(135)]
    [InlineData(136)]
    public void Type_ThatIsKnown_Throws(byte type)
    {
        var create = () => new UnknownIcmpv6Message(type, 0, default);

        create.Should().Throw<ArgumentException>();
    }
}
