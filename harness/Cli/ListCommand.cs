using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Scenarios;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>The <c>list</c> command: lists selected scenarios, or the step phrases.</summary>
internal sealed class ListCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly SelectionOptions _selection = new();
    private readonly Option<bool> _phrases = new("--phrases") { Description = "Lists the step phrases instead of scenarios." };
    private readonly Terminal _terminal;

    private ListCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var list = new ListCommand(terminal);
        var command = new Command(
            "list",
            "Lists scenarios: id, role, level, configuration, title, statements tested. "
                + "If the output is a file or a pipe: one line per scenario, separated by tabs."
        );
        list._selection.AddTo(command);
        command.Add(list._phrases);
        list._suiteOption.AddTo(command);
        command.SetAction(list.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.Load(parsed);
        if (parsed.GetValue(_phrases))
        {
            _selection.RefuseIdle(parsed, $"with {_phrases.Name}");
            WritePhrases(suite.Bindings);
        }
        else
        {
            var isSelected = _selection.Read(parsed, suite.Library.Scenarios);
            var selected = suite.Library.Scenarios.Where(scenario => scenario.Editions.Select(scenario.In).Any(isSelected)).ToList();
            Action<IReadOnlyList<Scenario>> write = _terminal.Console.Profile.Out.IsTerminal ? WriteParagraphs : WriteLines;
            write(selected);
        }

        if (SuiteOption.ProblemsOf(suite).Count() is > 0 and var problems)
        {
            _terminal.Error($"The suite has problems ({problems}): see '{Terminal.Product} audit'.");
        }

        return ExitCode.Success;
    }

    private void WriteParagraphs(IReadOnlyList<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            _terminal.Heading($"{scenario.Id}  {scenario.Role}  {scenario.Level}  {scenario.Configuration}");
            _terminal.Console.Write(Indented(scenario.Title, Style.Plain));
            _terminal.Console.Write(Indented(string.Join(' ', scenario.Statements), new Style(Color.Grey)));
        }

        _terminal.Line();
        _terminal.Line(RunSummary.Plural(scenarios.Count, "scenario"));

        static Padder Indented(string text, Style style) => new(new Text(text, style), new Padding(2, 0, 0, 0));
    }

    private void WriteLines(IReadOnlyList<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            _terminal.Line(
                string.Join(
                    '\t',
                    scenario.Id,
                    scenario.Role,
                    scenario.Level,
                    scenario.Configuration,
                    scenario.Title,
                    string.Join(' ', scenario.Statements)
                )
            );
        }
    }

    private void WritePhrases(StepBindings bindings)
    {
        foreach (var kind in bindings.Phrases.GroupBy(phrase => phrase.Kind))
        {
            _terminal.Heading(kind.Key.ToString());
            foreach (var phrase in kind)
            {
                _terminal.Line($"  {phrase.Expression}");
            }
        }
    }
}
