using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Ics;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Ics;

public sealed class IcsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pmip-ics-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("m")]
    [InlineData("o")]
    [InlineData("o.3")]
    [InlineData("c:tunnels:m")]
    public void Status_IsReadAndWrittenAlike(string text)
    {
        IcsStatus.TryParse(text, out var status).Should().BeTrue();
        status.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("o.")]
    [InlineData("c::m")]
    [InlineData("c:tunnels:x")]
    public void InvalidStatus_IsRefused(string text) => IcsStatus.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void MandatoryItem_NotClaimed_IsAStaticFailure() =>
        Failures(["o1"], Item("ipsec", "m"), Item("o1", "o")).Should().Equal("ipsec");

    [Fact]
    public void OptionalItem_NotClaimed_IsNotAFailure() => Failures([], Item("local", "o")).Should().BeEmpty();

    [Fact]
    public void GroupWithoutClaimedItem_IsAStaticFailure() =>
        Failures([], Item("fixed", "o.1"), Item("asked", "o.1"), Item("other", "o")).Should().Equal("fixed");

    [Fact]
    public void GroupOfWhichOneIsClaimed_IsNotAFailure() =>
        Failures(["asked"], Item("fixed", "o.1"), Item("asked", "o.1")).Should().BeEmpty();

    [Theory]
    [InlineData("ipv4", "server")]
    [InlineData("", "")]
    public void GroupUnderACondition_CountsOnlyUnderIt(string claimed, string failed) =>
        string.Join(",", Failures([claimed], Item("ipv4", "o"), Item("server", "c:ipv4:o.2"), Item("relay", "c:ipv4:o.2")))
            .Should()
            .Be(failed);

    [Theory]
    [InlineData("tunnels", "relay")]
    [InlineData("", "")]
    public void ConditionalItem_IsMandatoryOnlyUnderItsCondition(string claimed, string failed) =>
        string.Join(",", Failures([claimed], Item("tunnels", "o"), Item("relay", "c:tunnels:m"))).Should().Be(failed);

    [Fact]
    public void ItemOfAnotherRole_IsNotAsked() => StaticConformance.Check([Item("ipsec", "m")], [], "MN").Should().BeEmpty();

    [Fact]
    public void OwnCatalogueAndRulings_AreSound()
    {
        ReferenceSuite.Suite.Ics.Items.Should().NotBeEmpty();
        ReferenceSuite.Suite.Interpretations.Interpretations.Should().NotBeEmpty();
        ReferenceSuite.Suite.Problems(NamedConfiguration.All.Select(configuration => configuration.Name)).Should().BeEmpty();
    }

    [Fact]
    public void CatalogueWithMistakes_NamesFileAndItem()
    {
        File.WriteAllText(
            Path.Combine(_directory.FullName, "rfc9999.json"),
            """
            { "items": [
              { "id": "a", "question": "?", "roles": ["LMA"], "status": "maybe", "statements": [] },
              { "id": "b", "question": "?", "roles": ["LMA"], "status": "c:gone:m", "statements": ["rfc5213-1-k1"] } ] }
            """
        );

        var catalogue = IcsCatalogue.Load(_directory.FullName, StatementRegister.Empty);

        catalogue
            .Problems.Select(problem => problem.ToString())
            .Should()
            .BeEquivalentTo(
                "rfc9999.json:0: a: 'maybe' is not a status; say m, o, o.1 or c:item:m",
                "rfc9999.json:0: b names the statement rfc5213-1-k1, which is in no register",
                $"{_directory.Name}:0: the item b depends on gone, which does not exist"
            );
    }

    [Fact]
    public void CatalogueThatIsNotJson_NamesFileAndLine()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "broken.json"), "{\n  \"items\": [\n}");

        IcsCatalogue
            .Load(_directory.FullName, StatementRegister.Empty)
            .Problems.Should()
            .ContainSingle()
            .Which.ToString()
            .Should()
            .StartWith("broken.json:3:");
    }

    [Fact]
    public void InterpretationWithoutDateOrWithUnknownItem_IsAProblem()
    {
        File.WriteAllText(
            Path.Combine(_directory.FullName, "rfc9999.json"),
            """
            { "interpretations": [
              { "id": "undated", "readings": [{ "text": "x", "accepted": "always" }, { "text": "y", "accepted": "never" }], "why": "w" },
              { "id": "unknown", "readings": [{ "text": "x", "accepted": "ics:gone" }, { "text": "y", "accepted": "never" }], "why": "w",
                "date": "2026-11-21" } ] }
            """
        );

        InterpretationRegister
            .Load(_directory.FullName, StatementRegister.Empty, IcsCatalogue.Empty)
            .Problems.Select(problem => problem.Message)
            .Should()
            .BeEquivalentTo(
                "undated: the date of the ruling is missing; say 2026-11-21",
                "unknown: 'ics:gone' is not a condition for a reading; say always, never or ics: and an item"
            );
    }

    private static IcsItem Item(string id, string status)
    {
        IcsStatus.TryParse(status, out var parsed).Should().BeTrue();
        return new IcsItem(id, "?", ["LMA"], parsed, []);
    }

    private static IEnumerable<string> Failures(string[] claims, params IcsItem[] items) =>
        StaticConformance.Check(items, claims, "LMA").Select(failure => failure.Item);
}
