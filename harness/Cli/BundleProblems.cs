namespace Conformance.Cli;

/// <summary>What is wrong with a bundle. Each problem names the file that it is about.</summary>
/// <param name="directory">The directory with its files.</param>
internal sealed class BundleProblems(string directory)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _differences = [];

    /// <summary>What is wrong, whoever looks.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Where this suite comes to another result, which another suite need not.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>The files that a problem has named already.</summary>
    public HashSet<string> Damaged { get; } = new(StringComparer.Ordinal);

    public void Add(string problem) => _problems.Add(problem);

    public void Object(string file, string problem) => _problems.Add($"{file} {problem}");

    public void Differ(string file, string problem) => _differences.Add($"{file} {problem}");

    /// <summary>A message without the directory, which its reader does not know.</summary>
    public string Relative(string message) =>
        message.Replace(directory + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
}
