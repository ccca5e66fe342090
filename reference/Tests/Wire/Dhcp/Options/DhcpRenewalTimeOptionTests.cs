using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpRenewalTimeOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            3a 04  00 00 0e 10
            """;

    protected override DhcpOption Value => new DhcpRenewalTimeOption(3600);

    protected override IEnumerable<DhcpOption> OtherValues => [new DhcpRenewalTimeOption(0), new DhcpRenewalTimeOption(uint.MaxValue)];

    protected override Arrival TooShort => Refused("3a 03  00 00 0e", "OptionLength", 0);

    protected override Arrival TooLong => Refused("3a 05  00 00 0e 10 00", "OptionLength", 0);
}
