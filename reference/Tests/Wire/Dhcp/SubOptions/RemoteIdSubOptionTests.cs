using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class RemoteIdSubOptionTests : RelayAgentSubOptionFormatTests
{
    protected override string Figure =>
        """
            02 05  6c 69 6e 6b 31
            """;

    protected override RelayAgentSubOption Value => new RemoteIdSubOption(OctetString.FromText("link1"));

    protected override IEnumerable<RelayAgentSubOption> OtherValues =>
        [new RemoteIdSubOption(default), new RemoteIdSubOption(new OctetString(new byte[255]))];

    protected override Arrival TooShort => Refused("02 05  6c 69 6e 6b", "SubOptionTruncated", 0);

    protected override Arrival TooLong => Refused("02 05  6c 69 6e 6b 31 00", "TrailingOctets", 7);

    [Fact]
    public void Address_OfAHomeAddress_IsThatAddress()
    {
        RemoteIdSubOption.ForAddress(Ipv4Samples.HomeAddress).Address.Should().Be(Ipv4Samples.HomeAddress);
        RemoteIdSubOption.ForAddress(Ipv4Samples.HomeAddress).Identifier.Should().Be(new OctetString([203, 0, 113, 7]));
        ((RemoteIdSubOption)Value).Address.Should().BeNull();
    }

    [Fact]
    public void Identifier_Of256Octets_Throws()
    {
        var create = () => new RemoteIdSubOption(new OctetString(new byte[256]));

        create.Should().Throw<ArgumentException>();
    }
}
