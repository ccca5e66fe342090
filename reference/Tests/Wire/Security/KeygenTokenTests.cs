using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Wire.ReturnRoutability;

namespace Pmip.Reference.Tests.Wire;

public sealed class KeygenTokenTests
{
    [Fact]
    public void HomeToken_IsThatOfTheFormula() => KeygenToken.ForHomeAddress(NodeKey, Home, Nonce).Should().Be(HomeToken);

    [Fact]
    public void CareOfToken_IsThatOfTheFormula() => KeygenToken.ForCareOfAddress(NodeKey, CareOf, Nonce).Should().Be(CareOfToken);

    [Fact]
    public void TokensOfOneAddress_AreTwo() =>
        KeygenToken.ForHomeAddress(NodeKey, Home, Nonce).Should().NotBe(KeygenToken.ForCareOfAddress(NodeKey, Home, Nonce));

    [Fact]
    public void Ipv4Address_HasNoToken()
    {
        var compute = () => KeygenToken.ForHomeAddress(NodeKey, IPAddress.Loopback, Nonce);

        compute.Should().Throw<ArgumentException>();
    }
}
