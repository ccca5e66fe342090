using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6IaNaOptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            00 03 00 12  01 02 03 04  00 00 03 84  00 00 05 a0  00 0d 00 02  00 02
            """;

    protected override Dhcpv6Option Value =>
        new Dhcpv6IaNaOption(0x01020304, 900, 1440, [new Dhcpv6StatusCodeOption(Dhcpv6StatusCode.NoAddrsAvail, default)]);

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [
            new Dhcpv6IaNaOption(0, 0, 0, []),
            new Dhcpv6IaNaOption(uint.MaxValue, uint.MaxValue, uint.MaxValue, [Dhcpv6Samples.IaAddress, Dhcpv6Samples.IaAddress]),
        ];

    protected override Arrival TooShort => Refused("00 03 00 0b  01 02 03 04  00 00 03 84  00 00 05", "OptionLength", 0);

    protected override Arrival TooLong => Refused("00 03 00 0d  01 02 03 04  00 00 03 84  00 00 05 a0  00", "OptionTruncated", 16);

    [Fact]
    public void IaNa_InsideAnother_Throws()
    {
        var create = () => new Dhcpv6IaNaOption(1, 0, 0, [Dhcpv6Samples.IaNa]);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Options_TooLongForLengthField_Throw()
    {
        var create = () => new Dhcpv6IaNaOption(1, 0, 0, [new UnknownDhcpv6Option(65000, new OctetString(new byte[65535 - 12 - 3]))]);

        create.Should().Throw<ArgumentException>();
    }
}
