using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpClientIdentifierOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            3d 07  01 02 5e 00 00 00 01
            """;

    protected override DhcpOption Value => DhcpClientIdentifierOption.ForMac(SampleMessages.Mac);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpClientIdentifierOption(new OctetString([0, 0])), new DhcpClientIdentifierOption(new OctetString(new byte[510]))];

    protected override Arrival TooShort => Refused("3d 01  01", "OptionLength", 0);

    protected override Arrival TooLong =>
        Read("3d 08  01 02 5e 00 00 00 01 00", new DhcpClientIdentifierOption(new OctetString([1, 2, 0x5e, 0, 0, 0, 1, 0])));

    [Fact]
    public void Identifier_OfOneOctet_Throws()
    {
        var create = () => new DhcpClientIdentifierOption(new OctetString([1]));

        create.Should().Throw<ArgumentException>();
    }
}
