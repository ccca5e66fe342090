using Conformance.Cli;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class SpecificationExtractorTests
{
    [Fact]
    public void Keywords_AreCountedBySectionOwnText() =>
        Ids(
                """
                Front matter MAY hold one.

                1.  Gates

                   A gate MUST be shut.  It MAY be painted, and it SHOULD
                   NOT squeak.

                1.1.  Locks

                   A lock is REQUIRED.

                2.  Keys

                   A key MUST fit.
                """
            )
            .Should()
            .Equal("- 1 MAY 1", "1 1 MUST 5", "1 2 MAY 5", "1 3 SHOULD NOT 5", "1.1 1 REQUIRED 10", "2 1 MUST 14");

    [Fact]
    public void Sentence_IsTheOneWithTheKeyword_OnOneLine() =>
        SpecificationExtractor
            .Extract(
                """
                1.  Gates

                   Gates are old (e.g. Roman).  A gate of type A. Smith, i.e. a re-
                   usable one, MUST be
                   shut.  That is all.
                """
            )
            .Should()
            .ContainSingle()
            .Which.Sentence.Should()
            .Be("A gate of type A. Smith, i.e. a re-usable one, MUST be shut.");

    [Fact]
    public void SentenceThatEndsInAcronym_Ends() =>
        SpecificationExtractor.Extract("1.  Gates\n\n   Ask the LMA.  It MUST know.\n").Single().Sentence.Should().Be("It MUST know.");

    [Fact]
    public void KeywordInQuotationMarks_AndExplanationOfKeywords_AreNotExtracted() =>
        Ids(
                """
                1.  Terms

                   The key words "MUST" and MUST NOT are read as elsewhere.

                   Where "MUST" stands, a MUSTER is not meant, nor must.
                   A gate MUST be shut.
                """
            )
            .Should()
            .Equal("1 1 MUST 6");

    [Fact]
    public void ParagraphCutByPageBreak_IsOne() =>
        SpecificationExtractor
            .Extract(
                "1.  Gates\n\n   A gate that is\n\nSmith            Standards Track             [Page 1]\n"
                    + "\f\nRFC 9999            Gates                 May 2001\n\n\n   open MUST be shut.\n"
            )
            .Should()
            .Equal(new NormativeSentence("1", 1, "MUST", 10, "A gate that is open MUST be shut."));

    [Fact]
    public void NumberedItemsAndContents_AreNotHeadings() =>
        Ids(
                """
                1.  Gates . . . . . . . . . . . . . . . . 1
                2.  Keys  . . . . . . . . . . . . . . . . 2

                1.  Gates

                   1.  A gate MUST be shut.
                   2.  A gate MAY be red.

                4.  This number does not follow: it SHOULD be text.

                2.  Keys

                Appendix A.  More

                   It MAY end here.

                3.  No section comes after an appendix, it MAY be text.
                """
            )
            .Should()
            .Equal("1 1 MUST 6", "1 2 MAY 7", "1 3 SHOULD 9", "A 1 MAY 15", "A 2 MAY 17");

    [Fact]
    public void ListItems_AreSeparateSentences_WithoutBullet() =>
        SpecificationExtractor
            .Extract(
                """
                1.  Gates

                   o  Gates MUST be shut
                   o  Gates MAY be red
                """
            )
            .Select(sentence => sentence.Sentence)
            .Should()
            .Equal("Gates MUST be shut", "Gates MAY be red");

    [Fact]
    public void MarkdownConversion_IsReadWithoutItsMarks() =>
        Ids(
                $"""
                # 1. Gates

                A gate **MUST** be shut, says [the rule](#), {new string('x', 120)}

                and it **MAY** be red.

                ```
                2. Code MAY hold a number.
                ```

                [1.1.](#) Locks

                A lock is **RECOMMENDED**.
                """
            )
            .Should()
            .Equal("1 1 MUST 3", "1 2 MAY 5", "1 3 MAY 8", "1.1 1 RECOMMENDED 13");

    [Fact]
    public void Hash_IgnoresCaseWhiteSpaceAndListMarks()
    {
        var hashes = new[]
        {
            "1.  G\n\n   A gate MUST\n   be shut.\n",
            "1.  G\n\n   (3) a Gate MUST be   shut.\n",
            "1.  G\n\n   o  A gate MUST be shut.\n",
        }
            .Select(text => SpecificationExtractor.Extract(text).Single().Hash)
            .ToList();

        hashes.Distinct().Should().ContainSingle().Which.Should().MatchRegex("^[0-9a-f]{12}$");
        SpecificationExtractor.Extract("1.  G\n\n   A gate MUST NOT be shut.\n").Single().Hash.Should().NotBe(hashes[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\f\n\n\r\n")]
    [InlineData("99999999999.  MUST")]
    public void AnyText_IsRead(string text) => SpecificationExtractor.Extract(text).Count.Should().BeLessThan(2);

    private static IEnumerable<string> Ids(string text) =>
        SpecificationExtractor
            .Extract(text)
            .Select(sentence => $"{sentence.Section} {sentence.Ordinal} {sentence.Keyword} {sentence.Line}");
}
