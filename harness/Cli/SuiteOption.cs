using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Engine;

namespace Conformance.Cli;

/// <summary>Which features to work with.</summary>
internal sealed class SuiteOption
{
    private readonly Option<string> _features = new("--features")
    {
        Description = "The directory with features and registers. Default: the one beside the program.",
        HelpName = "DIR",
    };

    public void AddTo(Command command) => command.Add(_features);

    /// <summary>The directory as the user gave it; null if it is the one beside the program.</summary>
    public string? Chosen(ParseResult parsed) => parsed.GetValue(_features);

    /// <exception cref="CannotRunException">There is no such directory, or it cannot be read.</exception>
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

    /// <summary>Loads a suite that scenarios can be run from.</summary>
    /// <exception cref="CannotRunException">It cannot be read, or something is wrong with it; what it is has been written, with file and line.</exception>
    public ScenarioSuite LoadSound(ParseResult parsed, Terminal terminal)
    {
        var suite = Load(parsed);
        var problems = suite.Problems().Distinct().ToList();
        problems.ForEach(terminal.Error);
        return problems.Count == 0
            ? suite
            : throw new CannotRunException(
                $"nothing runs while the suite in {DirectoryOf(parsed)} has problems: {problems.Count}, listed above."
            );
    }

    private string DirectoryOf(ParseResult parsed) => Chosen(parsed) ?? Path.Combine(AppContext.BaseDirectory, "features");
}
