namespace Conformance.Testing.Scenarios;

/// <summary>All scenarios below a directory. Faulty features do not throw; their faults are in <see cref="Problems"/>.</summary>
public sealed class FeatureLibrary
{
    private static readonly string[] _buildDirectories = ["bin", "obj"];

    private FeatureLibrary(IReadOnlyList<Scenario> scenarios, IReadOnlyList<LibraryProblem> problems)
    {
        Scenarios = scenarios;
        Problems = problems;
    }

    /// <summary>The scenarios by path, then in the order of the file. Their ids are unique.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>The problems by path, then in the order of the file.</summary>
    public IReadOnlyList<LibraryProblem> Problems { get; }

    /// <summary>Reads every *.feature file below the directory, except in build output.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    public static FeatureLibrary Load(string directory)
    {
        var scenarios = new Dictionary<ScenarioId, Scenario>();
        var problems = new List<LibraryProblem>();
        foreach (var path in FeatureFiles(directory))
        {
            var reader = new FeatureReader(path);
            if (TryReadText(Path.Combine(directory, path), out var text, out var error))
            {
                reader.Read(text);
            }
            else
            {
                problems.Add(new(path, 0, "Unreadable", error));
            }

            var duplicates = reader
                .Scenarios.Where(scenario => !scenarios.TryAdd(scenario.Id, scenario))
                .Select(scenario => new LibraryProblem(
                    path,
                    scenario.Line,
                    "DuplicateId",
                    $"{scenario.Id} is the id of another scenario, at {scenarios[scenario.Id].Path}:{scenarios[scenario.Id].Line}."
                ));
            problems.AddRange(reader.Problems.Concat(duplicates).OrderBy(problem => problem.Line));
        }
        return new([.. scenarios.Values], problems);
    }

    private static IEnumerable<string> FeatureFiles(string directory) =>
        Directory
            .EnumerateFiles(directory, "*.feature", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.Split('/')[..^1].Intersect(_buildDirectories).Any())
            .Order(StringComparer.Ordinal);

    private static bool TryReadText(string file, out string text, out string error)
    {
        try
        {
            (text, error) = (File.ReadAllText(file), "");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (text, error) = ("", exception.Message);
            return false;
        }
    }
}
