using System.CommandLine;
using Conformance.Testing.Scenarios;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary><c>list</c>: the scenarios of a selection, or the phrases that scenarios are made of.</summary>
internal sealed class ListCommand
{
    private readonly SuiteOption suiteOption = new();
    private readonly SelectionOptions selection = new();
    private readonly Option<bool> phrases = new("--phrases") { Description = "The step phrases instead of scenarios." };
    private readonly Terminal terminal;

    private ListCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var list = new ListCommand(terminal);
        var command = new Command("list", "Lists scenarios: id, role, level, configuration, title, statements tested. Into a file or pipe: a line each, separated by tabs.");
        list.selection.AddTo(command);
        command.Add(list.phrases);
        list.suiteOption.AddTo(command);
        command.SetAction(list.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = suiteOption.Load(parsed);
        if (parsed.GetValue(phrases))
        {
            WritePhrases(suite.Bindings);
        }
        else
        {
            var selected = suite.Library.Scenarios.Where(selection.Read(parsed, suite.Library.Scenarios)).ToList();
            Action<IReadOnlyList<Scenario>> write = terminal.Console.Profile.Out.IsTerminal ? WriteTable : WriteLines;
            write(selected);
        }

        if (suite.Problems() is { Count: > 0 } problems)
        {
            terminal.Error($"The suite has problems ({problems.Count}): see '{CommandLine.Product} audit'.");
        }

        return ExitCode.Success;
    }

    private void WriteTable(IReadOnlyList<Scenario> scenarios)
    {
        var table = Terminal.Table("Id", "Role", "Level", "Configuration", "Title", "Statements");
        table.Columns[0].NoWrap();
        table.Columns[3].NoWrap();
        foreach (var scenario in scenarios)
        {
            table.AddRow([.. Cells(scenario).Select(cell => new Text(cell))]);
        }

        terminal.Console.Write(table);
        terminal.Line(Words.Count(scenarios.Count, "scenario"));
    }

    private void WriteLines(IReadOnlyList<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            terminal.Line(string.Join('\t', Cells(scenario)));
        }
    }

    private static string[] Cells(Scenario scenario) =>
        [scenario.Id.ToString(), scenario.Role, scenario.Level, scenario.Configuration, scenario.Title, string.Join(' ', scenario.Statements)];

    private void WritePhrases(StepBindings bindings)
    {
        foreach (var kind in bindings.Phrases.GroupBy(phrase => phrase.Kind))
        {
            terminal.Heading(kind.Key.ToString());
            foreach (var phrase in kind)
            {
                terminal.Line($"  {phrase.Expression}");
            }
        }
    }
}
