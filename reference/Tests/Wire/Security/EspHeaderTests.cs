using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class EspHeaderTests
{
    [Fact]
    public void Header_WithAPacketBehindIt_IsRead()
    {
        EspHeader.TryParse(Hex.Octets("10000001 00000007 cafe"), out var header, out _).Should().BeTrue();

        header.Should().Be(new EspHeader(0x10000001, 7));
    }

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("10000001 000000", "Truncated", 7)]
    [InlineData("00000000 00000007", "SecurityParametersIndex", 0)]
    public void Header_TooShortOrWithoutAnIndex_IsRefused(string octets, string rule, int offset)
    {
        EspHeader.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().Match<WireError>(found => found.Rule == rule && found.Offset == offset);
    }

    [Fact]
    public void Index_OfZero_Throws()
    {
        var create = () => new EspHeader(0, 1);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }
}
