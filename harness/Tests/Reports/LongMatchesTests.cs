using Conformance.Reports.Html;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class LongMatchesTests
{
    private const string Line = "the same forty characters of every text.";

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("a short text")]
    [InlineData(Line + Line)]
    [InlineData("begins otherwise: " + Line + "; and again: " + Line + ", ends otherwise")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("→ ✓ ✗ 😀 →→→ 😀 ✓ ✗ →→→ 😀 ✓ ✗ →→→ 😀 ✓ ✗ →→→ 😀 ✓")]
    public void Text_ComesBack(string text) => UnpackedReport.Expand(LongMatches.Encode(text)).Should().Be(text);

    [Fact]
    public void RandomTexts_OfRepeatedParts_ComeBack_AndAreShorter()
    {
        var random = new Random(7);
        var parts = Enumerable.Range(0, 30).Select(_ => Letters(random, random.Next(1, 200))).ToList();
        for (var round = 0; round < 50; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 300).Select(_ => parts[random.Next(parts.Count)]));

            var encoded = LongMatches.Encode(text);

            UnpackedReport.Expand(encoded).Should().Be(text);
            encoded.Length.Should().BeLessThan(text.Length / 2);
        }
    }

    [Fact]
    public void Repetition_FarBack_IsFound()
    {
        var random = new Random(8);

        var encoded = LongMatches.Encode(Line + Letters(random, 1_000_000) + Line);

        encoded.Should().StartWith("f4268,f4268,28\n\n");
    }

    private static string Letters(Random random, int count) =>
        string.Create(
            count,
            random,
            (letters, source) =>
            {
                foreach (ref var letter in letters)
                {
                    letter = (char)('a' + source.Next(26));
                }
            }
        );
}
