using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DuidTests
{
    [Fact]
    public void Duid_OfAMacAddress_IsOfTheLinkLayerAddressKind() =>
        Duid.ForMac(SampleMessages.Mac).Octets.Should().Be(new OctetString(Hex.Octets("00 03 00 01 02 5e 00 00 00 01")));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(131)]
    public void Duid_OfAnotherLength_Throws(int length)
    {
        var create = () => new Duid(new OctetString(new byte[length]));

        create.Should().Throw<ArgumentException>();
    }
}
