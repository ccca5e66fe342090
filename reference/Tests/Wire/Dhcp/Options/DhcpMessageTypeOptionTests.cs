using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpMessageTypeOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            35 01  09
            """;

    protected override DhcpOption Value => new DhcpMessageTypeOption(DhcpMessageType.ForceRenew);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpMessageTypeOption(0), new DhcpMessageTypeOption((DhcpMessageType)255)];

    protected override Arrival TooShort => Refused("35 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("35 02  09 00", "OptionLength", 0);
}
