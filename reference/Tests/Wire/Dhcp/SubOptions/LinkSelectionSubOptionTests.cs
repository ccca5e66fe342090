using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class LinkSelectionSubOptionTests : RelayAgentSubOptionFormatTests
{
    protected override string Figure =>
        """
            05 04  cb 00 71 01
            """;

    protected override RelayAgentSubOption Value => new LinkSelectionSubOption(Ipv4Samples.DefaultRouter);

    protected override IEnumerable<RelayAgentSubOption> OtherValues =>
        [new LinkSelectionSubOption(IPAddress.Any), new LinkSelectionSubOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("05 03  cb 00 71", "SubOptionLength", 0);

    protected override Arrival TooLong => Refused("05 05  cb 00 71 01 00", "SubOptionLength", 0);

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new LinkSelectionSubOption(IPAddress.IPv6Any);

        create.Should().Throw<ArgumentException>();
    }
}
