using System.CommandLine;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Engine;

namespace Conformance.Cli;

/// <summary>The option that selects the features directory.</summary>
internal sealed class SuiteOption
{
    private readonly Option<string> _features = new("--features")
    {
        Description = "The directory with features and registers. Default: the directory beside the program.",
        HelpName = "DIR",
    };

    public Option Option => _features;

    public void AddTo(Command command) => command.Add(_features);

    /// <summary>The directory given by the user; null for the directory beside the program.</summary>
    public string? Chosen(ParseResult parsed) => parsed.GetValue(_features);

    /// <exception cref="CannotRunException">The directory does not exist or cannot be read.</exception>
    public ScenarioSuite Load(ParseResult parsed)
    {
        var directory = DirectoryOf(parsed);
        try
        {
            return ScenarioSuite.Load(directory, typeof(Steps.Arguments).Assembly);
        }
        catch (DirectoryNotFoundException)
        {
            throw new CannotRunException($"there is no directory {directory} with features.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the features in {directory} cannot be read: {e.Message}");
        }
    }

    /// <summary>All faults of the suite, each with its file and line.</summary>
    public static IEnumerable<string> ProblemsOf(ScenarioSuite suite) =>
        suite.Problems(NamedConfiguration.All.Select(configuration => configuration.Name)).Distinct();

    /// <summary>Loads a suite that has no problems.</summary>
    /// <exception cref="CannotRunException">
    /// The suite cannot be read, or has problems, which have been written to the error stream with file and line.
    /// </exception>
    public ScenarioSuite LoadSound(ParseResult parsed, Terminal terminal)
    {
        var suite = Load(parsed);
        var problems = ProblemsOf(suite).ToList();
        problems.ForEach(terminal.Error);
        return problems.Count == 0
            ? suite
            : throw new CannotRunException(
                $"the suite in {DirectoryOf(parsed)} cannot run while it has problems: {problems.Count}, listed above."
            );
    }

    /// <summary>The directory of the features.</summary>
    public string DirectoryOf(ParseResult parsed) => Chosen(parsed) ?? Path.Combine(AppContext.BaseDirectory, "features");
}
