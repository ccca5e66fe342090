using System.CommandLine;
using System.Diagnostics;
using System.IO.Enumeration;
using Conformance.Reports;

namespace Conformance.Mutation;

/// <summary>The command line of <c>pmip-mutation</c>.</summary>
public sealed class MutationCommand
{
    private const string Product = "pmip-mutation";

    private readonly Option<int> _sample = new("--sample")
    {
        Description = "How many mutants are drawn.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The seed of the draw: on the same source, the same seed draws the same mutants.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _only = new("--only") { Description = "Runs this mutant alone.", HelpName = "ID" };

    private readonly Option<string> _file = new("--file")
    {
        Description = $"Draws among the files below {ReferenceSources.Folder} whose names match, for example 'LocalMobilityAnchor/*'.",
        HelpName = "GLOB",
    };

    private readonly Option<bool> _list = new("--list")
    {
        Description = "Lists the mutants and runs none: all of them, or with --sample, those that would run.",
    };

    private readonly Option<string> _out = new("--out", "-o") { Description = "Writes the table to this file, too.", HelpName = "FILE" };

    private readonly TextWriter _output;
    private readonly RootCommand _root;

    private MutationCommand(TextWriter output)
    {
        _output = output;
        _root = new RootCommand(
            "Measures the suite: runs the simulated scenarios, without those end to end, on mutants of the reference's source. "
                + "Exit codes: 0 the mutants ran; 2 a mistake in the command line, or the mutants could not run."
        )
        {
            _sample,
            _seed,
            _only,
            _file,
            _list,
            _out,
        };
        _root.SetAction(Execute);
    }

    /// <summary>Runs the program.</summary>
    /// <param name="error">Receives one line if nothing could run.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var parsed = new MutationCommand(output)._root.Parse(args);
        if (parsed.Errors is [var mistake, ..])
        {
            error.WriteLine($"{Product}: {mistake.Message}");
            return ExitCode.CannotRun;
        }

        try
        {
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (CannotRunException e)
        {
            error.WriteLine($"{Product}: {e.Message}");
            return ExitCode.CannotRun;
        }
    }

    private int Execute(ParseResult parsed)
    {
        var watch = Stopwatch.StartNew();
        RefuseMistakes(parsed);
        var root = RepositoryAround(AppContext.BaseDirectory);
        var sources = ReferenceSources.Load(root);
        if (sources.Errors() is [var first, ..])
        {
            throw new CannotRunException($"{ReferenceSources.Folder} does not compile: {first}");
        }

        var all = MutantFinder.Find(sources);
        var equivalents = Equivalents.Read(File.ReadAllText(Path.Combine(root, Equivalents.File)), all);
        var run = new MutationRun(sources);
        var order = Order(parsed, all);
        if (parsed.GetValue(_list))
        {
            var listed = IsGiven(parsed, _sample)
                ? [.. run.Compile(order, parsed.GetValue(_sample)).Select(one => one.Mutant)]
                : run.Compiling(order);
            foreach (var mutant in listed)
            {
                _output.WriteLine($"{mutant.Id}\t{mutant.Location}\t{mutant.Original}\t{mutant.Mutated}");
            }

            return ExitCode.Success;
        }

        var chosen = run.Compile(order, parsed.GetValue(_sample));
        if (chosen.Count == 0)
        {
            throw new CannotRunException("no such mutant compiles.");
        }

        var results = Run(run, chosen, equivalents);
        _output.WriteLine();
        _output.WriteLine(MutationTable.Text(results));
        _output.WriteLine($"{all.Count} mutants in all, with those that do not compile; {watch.Elapsed.TotalSeconds:0} s");
        if (parsed.GetValue(_out) is { } file)
        {
            Write(file, MutationTable.Tsv(results));
        }

        return ExitCode.Success;
    }

    private List<MutantResult> Run(MutationRun run, IReadOnlyList<CompiledMutant> chosen, Equivalents equivalents)
    {
        var number = 0;
        var ran = run.Run(
                [.. chosen.Where(compiled => !equivalents.Contains(compiled.Mutant))],
                result => _output.WriteLine($"{MutationTable.Right(++number, 4)} {MutationTable.Line(result)}")
            )
            .ToDictionary(result => result.Mutant.Id, StringComparer.Ordinal);
        return
        [
            .. chosen.Select(compiled =>
                ran.GetValueOrDefault(compiled.Mutant.Id)
                ?? new MutantResult(compiled.Mutant, new Observed(MutantOutcome.Equivalent, "", "", equivalents.ReasonOf(compiled.Mutant)))
            ),
        ];
    }

    /// <summary>The mutants that were asked for: in the order of the draw, or to be listed, of the source.</summary>
    /// <exception cref="CannotRunException">No mutant is as asked for.</exception>
    private IReadOnlyList<Mutant> Order(ParseResult parsed, IReadOnlyList<Mutant> all)
    {
        if (parsed.GetValue(_only) is { } id)
        {
            return all.Where(mutant => mutant.Id == id).ToList() is { Count: > 0 } only
                ? only
                : throw new CannotRunException($"there is no mutant '{id}'; {_list.Name} shows all.");
        }

        var inFiles = parsed.GetValue(_file) is { } glob
            ? [.. all.Where(mutant => FileSystemName.MatchesSimpleExpression(glob, mutant.File, ignoreCase: false))]
            : all;
        if (inFiles.Count == 0)
        {
            throw new CannotRunException($"no file below {ReferenceSources.Folder} with a mutant matches '{parsed.GetValue(_file)}'.");
        }

        return parsed.GetValue(_list) && !IsGiven(parsed, _sample) ? inFiles : MutationDraw.Order(inFiles, parsed.GetValue(_seed));
    }

    private void RefuseMistakes(ParseResult parsed)
    {
        Option[] others = [_sample, _seed, _file, _list];
        if (IsGiven(parsed, _only) && others.FirstOrDefault(option => IsGiven(parsed, option)) is { } idle)
        {
            throw new CannotRunException($"{idle.Name} has no effect with {_only.Name}.");
        }
        if (parsed.GetValue(_list) && IsGiven(parsed, _out))
        {
            throw new CannotRunException($"{_out.Name} has no effect with {_list.Name}.");
        }
        if (parsed.GetValue(_sample) < 1)
        {
            throw new CannotRunException($"{_sample.Name} must be at least 1.");
        }
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the table cannot be written: {e.Message}");
        }
    }

    /// <summary>The directory of the working copy from which the program was built.</summary>
    private static string RepositoryAround(string directory) =>
        File.Exists(Path.Combine(directory, "Conformance.sln")) ? directory
        : Directory.GetParent(directory) is { } parent ? RepositoryAround(parent.FullName)
        : throw new CannotRunException("the program must be built in the working copy whose source it mutates.");
}
