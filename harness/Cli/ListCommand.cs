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
            Action<IReadOnlyList<Scenario>> write = terminal.Console.Profile.Out.IsTerminal ? WriteParagraphs : WriteLines;
            write(selected);
        }

        if (suite.Problems() is { Count: > 0 } problems)
        {
            terminal.Error($"The suite has problems ({problems.Count}): see '{CommandLine.Product} audit'.");
        }

        return ExitCode.Success;
    }

    private void WriteParagraphs(IReadOnlyList<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            terminal.Heading($"{scenario.Id}  {scenario.Role}  {scenario.Level}  {scenario.Configuration}");
            terminal.Console.Write(Indented(scenario.Title, Style.Plain));
            terminal.Console.Write(Indented(string.Join(' ', scenario.Statements), new Style(Color.Grey)));
        }

        terminal.Line();
        terminal.Line(Words.Count(scenarios.Count, "scenario"));

        static Padder Indented(string text, Style style) => new(new Text(text, style), new Padding(2, 0, 0, 0));
    }

    private void WriteLines(IReadOnlyList<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            terminal.Line(string.Join('\t', scenario.Id, scenario.Role, scenario.Level, scenario.Configuration, scenario.Title, string.Join(' ', scenario.Statements)));
        }
    }

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
