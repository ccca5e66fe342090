using System.Xml.Linq;
using Conformance.Reports.Formats;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class ReqIfTests
{
    private static readonly XNamespace _name = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd";

    [Fact]
    public void EveryReference_LeadsToAnObjectOfItsKind_AndIdentifiersAreUnique()
    {
        var root = Parse(Runs.Complete());
        var kinds = root.Descendants()
            .Where(element => element.Attribute("IDENTIFIER") is not null)
            .ToDictionary(element => element.Attribute("IDENTIFIER")!.Value, element => element.Name.LocalName);

        root.Descendants()
            .Where(element => element.Name.LocalName.EndsWith("-REF", StringComparison.Ordinal))
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(reference => $"{kinds[reference.Value]}-REF" == reference.Name.LocalName);
    }

    [Fact]
    public void AScenario_TestsItsStatement_WithWhatItShowed()
    {
        var relation = Parse(Runs.Complete())
            .Descendants(_name + "SPEC-RELATION")
            .Single(relation => relation.Element(_name + "SOURCE")!.Value == $"scenario-{Runs.Failing}");

        relation.Element(_name + "TARGET")!.Value.Should().Be("statement-rfc5213-5.3.1-k13");
        ValueOf(relation, "attribute-tests-Shown").Should().Be("violated");
    }

    [Fact]
    public void AStatement_HasItsParaphraseLevelAndState()
    {
        var statement = Parse(Runs.Complete())
            .Descendants(_name + "SPEC-OBJECT")
            .Single(element => element.Attribute("IDENTIFIER")!.Value == "statement-rfc5213-5.3.1-k13");

        ValueOf(statement, "attribute-statement-ReqIF.Text").Should().Be("A PBU without HI is answered with status 161.");
        ValueOf(statement, "attribute-statement-Level").Should().Be("MUST");
        ValueOf(statement, "attribute-statement-State").Should().Be("fail");
    }

    [Fact]
    public void HiddenCharacters_AreEscaped_AndTheSameRunGivesTheSameFile()
    {
        var run = Runs.Complete() with { Results = [Runs.Fail() with { Reason = "MN-Id a\u0001b\u202ec" }] };

        ReqIf.Create(run, Runs.Register()).Should().Contain("MN-Id a\\u0001b\\u202ec").And.Be(ReqIf.Create(run, Runs.Register()));
    }

    private static string ValueOf(XElement element, string attribute) =>
        element
            .Descendants(_name + "ATTRIBUTE-VALUE-STRING")
            .Single(value => value.Element(_name + "DEFINITION")!.Value == attribute)
            .Attribute("THE-VALUE")!
            .Value;

    private static XElement Parse(Run run) => XDocument.Parse(ReqIf.Create(run, Runs.Register())).Root!;
}
