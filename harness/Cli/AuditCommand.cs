using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Checks;
using Conformance.Testing.Engine;
using Conformance.Testing.Statements;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>The <c>audit</c> command: checks that every statement has a scenario, and that the suite has no problems.</summary>
internal sealed class AuditCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly Option<bool> _pending = new("--pending")
    {
        Description = "Lists the statements for which no scenario has been written yet.",
    };
    private readonly Option<bool> _checks = new("--checks")
    {
        Description = "Lists the checks of messages: edition, roles, name and statements.",
    };
    private readonly Option<string?> _specification = new("--spec")
    {
        Description = "Compares the register with this specification text: keywords, lines, sentences.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _edition = new("--edition")
    {
        Description = "The edition of the --spec file. Default: taken from its name, for example rfc5213.txt.",
        HelpName = "EDITION",
    };

    private readonly Terminal _terminal;

    private AuditCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var audit = new AuditCommand(terminal);
        var command = new Command(
            "audit",
            "Compares the requirements of the specifications with the scenarios that test them, and both with the faults that the suite "
                + "is known to find; checks features, phrases, registers. "
                + ExitTable.Of("audit")
        )
        {
            audit._pending,
            audit._checks,
            audit._specification,
            audit._edition,
        };
        audit._suiteOption.AddTo(command);
        command.SetAction(audit.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        if (!CommandMistakes.IsGiven(parsed, _specification))
        {
            CommandMistakes.RefuseIdle(parsed, _edition, $"without {_specification.Name}");
        }

        var suite = _suiteOption.Load(parsed);
        if (suite.Library.Scenarios.Count == 0 && suite.Library.Problems.Count == 0 && suite.Register.Statements.Count == 0)
        {
            throw new CannotRunException($"there are no features and no registers in {_suiteOption.DirectoryOf(parsed)}.");
        }

        List<string> problems =
        [
            .. SuiteOption.ProblemsOf(suite),
            .. suite.Unproved(),
            .. CheckProblems(parsed, suite.Register),
            .. SpecificationDifferences(parsed, suite.Register),
        ];
        WriteTotals(suite.Audit());
        if (parsed.GetValue(_checks))
        {
            WriteChecks();
        }

        if (parsed.GetValue(_pending))
        {
            WritePending(suite);
        }

        var agrees = parsed.GetValue(_specification) is { } file ? $" The register agrees with {file}." : "";
        _terminal.Heading(problems.Count == 0 ? $"No problems.{agrees}" : $"{RunSummary.Plural(problems.Count, "problem")}:");
        problems.ForEach(_terminal.Line);
        return problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Other features need not have the registers of all checks that the tester knows.</summary>
    private IEnumerable<string> CheckProblems(ParseResult parsed, StatementRegister register) =>
        _suiteOption.Chosen(parsed) is null || parsed.GetValue(_checks) ? CheckAudit.Problems(CheckList.Sets, register) : [];

    private IReadOnlyList<string> SpecificationDifferences(ParseResult parsed, StatementRegister register)
    {
        if (parsed.GetValue(_specification) is not { } file)
        {
            return [];
        }

        var name = parsed.GetValue(_edition) ?? Path.GetFileNameWithoutExtension(file);
        if (!register.Statements.Any(statement => statement.Id.Edition.Name == name))
        {
            var known = string.Join(", ", register.Statements.Select(statement => statement.Id.Edition).Distinct());
            throw new CannotRunException(
                $"there is no register of {name}; known editions: {known}. Give the edition of {file} with --edition."
            );
        }

        try
        {
            return SpecificationComparison.Differences(file, File.ReadAllText(file), name, register);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"{file} cannot be read: {e.Message}");
        }
    }

    private void WriteTotals(AuditResult audit)
    {
        var table = Terminal.Table("Edition", "Section", "#keywords", "#rows", "#tested", "#covered", "#disposed", "#pending", "#open");
        foreach (var edition in audit.Editions)
        {
            foreach (var section in audit.Sections.Where(section => section.Edition == edition.Edition))
            {
                AddRow(section, section.Section);
            }

            AddRow(edition, "all");
            if (edition != audit.Editions[^1])
            {
                table.AddEmptyRow();
            }
        }

        _terminal.Console.Write(table);
        _terminal.Line("keywords: in the specification; rows: in the register, including facets and behaviour without a keyword;");
        _terminal.Line("covered: by other statements; disposed: not testable, with a reason;");
        _terminal.Line("pending: no scenario has been written yet; open: neither tested nor disposed of");

        void AddRow(StatementTotals totals, string section) =>
            table.AddRow(
                new Text(totals.Edition),
                new Text(section),
                Terminal.Count(totals.Keywords),
                Terminal.Count(totals.Statements),
                Terminal.Count(totals.Tested, Color.Green),
                Terminal.Count(totals.Pointer),
                Terminal.Count(totals.Disposed),
                Terminal.Count(totals.Pending, Color.Yellow),
                Terminal.Count(totals.Open, Color.Red)
            );
    }

    private void WriteChecks()
    {
        foreach (var set in CheckList.Sets)
        {
            _terminal.Heading($"Checks of {set.Edition} for {string.Join(", ", set.Roles)}: {set.Checks.Count}");
            foreach (var check in set.Checks)
            {
                _terminal.Line($"  {check.Name}: {string.Join(", ", check.Statements)}");
            }
        }
    }

    private void WritePending(ScenarioSuite suite)
    {
        var statements = suite.Register.Statements.Where(statement => statement.IsPending).ToList();
        _terminal.Heading(statements.Count == 0 ? "Nothing is pending." : $"Pending: {RunSummary.Plural(statements.Count, "statement")}");
        foreach (var statement in statements)
        {
            _terminal.Line($"  {statement.Id} ({statement.Level}, {string.Join('/', statement.Roles)}): {statement.Paraphrase}");
        }
    }
}
