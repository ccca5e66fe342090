using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6ServerIdentifierOptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            00 02 00 0a  00 03 00 01  02 5e 00 00 00 01
            """;

    protected override Dhcpv6Option Value => new Dhcpv6ServerIdentifierOption(Dhcpv6Samples.Client);

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [
            new Dhcpv6ServerIdentifierOption(new Duid(new OctetString(new byte[3]))),
            new Dhcpv6ServerIdentifierOption(new Duid(new OctetString(new byte[130]))),
        ];

    protected override Arrival TooShort => Refused("00 02 00 02  00 03", "OptionLength", 0);

    protected override Arrival TooLong => Refused("00 02 00 83" + new string('0', 2 * 131), "OptionLength", 0);
}
