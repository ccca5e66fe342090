using Conformance.Testing.Engine;
using Conformance.Testing.Ics;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Certification;

/// <summary>
/// What a certification concludes. It follows from the suite, from the claims and from the results; what the journal says was planned does
/// not count, so that no scenario can be left out.
/// </summary>
/// <param name="Classes">A conclusion for each role that was tested, and each class and edition that this role can claim.</param>
/// <param name="StaticFailures">The mandatory ICS items that are not claimed.</param>
public sealed record Conclusions(IReadOnlyList<ClassConclusion> Classes, IReadOnlyList<string> StaticFailures)
{
    /// <summary>True if the implementation conforms to every class that it claims, and that the certification was asked for.</summary>
    public bool IsConformant =>
        StaticFailures.Count == 0
        && Classes.Any(known => known.Status == ClassStatus.Conformant)
        && Classes.All(known => known.Status != ClassStatus.NotConformant);

    /// <param name="editionsOf">Gives the editions of a named configuration. They do not depend on the device.</param>
    public static Conclusions Of(ScenarioSuite suite, Run run, Func<string, IReadOnlyList<Edition>> editionsOf)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(run);
        var configurations = (run.Header.Configurations ?? []).ToDictionary(known => known.Name, StringComparer.Ordinal);
        var scenarios = suite.Library.Scenarios.Where(scenario => scenario.Role != ScenarioTags.EndToEnd).ToList();
        var roles = scenarios
            .Where(scenario => configurations.ContainsKey(scenario.Configuration))
            .Select(scenario => scenario.Role)
            .Distinct()
            .Order(StringComparer.Ordinal);
        var runs = scenarios
            .SelectMany(scenario => scenario.Editions, (scenario, edition) => scenario.In(edition))
            .ToLookup(scenario => (scenario.Role, scenario.Edition, suite.Classes.Of(scenario)?.Id));
        var claims = configurations.Values.SelectMany(known => known.Claims).ToHashSet(StringComparer.Ordinal);
        var results = run.Results.ToDictionary(result => result.Key);
        var conclusions =
            from role in roles
            from known in suite.Classes.Classes
            where known.Roles.Contains(role)
            from edition in Edition.All
            let items = ItemsOf(suite.Ics, known, edition, role)
            where items.Count > 0
            select items.Any(claims.Contains)
                ? Judge(known, role, edition, runs[(role, edition, known.Id)])
                : new ClassConclusion(known.Id, known.Title, role, edition, ClassStatus.NotClaimed, 0, 0, 0, 0, 0, 0, []);
        return new Conclusions([.. conclusions], StaticFailures());

        // As the plan of the run has it: a scenario that the configuration has in no edition counts in its first.
        IReadOnlyList<string> StaticFailures() =>
            StaticConformance.Failures(
                suite.Ics.Items,
                [
                    .. from scenario in suite.Library.Scenarios
                    let claimed = scenario.Editions.Intersect(
                        configurations.TryGetValue(scenario.Configuration, out var known) ? known.Editions : []
                    )
                    from one in claimed.Select(scenario.In).DefaultIfEmpty(scenario)
                    select new AskedScenario(one.Role, one.Configuration, one.Purpose, IsExamined(suite.Classes.Of(one))),
                ],
                name => configurations.GetValueOrDefault(name)?.Claims
            );

        bool IsExamined(ConformanceClass? known) => known is not null && run.Header.Classes?.Contains(known.Id) != false;

        ClassConclusion Judge(ConformanceClass known, string role, Edition edition, IEnumerable<Scenario> own)
        {
            if (!IsExamined(known))
            {
                return new ClassConclusion(known.Id, known.Title, role, edition, ClassStatus.NotExamined, 0, 0, 0, 0, 0, 0, []);
            }

            var items = ItemsOf(suite.Ics, known, edition, role);
            var all = own.Where(scenario => Exists(scenario, edition, items)).ToList();
            var applicable = all.Where(Applies).ToList();
            var given = applicable.Select(scenario => results.GetValueOrDefault(scenario.Key)).OfType<ScenarioResult>().ToList();
            var violated = given
                .SelectMany(result => result.Incidental)
                .Where(finding => !finding.Ok && RootCause.IsBinding(run, suite.Register, finding.Statement))
                .Select(finding => finding.Statement)
                .Distinct()
                .Order()
                .ToList();
            var passed = Count(Verdict.Pass);
            return new ClassConclusion(
                known.Id,
                known.Title,
                role,
                edition,
                Status(),
                passed,
                Count(Verdict.Fail),
                Count(Verdict.Inconclusive),
                Count(Verdict.Error),
                applicable.Count - given.Count,
                all.Count - applicable.Count,
                violated
            );

            ClassStatus Status() =>
                !applicable.Exists(scenario => scenario.Level?.Strength == RequirementStrength.Binding) ? ClassStatus.NotExaminable
                : passed == applicable.Count && violated.Count == 0 ? ClassStatus.Conformant
                : ClassStatus.NotConformant;

            int Count(Verdict verdict) => given.Count(result => result.Verdict == verdict);
        }

        // A configuration that the bed has is set up for certain editions; one that it lacks could have been set up for any of its own,
        // and one in which the class is claimed should have been set up for that edition.
        bool Exists(Scenario scenario, Edition edition, IReadOnlyList<string> items) =>
            configurations.TryGetValue(scenario.Configuration, out var known) && !known.Claims.Any(items.Contains)
                ? known.Editions.Contains(edition)
                : known?.Editions.Contains(edition) == true || editionsOf(scenario.Configuration).Contains(edition);

        bool Applies(Scenario scenario)
        {
            var known = configurations.GetValueOrDefault(scenario.Configuration)?.Claims.ToHashSet(StringComparer.Ordinal) ?? claims;
            return scenario.IcsConditions.All(item => IsMandatory(item) || Holds(item, known));
        }

        bool IsMandatory(string item) => suite.Ics.Items.Any(known => known.Id == item && known.Status is IcsStatus.Mandatory);
    }

    private static bool Holds(string item, HashSet<string> claims) =>
        item.StartsWith('!') ? !claims.Contains(item[1..]) : claims.Contains(item);

    /// <summary>The items of a class that a role is asked about; all of them if the suite has no ICS.</summary>
    private static IReadOnlyList<string> ItemsOf(IcsCatalogue ics, ConformanceClass known, Edition edition, string role) =>
        [
            .. known
                .Claims.GetValueOrDefault(edition, [])
                .Where(item => ics.Items.Count == 0 || ics.Items.Any(other => other.Id == item && other.Roles.Contains(role))),
        ];
}
