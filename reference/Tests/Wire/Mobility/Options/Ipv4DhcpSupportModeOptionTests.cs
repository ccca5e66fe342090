using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4DhcpSupportModeOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            27 02 00 01
            """;

    protected override MobilityOption Value => new Ipv4DhcpSupportModeOption(ActsAsServer: true);

    protected override IEnumerable<MobilityOption> OtherValues => [new Ipv4DhcpSupportModeOption(ActsAsServer: false)];

    protected override Arrival TooShort => Refused("27 01 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("27 03 00 01 00", "OptionLength", 0);

    [Theory]
    [InlineData("27 02 ff ff", true)]
    [InlineData("27 02 ff fe", false)]
    public void Reserved_Set_IsIgnored(string octets, bool server)
    {
        MobilityOption.TryParse(Hex.Octets(octets), out var option, out _).Should().BeTrue();

        option.Should().Be(new Ipv4DhcpSupportModeOption(server));
    }
}
