using System.CommandLine;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>run</c> command: plans and runs scenarios, and reports the results.</summary>
internal sealed class RunCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly SelectionOptions _selection = new();

    private readonly BedOptions _bedOptions = new();

    private readonly KeyOptions _keyOptions = new();

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The seed of all random values: the same seed repeats the same run.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description =
            "One of several shares of the run, each for a machine of its own: 2/3 is the second of three. "
            + "They take about the same time, and the same selection and seed give the same shares.",
        HelpName = "I/N",
    };

    private readonly Option<bool> _strict = new("--strict") { Description = "A recommendation that is not followed fails too." };

    private readonly Option<bool> _purposeOnly = new("--purpose-only")
    {
        Description = "Only the verdicts of the scenarios decide the exit code, not what is violated in scenarios with another purpose.",
    };

    private readonly Option<string> _directory = new("--out", "-o")
    {
        Description =
            "The directory for journal, captures and reports. "
            + $"An earlier run in the default directory, {RunDirectory.Default}, is replaced; "
            + "one in a directory that is given, only with --force.",
        HelpName = "DIR",
        DefaultValueFactory = _ => RunDirectory.Default,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replaces an earlier run in the directory given with --out." };

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;
    private readonly RequireOption _require;

    private RunCommand(Terminal terminal, TimeProvider clock, CancellationToken cancellation) =>
        (_terminal, _require, _cancellation) = (terminal, new RequireOption(clock), cancellation);

    public static Command Create(Terminal terminal, TimeProvider clock, CancellationToken cancellation)
    {
        var run = new RunCommand(terminal, clock, cancellation);
        var command = new Command(
            "run",
            "Runs scenarios against an implementation and reports the findings. Without a selection, runs all scenarios. "
                + ExitTable.Of("run")
        );
        run._selection.AddTo(command);
        run._bedOptions.AddTo(command);
        command.Add(run._seed);
        command.Add(run._shard);
        command.Add(run._strict);
        command.Add(run._purposeOnly);
        run._require.AddTo(command);
        command.Add(run._directory);
        command.Add(run._force);
        run._keyOptions.AddTo(command, takesKeys: false);
        run._suiteOption.AddTo(command);
        command.SetAction(run.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var choice = _bedOptions.Read(parsed);
        if (!CommandMistakes.IsGiven(parsed, _directory))
        {
            CommandMistakes.RefuseIdle(parsed, _force, $"without --out: an earlier run in {RunDirectory.Default} is replaced in any case");
        }

        if (_require.IsGiven(parsed))
        {
            CommandMistakes.RefuseIdle(parsed, _purposeOnly, "with --require, whose list decides the exit code");
        }

        var requirements = _require.Read(parsed, suite.Library.Scenarios);
        var shard = ShardOf(parsed);
        using var beds = _bedOptions.Open(parsed, parsed.GetValue(_seed), suite, _terminal);
        var plan = new RunPlan(
            _selection.Read(parsed, suite.Library.Scenarios),
            parsed.GetValue(_seed),
            parsed.GetValue(_strict),
            parsed.GetRequiredValue(_directory),
            RandomOrder: _bedOptions.IsShared(parsed)
        )
        {
            NewestEditionOnly = _selection.TakesNewestEdition(parsed),
        };
        var planned = new SuiteRunner(suite).Plan(beds, plan);
        RequireSelected(planned);
        if (shard is not null)
        {
            plan = plan with { ProtocolTimes = new SuiteRunner(suite).ProtocolTimes(planned, plan.Seed) };
            planned = shard.Of(planned, plan.ProtocolTimes);
        }

        _keyOptions.WriteSideFile(
            parsed,
            plan.Directory!,
            planned
                .Where(scenario => scenario.Selection == Selection.Selected)
                .Select(scenario => scenario.Configuration)
                .Distinct()
                .Select(beds.IxitOf)
                .OfType<Ixit>()
                .Select(ixit => ixit.Domain),
            beds.Keys
        );
        using var directory = RunDirectory.Prepare(
            plan.Directory!,
            mayReplace: parsed.GetValue(_force) || !CommandMistakes.IsGiven(parsed, _directory)
        );
        var header = new RunHeader(
            Terminal.Product,
            CommandLine.Version,
            DateTimeOffset.UtcNow,
            beds.Name,
            beds.Implementation,
            plan.Seed,
            plan.Strict,
            OptionsOf(parsed),
            beds.IsShared,
            _suiteOption.Chosen(parsed),
            new SuiteRunner(suite).StaticFailures(beds, planned),
            choice == BedChoice.Simulated ? null : choice.ToString()
        )
        {
            PurposeOnly = parsed.GetValue(_purposeOnly),
            Shard = shard?.ToString(),
        };
        header = RunCircumstances.Add(header, beds, planned, _suiteOption.DirectoryOf(parsed));
        return RunDirectory.Write(
            plan.Directory!,
            () =>
            {
                var run = Run(suite, beds, plan, header, planned);
                Report.WriteAll(plan.Directory!, suite.Register);
                new RunView(_terminal, run, suite.Register, plan.Directory!).Write(beds.IsShared);
                return _require.Judge(_terminal, requirements, run, suite.Register);
            }
        );
    }

    /// <summary>A run must have a scenario; a share of it may have none, because the whole is judged after all shares.</summary>
    /// <exception cref="CannotRunException">No scenario of the run can run; the message says why.</exception>
    private static void RequireSelected(IReadOnlyList<PlannedScenario> planned)
    {
        if (planned.All(scenario => scenario.Selection != Selection.Selected))
        {
            var reasons = planned
                .Where(scenario => scenario.Selection != Selection.Deselected)
                .Select(scenario => scenario.Reason)
                .Distinct();
            throw new CannotRunException($"Incomplete: no selected scenario can run: {string.Join("; ", reasons)}.");
        }
    }

    private Shard? ShardOf(ParseResult parsed) =>
        parsed.GetValue(_shard) is not { } text
            ? null
            : Shard.Parse(text)
                ?? throw new CannotRunException($"--shard takes the number of a share and how many there are, as 2/3, not {text}.");

    private Run Run(ScenarioSuite suite, IBedProvider beds, RunPlan plan, RunHeader header, IReadOnlyList<PlannedScenario> planned)
    {
        using var journal = new RunJournal(plan.Directory!);
        journal.Begin(header, planned);
        var results = RunProgress.Follow(
            _terminal,
            new Run(header, planned, [], End: null),
            beds,
            done =>
                new SuiteRunner(suite).Run(
                    beds,
                    plan,
                    planned,
                    done: result =>
                    {
                        journal.Add(result);
                        done(result);
                    },
                    _cancellation
                )
        );
        var complete = beds.Lost is null && results.Count == planned.Count(scenario => scenario.Selection == Selection.Selected);
        var end = new RunEnd(
            DateTimeOffset.UtcNow,
            complete,
            complete ? null
                : _cancellation.IsCancellationRequested ? "interrupted"
                : beds.Lost
        )
        {
            DeviceClock = beds.DeviceClock,
        };
        journal.End(end);
        return new Run(header, planned, results, end);
    }

    /// <summary>The arguments after the command name, for repeating the command.</summary>
    private static string OptionsOf(ParseResult parsed) =>
        string.Join(
            ' ',
            parsed.Tokens.Skip(1).Select(token => token.Value.Contains(' ', StringComparison.Ordinal) ? $"\"{token.Value}\"" : token.Value)
        );
}
