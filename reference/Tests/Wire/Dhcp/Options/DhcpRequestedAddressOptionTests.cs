using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpRequestedAddressOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            32 04  cb 00 71 07
            """;

    protected override DhcpOption Value => new DhcpRequestedAddressOption(Ipv4Samples.HomeAddress);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpRequestedAddressOption(IPAddress.Any), new DhcpRequestedAddressOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("32 03  cb 00 71", "OptionLength", 0);

    protected override Arrival TooLong => Refused("32 05  cb 00 71 07 00", "OptionLength", 0);

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new DhcpRequestedAddressOption(IPAddress.IPv6Any);

        create.Should().Throw<ArgumentException>();
    }
}
