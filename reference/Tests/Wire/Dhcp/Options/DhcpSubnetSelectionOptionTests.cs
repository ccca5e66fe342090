using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpSubnetSelectionOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            76 04  cb 00 71 07
            """;

    protected override DhcpOption Value => new DhcpSubnetSelectionOption(Ipv4Samples.HomeAddress);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpSubnetSelectionOption(IPAddress.Any), new DhcpSubnetSelectionOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("76 03  cb 00 71", "OptionLength", 0);

    protected override Arrival TooLong => Refused("76 05  cb 00 71 07 00", "OptionLength", 0);

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new DhcpSubnetSelectionOption(IPAddress.IPv6Any);

        create.Should().Throw<ArgumentException>();
    }
}
