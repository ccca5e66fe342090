using System.Text;
using System.Text.RegularExpressions;
using FluentAssertions;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

public class MobileNodePoliciesTests
{
    private static readonly string[] _parts = ["a", "b", "@", ".", "*", "?", "\\", "\u00e4", "\ud83d\ude00", "\ufffd"];

    [Theory]
    [InlineData("a@x", "a@x")]
    [InlineData("a@y", "a@*")]
    [InlineData("b@x", "*@x")]
    [InlineData("b1@y", "b*@y")]
    [InlineData("c@y", null)]
    public void Find_TakesThePatternThatMatches(string identifier, string? pattern) =>
        Find(Of("a@x", "a@*", "*@x", "b*@y"), identifier).Should().Be(pattern);

    [Fact]
    public void Find_TakesTheFirstOfSeveralThatMatch_WhateverTheirKind()
    {
        Find(Of("*", "a*", "*b", "ab", "a*b"), "ab").Should().Be("*");
        Find(Of("a*b", "ab"), "ab").Should().Be("a*b");
        Find(Of("ab", "a*b"), "ab").Should().Be("ab");
        Find(Of("*b", "a*"), "ab").Should().Be("*b");
        Find(Of("a*", "*b"), "ab").Should().Be("a*");
    }

    [Fact]
    public void Find_MatchesNoPatternWithAnEmptyIdentifier() => Find(Of("*", "", "**"), "").Should().BeNull();

    [Fact]
    public void Find_ShowsOctetsThatAreNoTextAsEscapes() =>
        Of("\\xff*").Find(new MobileNodeIdentifierOption(1, new OctetString([0xff, (byte)'a']))).Should().NotBeNull();

    [Fact]
    public void Find_AgreesWithTryingAllPatternsInOrder()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            string[] patterns = [.. Enumerable.Range(0, random.Next(8)).Select(_ => Text(random))];
            var identifier = $"a{Text(random)}".Replace("*", "c", StringComparison.Ordinal);

            var expected = patterns.FirstOrDefault(pattern => IsMatch(pattern, identifier));

            Find(Of(patterns), identifier).Should().Be(expected, "{0} against {1}", identifier, string.Join(' ', patterns));
        }
    }

    private static bool IsMatch(string pattern, string text) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => _parts[random.Next(_parts.Length)]));

    private static MobileNodePolicies Of(params IEnumerable<string> patterns) =>
        new([.. patterns.Select(pattern => new MobileNodePolicy { IdentifierPattern = pattern })]);

    private static string? Find(MobileNodePolicies policies, string identifier) =>
        policies.Find(new MobileNodeIdentifierOption(1, new OctetString(Encoding.UTF8.GetBytes(identifier))))?.IdentifierPattern;
}
