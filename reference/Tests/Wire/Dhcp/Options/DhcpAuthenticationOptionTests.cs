using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpAuthenticationOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            5a 0f  01 02 03  01 02 03 04 05 06 07 08  aa bb cc dd
            """;

    protected override DhcpOption Value =>
        new DhcpAuthenticationOption(1, 2, 3, 0x0102030405060708, new OctetString([0xaa, 0xbb, 0xcc, 0xdd]));

    protected override IEnumerable<DhcpOption> OtherValues =>
        [
            new DhcpAuthenticationOption(0, 0, 0, 0, default),
            new DhcpAuthenticationOption(255, 255, 255, ulong.MaxValue, new OctetString(new byte[300])),
        ];

    protected override Arrival TooShort => Refused("5a 0a  01 02 03  01 02 03 04 05 06 07", "OptionLength", 0);

    protected override Arrival TooLong =>
        Read(
            "5a 0c  01 02 03  01 02 03 04 05 06 07 08  aa",
            new DhcpAuthenticationOption(1, 2, 3, 0x0102030405060708, new OctetString([0xaa]))
        );
}
