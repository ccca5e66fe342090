using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6InterfaceIdOptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            00 12 00 03  01 02 03
            """;

    protected override Dhcpv6Option Value => new Dhcpv6InterfaceIdOption(new OctetString([1, 2, 3]));

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [new Dhcpv6InterfaceIdOption(default), new Dhcpv6InterfaceIdOption(new OctetString(new byte[2000]))];

    protected override Arrival TooShort => Refused("00 12 00 03  01 02", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("00 12 00 03  01 02 03 04", "TrailingOctets", 7);

    [Fact]
    public void Identifier_Of65536Octets_Throws()
    {
        var create = () => new Dhcpv6InterfaceIdOption(new OctetString(new byte[65536]));

        create.Should().Throw<ArgumentException>();
    }
}
