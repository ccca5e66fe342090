using System.Reflection;
using BoDi;

namespace Conformance.Testing.Scenarios;

/// <summary>
/// The step vocabulary: which method a step calls. Immutable and safe for concurrent use; everything that belongs to
/// a scenario is in the container that it brings.
/// </summary>
public sealed class StepBindings
{
    private const int SuggestionCount = 3;

    private readonly BindingDiscovery found;

    /// <summary>All classes with [Binding] in the assemblies. Mistakes do not throw: see <see cref="Mistakes"/>.</summary>
    public StepBindings(params Assembly[] assemblies)
        : this(assemblies.SelectMany(assembly => assembly.GetTypes()))
    {
    }

    private StepBindings(IEnumerable<Type> types)
    {
        found = new BindingDiscovery(types);
        Phrases =
        [
            .. found.Definitions.Select(definition => definition.Phrase)
                .OrderBy(phrase => phrase.Kind)
                .ThenBy(phrase => phrase.Expression, StringComparer.Ordinal),
        ];
    }

    /// <summary>By kind, then by expression. A method with several attributes has several phrases.</summary>
    public IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>What is bound wrongly, and therefore not at all.</summary>
    public IReadOnlyList<LibraryProblem> Mistakes => found.Mistakes;

    /// <summary>The bindings of these classes alone.</summary>
    public static StepBindings Of(params Type[] classes) => new(classes.AsEnumerable());

    /// <summary>The method must fit in keyword, in text, and in what stands under the step.</summary>
    public StepMatch Match(Step step)
    {
        var byText = (
            from definition in found.Definitions
            where definition.Phrase.Kind == step.Kind
            let arguments = definition.Expression.Match(step.Text)
            where arguments is not null
            select (Definition: definition, Arguments: arguments)).ToArray();
        var fitting = byText
            .Where(candidate => candidate.Definition.FaultOf(step) is null)
            .DistinctBy(candidate => candidate.Definition.Method)
            .ToArray();
        return fitting switch
        {
            [var (definition, arguments)] => new StepMatch.Bound(new BoundStep(step, definition, arguments, found.Reader)),
            [] => new StepMatch.Undefined(
                PhraseDistance.Nearest(step, Phrases, SuggestionCount),
                byText is [var (misfit, _), ..] ? misfit.FaultOf(step) : null),
            _ => new StepMatch.Ambiguous([.. fitting.Select(candidate => $"{candidate.Definition.Phrase.Method} '{candidate.Definition.Expression}'")]),
        };
    }

    /// <summary>Everything that would keep a scenario from running: mistakes, then steps by path and line.</summary>
    public IEnumerable<LibraryProblem> Check(FeatureLibrary library)
    {
        var inSteps =
            from scenario in library.Scenarios
            from step in scenario.Steps
            from problem in ProblemsOf(scenario.Path, step)
            select problem;
        return Mistakes.Concat(inSteps.Distinct()); // the steps of backgrounds and outlines come again and again
    }

    /// <summary>The phrases that no step of the library uses; one method under several keywords counts as used under all.</summary>
    public IReadOnlyList<Phrase> Unused(FeatureLibrary library)
    {
        var used = library.Scenarios
            .SelectMany(scenario => scenario.Steps)
            .Select(Match)
            .OfType<StepMatch.Bound>()
            .Select(bound => (bound.Step.Phrase.Method, bound.Step.Phrase.Expression))
            .ToHashSet();
        return [.. Phrases.Where(phrase => !used.Contains((phrase.Method, phrase.Expression)))];
    }

    /// <summary>Runs the method with [BeforeScenario], if there is one.</summary>
    public void InvokeBefore(IObjectContainer container) => InvokeHook(found.Before, container);

    /// <summary>Runs the method with [AfterScenario], if there is one.</summary>
    public void InvokeAfter(IObjectContainer container) => InvokeHook(found.After, container);

    private static void InvokeHook(MethodInfo? hook, IObjectContainer container)
    {
        if (hook is not null)
            BindingMethod.Invoke(hook, container);
    }

    private IEnumerable<LibraryProblem> ProblemsOf(string path, Step step) => Match(step) switch
    {
        StepMatch.Bound bound => bound.Step.ArgumentFaults().Select(fault => new LibraryProblem(path, step.Line, "StepArgument", fault)),
        StepMatch.Undefined { Reason: { } reason } => [new(path, step.Line, "StepExtra", reason)],
        StepMatch.Undefined undefined => [new(path, step.Line, "UndefinedStep", $"No phrase fits '{step.Kind} {step.Text}'.{NearestOf(undefined)}")],
        StepMatch.Ambiguous ambiguous => [new(path, step.Line, "AmbiguousStep", $"'{step.Kind} {step.Text}' fits {string.Join(" and ", ambiguous.Methods)}.")],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string NearestOf(StepMatch.Undefined undefined) =>
        undefined.Suggestions.Count == 0 ? "" : $" Nearest: {string.Join("; ", undefined.Suggestions.Select(phrase => $"'{phrase}'"))}.";
}
