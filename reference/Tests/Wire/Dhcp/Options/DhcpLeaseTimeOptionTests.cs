using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpLeaseTimeOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            33 04  00 00 0e 10
            """;

    protected override DhcpOption Value => new DhcpLeaseTimeOption(3600);

    protected override IEnumerable<DhcpOption> OtherValues => [new DhcpLeaseTimeOption(0), new DhcpLeaseTimeOption(uint.MaxValue)];

    protected override Arrival TooShort => Refused("33 03  00 00 0e", "OptionLength", 0);

    protected override Arrival TooLong => Refused("33 05  00 00 0e 10 00", "OptionLength", 0);
}
