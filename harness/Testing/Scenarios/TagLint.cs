namespace Conformance.Testing.Scenarios;

/// <summary>Finds scenarios without the tags that a run needs, or with a configuration that no bed has.</summary>
public static class TagLint
{
    /// <param name="configurations">The named configurations.</param>
    public static IEnumerable<LibraryProblem> Check(FeatureLibrary library, IReadOnlyCollection<string> configurations)
    {
        ArgumentNullException.ThrowIfNull(library);

        // The rows of an outline share its tags, or those of their examples: one problem is enough.
        return library
            .Scenarios.SelectMany(scenario =>
                ProblemsOf(scenario, configurations)
                    .Select(problem => (Problem: problem, Outline: (scenario.Path, scenario.Id with { Suffix = null })))
            )
            .DistinctBy(found => (found.Outline, found.Problem.Rule, found.Problem.Message))
            .Select(found => found.Problem);
    }

    private static IEnumerable<LibraryProblem> ProblemsOf(Scenario scenario, IReadOnlyCollection<string> configurations)
    {
        if (scenario.Level is null)
        {
            yield return Problem("NoLevel", "There is no level tag: @MUST, @SHOULD, @MAY or @ambiguous.");
        }

        if (scenario.Role.Length == 0)
        {
            yield return Problem("NoRole", "There is no role tag, for example @LMA.");
        }

        if (!configurations.Contains(scenario.Configuration))
        {
            yield return Problem(
                "UnknownConfiguration",
                (scenario.Configuration.Length == 0 ? "There is no configuration tag" : $"There is no @config:{scenario.Configuration}")
                    + $"; configurations: {string.Join(", ", configurations)}."
            );
        }

        LibraryProblem Problem(string rule, string message) => new(scenario.Path, scenario.Line, rule, message);
    }
}
