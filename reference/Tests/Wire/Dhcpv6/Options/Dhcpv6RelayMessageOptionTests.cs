using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6RelayMessageOptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            00 09 00 03  01 02 03
            """;

    protected override Dhcpv6Option Value => new Dhcpv6RelayMessageOption(new OctetString([1, 2, 3]));

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [new Dhcpv6RelayMessageOption(default), new Dhcpv6RelayMessageOption(new OctetString(new byte[2000]))];

    protected override Arrival TooShort => Refused("00 09 00 03  01 02", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("00 09 00 03  01 02 03 04", "TrailingOctets", 7);

    [Fact]
    public void Message_Of65536Octets_Throws()
    {
        var create = () => new Dhcpv6RelayMessageOption(new OctetString(new byte[65536]));

        create.Should().Throw<ArgumentException>();
    }
}
