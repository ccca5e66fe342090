using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>merge</c> command: makes one run, with its journal, captures and reports, of the shards of a run.</summary>
internal sealed class MergeCommand
{
    private readonly SuiteOption _suiteOption = new();

    private readonly Argument<string[]> _directories = new("DIR")
    {
        Description = "The directories of all shards, as given to --out, in any order.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The directory for the whole run. An earlier run in it is replaced only with --force.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replaces an earlier run in the directory given with --out." };

    private readonly RequireOption _require;
    private readonly Terminal _terminal;

    private MergeCommand(Terminal terminal, TimeProvider clock) => (_terminal, _require) = (terminal, new RequireOption(clock));

    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        var merge = new MergeCommand(terminal, clock);
        var command = new Command(
            "merge",
            "Makes one run of the shards of a run (run --shard): its journal, captures and reports. " + ExitTable.Of("merge")
        )
        {
            merge._directories,
            merge._out,
            merge._force,
        };
        merge._require.AddTo(command);
        merge._suiteOption.AddTo(command);
        command.SetAction(merge.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var written = parsed.GetRequiredValue(_out);
        var directories = parsed.GetRequiredValue(_directories);
        RequireDistinct(directories, written);
        var suite = _suiteOption.Load(parsed);
        var requirements = _require.Read(parsed, suite.Library.Scenarios);
        var shards = directories
            .Select(directory => (Directory: directory, Run: RunDirectory.Read(directory, () => RunJournal.Read(directory))))
            .ToList();
        var run = MergedRun.Of(shards);
        foreach (var (directory, shard) in shards)
        {
            RequireCaptures(directory, shard);
        }

        RequireDistinctCaptures(shards);
        using var locked = RunDirectory.Prepare(written, parsed.GetValue(_force));
        RunDirectory.Read(
            written,
            () =>
            {
                Write(written, run, shards);
                Report.WriteAll(written, suite.Register);
                return run;
            }
        );
        new RunView(_terminal, run, suite.Register, written).Write(run.Header.Shared);
        if (MergedRun.DoubtOf(run) is { } doubt)
        {
            _terminal.Error(doubt);
        }

        return _require.Judge(_terminal, requirements, run, suite.Register);
    }

    private static void RequireDistinct(string[] directories, string written)
    {
        var same = directories
            .Append(written)
            .GroupBy(directory => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)), StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1);
        if (same is not null)
        {
            throw new CannotRunException($"{same.First()} is given twice.");
        }
    }

    /// <summary>The captures must be those that the shard has written: a file that was lost on the way would go unnoticed.</summary>
    /// <exception cref="CannotRunException">One is missing, has no hash or has changed; the message names it.</exception>
    private static void RequireCaptures(string directory, Run shard)
    {
        foreach (var result in shard.Results)
        {
            if (result.Capture is { } capture)
            {
                if (result.CaptureHash is not { } recorded)
                {
                    throw new CannotRunException(
                        $"{Path.Combine(directory, RunJournal.FileName)} has no hash of the capture {capture}: "
                            + "whether it is the one of the run cannot be known."
                    );
                }

                var path = Path.Combine(directory, capture);
                if (RunDirectory.Read(directory, () => TraceFile.HashOf(path)) != recorded)
                {
                    throw new CannotRunException(
                        $"{path}, or the trace events beside it, is not the file of the journal: its hash differs."
                    );
                }
            }
        }
    }

    /// <summary>In the directory of the whole run, one of two captures with the same name would replace the other.</summary>
    /// <exception cref="CannotRunException">Two scenarios have one capture; the message names it and the directories.</exception>
    private static void RequireDistinctCaptures(IEnumerable<(string Directory, Run Run)> shards)
    {
        // Some systems do not tell names apart by the case of their letters, and the trace events have the name without its extension.
        var same = shards
            .SelectMany(
                shard => shard.Run.Results.Select(result => result.Capture).OfType<string>(),
                (shard, capture) => (shard.Directory, Capture: capture)
            )
            .GroupBy(known => Path.ChangeExtension(known.Capture, null), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1);
        if (same is not null)
        {
            throw new CannotRunException(
                $"{string.Join(" and ", same.Select(known => known.Directory))} both have the capture {same.First().Capture}."
            );
        }
    }

    private static void Write(string written, Run run, IEnumerable<(string Directory, Run Run)> shards)
    {
        using (var journal = new RunJournal(written))
        {
            journal.Begin(run.Header, run.Planned);
            foreach (var result in run.Results)
            {
                journal.Add(result);
            }

            journal.End(run.End!);
        }

        foreach (var (directory, shard) in shards)
        {
            foreach (var capture in shard.Results.Select(result => result.Capture).OfType<string>())
            {
                TraceFile.Copy(Path.Combine(directory, capture), Path.Combine(written, capture));
            }
        }
    }
}
