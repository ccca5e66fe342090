using System.Globalization;
using System.Reflection;
using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.Bindings.Reflection;
using Reqnroll.Infrastructure;

namespace Conformance.Testing.Scenarios;

/// <summary>
/// The step vocabulary: maps each step to the method it calls. Immutable and safe for concurrent use; the state of a scenario is in
/// its <see cref="RunningScenario"/>.
/// </summary>
public sealed class StepBindings
{
    private const int SuggestionCount = 3;

    private readonly ReqnrollHost _host;

    /// <summary>Uses all classes with [Binding] in the assemblies. Mistakes do not throw; see <see cref="Mistakes"/>.</summary>
    public StepBindings(params Assembly[] assemblies)
        : this([.. assemblies.SelectMany(assembly => assembly.GetTypes())]) { }

    private StepBindings(IReadOnlyList<Type> classes)
    {
        _host = new ReqnrollHost(classes);
        Mistakes = BindingLint.Check(classes, _host.Registry);
        Phrases =
        [
            .. _host
                .Registry.GetStepDefinitions()
                .Select(PhraseOf)
                .OrderBy(phrase => phrase.Kind)
                .ThenBy(phrase => phrase.Expression, StringComparer.Ordinal),
        ];
    }

    /// <summary>The phrases by kind, then by expression. A method with several attributes has several phrases.</summary>
    public IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>The faults of the bindings. No scenario can run unless the list is empty.</summary>
    public IReadOnlyList<LibraryProblem> Mistakes { get; }

    /// <summary>Uses the bindings of these classes only.</summary>
    public static StepBindings Of(params Type[] classes) => new(classes.AsReadOnly());

    /// <summary>Prepares the scenario to run on the calling thread.</summary>
    /// <param name="services">The objects to inject into step classes and drivers, by type.</param>
    public RunningScenario Begin(Scenario scenario, params IEnumerable<object> services) => _host.Begin(scenario, services);

    /// <summary>Finds the method of a step. It must fit the keyword, the text, and the table or doc string under the step.</summary>
    public StepMatch Match(Step step)
    {
        var instance = ReqnrollHost.InstanceOf(step);
        var match = _host.Matcher.GetBestMatch(instance, CultureInfo.InvariantCulture, out var reason, out var candidates);
        var definition = match.Success ? match.StepBinding : candidates.FirstOrDefault()?.StepBinding;
        return definition switch
        {
            _ when reason == StepDefinitionAmbiguityReason.AmbiguousSteps => new StepMatch.Ambiguous([
                .. candidates.Select(candidate => $"{PhraseOf(candidate.StepBinding).Method} '{candidate.StepBinding.SourceExpression}'"),
            ]),
            null => new StepMatch.Undefined(PhraseDistance.Nearest(step, Phrases, SuggestionCount), Reason: null),
            _ when FaultOfExtra(step, definition) is { } fault => new StepMatch.Undefined([], fault),
            _ => new StepMatch.Bound(PhraseOf(definition), [.. FaultsOfArguments(step, definition)]),
        };
    }

    /// <summary>
    /// All faults that would prevent a scenario from running: the mistakes of bindings, or if there are none, the faults of steps
    /// by path and line.
    /// </summary>
    public IEnumerable<LibraryProblem> Check(FeatureLibrary library)
    {
        var inSteps =
            from scenario in library.Scenarios
            from step in scenario.Steps
            from problem in ProblemsOf(scenario.Path, step, isLast: step == scenario.Steps[^1])
            select problem;
        return Mistakes.Count > 0 ? Mistakes : inSteps.Distinct(); // backgrounds and outlines repeat their steps
    }

    /// <summary>The phrases that no step of the library uses. A method with several keywords counts as used under all of them.</summary>
    public IReadOnlyList<Phrase> Unused(FeatureLibrary library)
    {
        var used = library
            .Scenarios.SelectMany(scenario => scenario.Steps)
            .Select(Match)
            .OfType<StepMatch.Bound>()
            .Select(bound => (bound.Phrase.Method, bound.Phrase.Expression))
            .ToHashSet();
        return [.. Phrases.Where(phrase => !used.Contains((phrase.Method, phrase.Expression)))];
    }

    private static Phrase PhraseOf(IStepDefinitionBinding definition) =>
        new(
            Enum.Parse<StepKeyword>(definition.StepDefinitionType.ToString()),
            definition.SourceExpression,
            BindingLint.NameOf(BindingLint.MethodOf(definition))
        )
        {
            IsLast = BindingLint.MethodOf(definition).IsDefined(typeof(LastStepAttribute), inherit: false),
        };

    private IEnumerable<LibraryProblem> ProblemsOf(string path, Step step, bool isLast) =>
        Match(step) switch
        {
            StepMatch.Bound { Phrase.IsLast: true } when !isLast =>
            [
                new(path, step.Line, "LastStep", $"'{step.Kind} {step.Text}' changes what it observes: make it the last step."),
            ],
            StepMatch.Bound bound => bound.ArgumentFaults.Select(fault => new LibraryProblem(path, step.Line, "StepArgument", fault)),
            StepMatch.Undefined { Reason: { } reason } => [new(path, step.Line, "StepExtra", reason)],
            StepMatch.Undefined undefined =>
            [
                new(path, step.Line, "UndefinedStep", $"No phrase fits '{step.Kind} {step.Text}'.{NearestOf(undefined)}"),
            ],
            StepMatch.Ambiguous ambiguous =>
            [
                new(path, step.Line, "AmbiguousStep", $"'{step.Kind} {step.Text}' fits {string.Join(" and ", ambiguous.Methods)}."),
            ],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string NearestOf(StepMatch.Undefined undefined) =>
        undefined.Suggestions.Count == 0 ? "" : $" Nearest: {string.Join("; ", undefined.Suggestions.Select(phrase => $"'{phrase}'"))}.";

    /// <summary>The reason why the step cannot call the method although its text fits; null if it can.</summary>
    private static string? FaultOfExtra(Step step, IStepDefinitionBinding definition)
    {
        var method = PhraseOf(definition).Method;
        var extra = BindingLint.ExtraOf(definition);
        return (step, extra == typeof(DataTable), extra == typeof(string)) switch
        {
            ({ Table: not null }, false, _) => $"The step has a table, but {method} has no DataTable as last parameter.",
            ({ DocString: not null }, _, false) => $"The step has a doc string, but {method} has no string as last parameter.",
            ({ Table: null }, true, _) => $"{method} takes a table, but the step has none.",
            ({ DocString: null }, _, true) => $"{method} takes a doc string, but the step has none.",
            _ => null,
        };
    }

    /// <summary>
    /// Tries the conversions that need no instance; a transformation of an instance reports its faults when the scenario runs.
    /// </summary>
    private IEnumerable<string> FaultsOfArguments(Step step, IStepDefinitionBinding definition)
    {
        var texts = definition.Regex.Match(step.Text).Groups.Values.Skip(1).Where(group => group.Success).Select(group => group.Value);
        var parameters = BindingLint.MethodOf(definition).GetParameters();
        return texts.Zip(parameters, (text, parameter) => FaultOfArgument(text, parameter.ParameterType)).OfType<string>();
    }

    private string? FaultOfArgument(string text, Type type)
    {
        var wanted = new RuntimeBindingType(type);
        var readers = _host
            .Registry.GetStepTransformations()
            .Where(reader => BindingLint.MethodOf(reader).ReturnType == type && reader.Regex.IsMatch(text))
            .Select(BindingLint.MethodOf)
            .ToList();
        if (readers.Count > 1)
        {
            return $"'{text}' is read as {type.Name} by more than one transformation: "
                + $"{string.Join(", ", readers.Select(BindingLint.NameOf))}.";
        }

        if (readers is [{ IsStatic: false }] || !_host.Converter.CanConvert(text, wanted, CultureInfo.InvariantCulture))
        {
            return readers.Count > 0 ? null : $"'{text}' cannot be read as {type.Name}.";
        }

        try
        {
            ReqnrollHost.Synchronously(() => _host.Converter.ConvertAsync(text, wanted, CultureInfo.InvariantCulture));
            return null;
        }
#pragma warning disable CA1031 // A transformation may throw anything; each exception is a fault of the text.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"'{text}' cannot be read as {type.Name}: {exception.Message}";
        }
    }
}
