using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class OctetStringTests
{
    [Fact]
    public void OctetStrings_WithTheSameOctets_AreEqual()
    {
        var left = new OctetString([1, 2, 3]);
        var right = new OctetString([1, 2, 3]);

        (left == right).Should().BeTrue();
        (left != new OctetString([1, 2])).Should().BeTrue();
        left.GetHashCode().Should().Be(right.GetHashCode());
    }

    [Fact]
    public void Octets_ChangedAfterwards_DoNotChangeTheOctetString()
    {
        byte[] octets = [1];
        var copy = new OctetString(octets);
        octets[0] = 2;

        copy.Should().Be(new OctetString([1]));
    }

    [Fact]
    public void OctetString_ByDefault_IsEmpty()
    {
        default(OctetString).Should().Be(new OctetString([]));
        default(OctetString).Length.Should().Be(0);
        default(OctetString).ToText().Should().BeEmpty();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("0000", true)]
    [InlineData("000100", false)]
    public void OctetString_OfZeros_IsAllZero(string hex, bool expected) =>
        new OctetString(Hex.Octets(hex)).IsAllZero.Should().Be(expected);

    [Theory]
    [InlineData("61 62", "ab")]
    [InlineData("c3 a4", "ä")]
    [InlineData("61 c3", "a\\xc3")]
    [InlineData("ff 61 80", "\\xffa\\x80")]
    [InlineData("f0 9f 93 a1", "📡")]
    [InlineData("ed a0 80", "\\xed\\xa0\\x80")]
    public void ToText_OfOctetsThatAreNotACharacter_EscapesThem(string hex, string text) =>
        new OctetString(Hex.Octets(hex)).ToText().Should().Be(text);

    [Fact]
    public void FromText_AndBack_IsTheText() => OctetString.FromText("mn1@ä.example").ToText().Should().Be("mn1@ä.example");

    [Fact]
    public void ToString_OfOctets_IsLowerCaseHexadecimal() => new OctetString([0x02, 0x5e, 0xff]).ToString().Should().Be("025eff");
}
