using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The option that replaces the exit rule by a list of what must pass and what is known to fail.</summary>
/// <param name="clock">Tells today's date, which decides whether a known failure has expired.</param>
internal sealed class RequireOption(TimeProvider clock)
{
    private readonly Option<string?> _file = new("--require")
    {
        Description =
            "A JSON file with the scenarios that must pass, and known failures with owner, reason and date of expiry. "
            + "It alone decides the exit code.",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Add(_file);

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_file) is not null;

    /// <summary>Null if the option was not given.</summary>
    /// <exception cref="CannotRunException">The file cannot be read, or has mistakes, which the message lists by their places.</exception>
    public Requirements? Read(ParseResult parsed, IReadOnlyList<Scenario> scenarios) =>
        parsed.GetValue(_file) is { } file ? RequireFile.Load(file, scenarios) : null;

    /// <summary>The exit code of a run. With requirements, says how each of them stands.</summary>
    public int Judge(Terminal terminal, Requirements? requirements, Run run, StatementRegister register)
    {
        if (requirements is null)
        {
            return ExitRule.Of(run, register);
        }

        var outcomes = RequireRule.Of(requirements, run, register, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        Write(terminal, requirements, run, outcomes);
        return RequireRule.ExitCodeOf(outcomes, run);
    }

    private static void Write(Terminal terminal, Requirements requirements, Run run, IReadOnlyList<RequirementOutcome> outcomes)
    {
        terminal.Heading($"Requirements of {requirements.File}:");
        foreach (var outcome in outcomes.Where(outcome => outcome.Requirement != Requirement.Met).OrderBy(outcome => outcome.Requirement))
        {
            terminal.Line($"  {WordOf(outcome.Requirement).PadRight(16)} {outcome.Scenario}  {outcome.Text}");
        }

        terminal.Line(
            "  "
                + string.Join(
                    ", ",
                    Enum.GetValues<Requirement>()
                        .Reverse()
                        .Select(requirement => (requirement, Count: outcomes.Count(outcome => outcome.Requirement == requirement)))
                        .Where(counted => counted.Count > 0)
                        .Select(counted => $"{counted.Count} {WordOf(counted.requirement)}")
                        .DefaultIfEmpty($"no scenario of the run is concerned{(run.Header.Shard is null ? ": not met" : "")}")
                )
                + "."
        );
    }

    private static string WordOf(Requirement requirement) =>
        requirement switch
        {
            Requirement.NotMet => "not met",
            Requirement.UnexpectedPass => "unexpected pass",
            Requirement.Known => "known failure",
            _ => requirement.ToString().ToLowerInvariant(),
        };
}
