using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Cli;

/// <summary>The options that select scenarios. A scenario must match at least one value of every option given.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string[]> _tags = new("--tag", "-t")
    {
        Description = "Scenarios with one of these tags, with or without @. A scenario id selects the scenario, an outline id its rows.",
        HelpName = "TAG...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _sections = new("--section", "-s")
    {
        Description =
            "Scenarios that test a statement of one of these sections or their subsections: 5.3.1, "
            + "or with the edition and a hyphen before it.",
        HelpName = "SECTION...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _editions = new("--edition")
    {
        Description =
            "Scenarios in one of these editions of the specifications: "
            + $"{string.Join(", ", Edition.All.Where(edition => edition.HasRuns))}. "
            + "Default: each in the newest edition that it names and the implementation claims.",
        HelpName = "EDITION...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _allEditions = new("--all-editions")
    {
        Description = "Each scenario in every edition that it names and the implementation claims.",
    };

    private readonly Option<string[]> _roles = new("--role", "-r")
    {
        Description = "Scenarios that test one of these roles; in E2E scenarios, all roles are real nodes.",
        HelpName = "LMA|MAG|HA|CN|MN|E2E",
        AllowMultipleArgumentsPerToken = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_tags);
        command.Add(_sections);
        command.Add(_roles);
        command.Add(_editions);
        command.Add(_allEditions);
    }

    /// <summary>Refuses the options in a mode that selects nothing.</summary>
    /// <exception cref="CannotRunException">One of them was given.</exception>
    public void RefuseIdle(ParseResult parsed, string mode)
    {
        foreach (var option in new Option[] { _tags, _sections, _roles, _editions, _allEditions })
        {
            CommandMistakes.RefuseIdle(parsed, option, mode);
        }
    }

    /// <summary>True if a scenario runs in the newest of its editions alone.</summary>
    public bool TakesNewestEdition(ParseResult parsed) => !parsed.GetValue(_allEditions) && parsed.GetValue(_editions) is null or [];

    /// <summary>Returns a predicate for the selected scenarios, each in one of its editions.</summary>
    /// <exception cref="CannotRunException">A tag, section or role matches no scenario, or no scenario matches all of them.</exception>
    public Func<Scenario, bool> Read(ParseResult parsed, IReadOnlyList<Scenario> scenarios)
    {
        var runs = scenarios.SelectMany(scenario => scenario.Editions.Select(scenario.In)).ToList();
        Func<Scenario, bool>[] kinds =
        [
            Any(parsed.GetValue(_tags), HasTag, "has the tag"),
            Any(parsed.GetValue(_sections), TestsSection, "tests a statement of section"),
            Any(
                parsed.GetValue(_roles),
                (scenario, role) => scenario.Role.Equals(role, StringComparison.OrdinalIgnoreCase),
                "tests the role"
            ),
            Any(parsed.GetValue(_editions), (scenario, edition) => scenario.Edition.Name == edition, "runs in the edition"),
        ];
        return runs.Any(Selected) ? Selected : throw new CannotRunException("no scenario matches the whole selection.");

        bool Selected(Scenario scenario) => kinds.All(fits => fits(scenario));

        Func<Scenario, bool> Any(string[]? values, Func<Scenario, string, bool> fits, string what)
        {
            // A misspelt value must not go unnoticed because another value matches.
            var stray = values?.FirstOrDefault(value => !runs.Any(scenario => fits(scenario, value)));
            return stray is not null
                ? throw new CannotRunException($"no scenario {what} {stray}; '{Terminal.Product} list' shows the scenarios.")
                : scenario => values is null or [] || values.Any(value => fits(scenario, value));
        }
    }

    private static bool HasTag(Scenario scenario, string written)
    {
        var tag = written.TrimStart('@');
        return scenario.Tags.Append(scenario.Id.ToString()).Contains(tag, StringComparer.OrdinalIgnoreCase);
    }

    private static bool TestsSection(Scenario scenario, string written) =>
        scenario.Purpose.Any(statement =>
        {
            var cut = written.LastIndexOf('-');
            var edition = cut < 0 ? statement.Edition.Name : written[..cut];
            var section = written[(cut + 1)..];
            return statement.Edition.Name == edition
                && (statement.Section == section || statement.Section.StartsWith(section + ".", StringComparison.Ordinal));
        });
}
