using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class CircuitIdSubOptionTests : RelayAgentSubOptionFormatTests
{
    protected override string Figure =>
        """
            01 05  6c 69 6e 6b 31
            """;

    protected override RelayAgentSubOption Value => new CircuitIdSubOption(OctetString.FromText("link1"));

    protected override IEnumerable<RelayAgentSubOption> OtherValues =>
        [new CircuitIdSubOption(default), new CircuitIdSubOption(new OctetString(new byte[255]))];

    protected override Arrival TooShort => Refused("01 05  6c 69 6e 6b", "SubOptionTruncated", 0);

    protected override Arrival TooLong => Refused("01 05  6c 69 6e 6b 31 00", "TrailingOctets", 7);

    [Fact]
    public void Identifier_Of256Octets_Throws()
    {
        var create = () => new CircuitIdSubOption(new OctetString(new byte[256]));

        create.Should().Throw<ArgumentException>();
    }
}
