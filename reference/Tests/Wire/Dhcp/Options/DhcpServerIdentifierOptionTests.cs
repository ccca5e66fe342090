using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpServerIdentifierOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            36 04  cb 00 71 07
            """;

    protected override DhcpOption Value => new DhcpServerIdentifierOption(Ipv4Samples.HomeAddress);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpServerIdentifierOption(IPAddress.Any), new DhcpServerIdentifierOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("36 03  cb 00 71", "OptionLength", 0);

    protected override Arrival TooLong => Refused("36 05  cb 00 71 07 00", "OptionLength", 0);

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new DhcpServerIdentifierOption(IPAddress.IPv6Any);

        create.Should().Throw<ArgumentException>();
    }
}
