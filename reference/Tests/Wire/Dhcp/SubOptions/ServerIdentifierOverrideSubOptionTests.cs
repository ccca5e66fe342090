using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class ServerIdentifierOverrideSubOptionTests : RelayAgentSubOptionFormatTests
{
    protected override string Figure =>
        """
            0b 04  cb 00 71 01
            """;

    protected override RelayAgentSubOption Value => new ServerIdentifierOverrideSubOption(Ipv4Samples.DefaultRouter);

    protected override IEnumerable<RelayAgentSubOption> OtherValues =>
        [new ServerIdentifierOverrideSubOption(IPAddress.Any), new ServerIdentifierOverrideSubOption(IPAddress.Broadcast)];

    protected override Arrival TooShort => Refused("0b 03  cb 00 71", "SubOptionLength", 0);

    protected override Arrival TooLong => Refused("0b 05  cb 00 71 01 00", "SubOptionLength", 0);

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => new ServerIdentifierOverrideSubOption(IPAddress.IPv6Any);

        create.Should().Throw<ArgumentException>();
    }
}
