using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6StatusCodeOptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            00 0d 00 04  00 05  6e 6f
            """;

    protected override Dhcpv6Option Value => new Dhcpv6StatusCodeOption(Dhcpv6StatusCode.UseMulticast, OctetString.FromText("no"));

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [
            new Dhcpv6StatusCodeOption(0, default),
            new Dhcpv6StatusCodeOption((Dhcpv6StatusCode)ushort.MaxValue, new OctetString(new byte[300])),
        ];

    protected override Arrival TooShort => Refused("00 0d 00 01  00", "OptionLength", 0);

    protected override Arrival TooLong =>
        Read("00 0d 00 05  00 05  6e 6f 21", new Dhcpv6StatusCodeOption(Dhcpv6StatusCode.UseMulticast, OctetString.FromText("no!")));

    [Fact]
    public void Message_Of65534Octets_Throws()
    {
        var create = () => new Dhcpv6StatusCodeOption(0, new OctetString(new byte[65534]));

        create.Should().Throw<ArgumentException>();
    }
}
