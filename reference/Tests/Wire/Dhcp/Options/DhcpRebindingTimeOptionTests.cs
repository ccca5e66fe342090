using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpRebindingTimeOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            3b 04  00 00 0e 10
            """;

    protected override DhcpOption Value => new DhcpRebindingTimeOption(3600);

    protected override IEnumerable<DhcpOption> OtherValues => [new DhcpRebindingTimeOption(0), new DhcpRebindingTimeOption(uint.MaxValue)];

    protected override Arrival TooShort => Refused("3b 03  00 00 0e", "OptionLength", 0);

    protected override Arrival TooLong => Refused("3b 05  00 00 0e 10 00", "OptionLength", 0);
}
