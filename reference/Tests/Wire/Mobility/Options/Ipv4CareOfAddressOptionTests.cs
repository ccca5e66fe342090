using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4CareOfAddressOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            20 06 00 00
            c0 00 02 a1
            """;

    protected override MobilityOption Value => new Ipv4CareOfAddressOption(IPAddress.Parse("192.0.2.161"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new Ipv4CareOfAddressOption(IPAddress.Any), new Ipv4CareOfAddressOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("20 05 00 00 c0 00 02", "OptionLength", 0);

    protected override Arrival TooLong => Refused("20 07 00 00 c0 00 02 a1 00", "OptionLength", 0);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("20 06 ff ff c0 00 02 a1"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new Ipv4CareOfAddressOption(IPAddress.IPv6Loopback);

        create.Should().Throw<ArgumentException>();
    }
}
