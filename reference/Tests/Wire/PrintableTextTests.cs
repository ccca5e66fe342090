using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public class PrintableTextTests
{
    [Theory]
    [InlineData("mn1@example.com, größe 日本", "mn1@example.com, größe 日本")]
    [InlineData("a\u001b[31m", @"a\u001b[31m")]
    [InlineData("a\u0000\u007f\u009b", @"a\u0000\u007f\u009b")]
    [InlineData("a\u202e\u2066\u200f\u061c", @"a\u202e\u2066\u200f\u061c")]
    [InlineData("a\u200b\ufeff\u2028", @"a\u200b\ufeff\u2028")]
    [InlineData("a\r\n\tb", @"a\u000d\u000a\u0009b")]
    public void Hidden_IsEscaped(string text, string shown) => PrintableText.Of(text).Should().Be(shown);

    [Fact]
    public void LinesAndTabs_StayInTextOfSeveralLines() => PrintableText.OfLines("a\r\n\tb\u001b").Should().Be("a\\u000d\n\tb\\u001b");
}
