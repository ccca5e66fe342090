using FluentAssertions;
using Pmip.Protocol.Security;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Security.Keys;

namespace Pmip.Reference.Tests.Security;

public sealed class SecurityAssociationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    public void ReservedIndex_IsRefused(uint index)
    {
        var creating = () => Association(index, Anchor, Anchor);
        creating.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(SecurityTransform.NullHmacSha256, 31)]
    [InlineData(SecurityTransform.NullHmacSha256, 33)]
    [InlineData(SecurityTransform.NullHmacSha256, 64)]
    [InlineData(SecurityTransform.AesCbcHmacSha256, 32)]
    [InlineData(SecurityTransform.AesCbcHmacSha256, 47)]
    [InlineData(SecurityTransform.AesCbcHmacSha256, 65)]
    public void KeyOfAnotherLength_IsRefused_WithoutShowingIt(SecurityTransform transform, int length)
    {
        var creating = () => new SecurityAssociation(256, Anchor, Anchor, transform, Secret(0x40, length));
        creating.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("4041");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void Key_IsThatForEncryption_ThenThatForAuthentication(int encryptionLength)
    {
        var key = Secret(1, encryptionLength + 32);
        var octets = key.Reveal().ToArray();
        var expected = new AesCbcHmacSha256EspTransform(
            new OctetString(octets.AsSpan(0, encryptionLength)),
            new OctetString(octets.AsSpan(encryptionLength))
        );

        new SecurityAssociation(256, Anchor, Anchor, SecurityTransform.AesCbcHmacSha256, key).ToEspTransform().Should().Be(expected);
    }

    [Fact]
    public void Direction_IsThatOfTheDestination()
    {
        Association(ToAnchor, Anchor, Anchor).IsInbound.Should().BeFalse();
        Association(ToAnchor, Gateway, Anchor).IsInbound.Should().BeTrue();
    }
}
