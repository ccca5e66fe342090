using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpRelayAgentInformationOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            52 0d  01 05 6c 69 6e 6b 31  02 04 cb 00 71 07
            """;

    protected override DhcpOption Value =>
        new DhcpRelayAgentInformationOption([
            new CircuitIdSubOption(OctetString.FromText("link1")),
            RemoteIdSubOption.ForAddress(Ipv4Samples.HomeAddress),
        ]);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [
            new DhcpRelayAgentInformationOption([new CircuitIdSubOption(default)]),
            new DhcpRelayAgentInformationOption([
                new CircuitIdSubOption(new OctetString(new byte[255])),
                new RemoteIdSubOption(new OctetString(new byte[255])),
            ]),
        ];

    protected override Arrival TooShort => Refused("52 01  01", "OptionLength", 0);

    protected override Arrival TooLong => Refused("52 03  01 00  02", "SubOptionTruncated", 4);

    [Fact]
    public void ErrorInSubOption_HasOffsetOfSubOption()
    {
        DhcpOption.TryParse(Hex.Octets("52 07  01 00  0b 03 01 02 03"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "SubOptionLength", Offset = 4 });
    }

    [Fact]
    public void EmptySubOptionList_Throws()
    {
        var create = () => new DhcpRelayAgentInformationOption([]);

        create.Should().Throw<ArgumentException>();
    }
}
