using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownIcmpv4MessageTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            0d 02 00 00
            01 02 03
            """;

    protected override Icmpv4Message Value => new UnknownIcmpv4Message(13, 2, new OctetString([1, 2, 3]));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new UnknownIcmpv4Message(255, 255, default), new UnknownIcmpv4Message(14, 0, new OctetString(new byte[576]))];

    protected override Arrival TooShort => Refused("0d 02 00", "Truncated", 3);

    protected override Arrival TooLong => Read(Figure + "04", new UnknownIcmpv4Message(13, 2, new OctetString([1, 2, 3, 4])));

    [Theory]
    [InlineData(Icmpv4Type.EchoReply)]
    [InlineData(Icmpv4Type.DestinationUnreachable)]
    [InlineData(Icmpv4Type.EchoRequest)]
    [InlineData(Icmpv4Type.TimeExceeded)]
    [InlineData(Icmpv4Type.ParameterProblem)]
    public void Type_ThatIsKnown_Throws(byte type)
    {
        var create = () => new UnknownIcmpv4Message(type, 0, default);

        create.Should().Throw<ArgumentException>();
    }
}
