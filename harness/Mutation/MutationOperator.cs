using Conformance.Mutation.Operators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation;

/// <summary>A replacement of a piece of source.</summary>
/// <param name="Text">What replaces it; empty to drop it.</param>
public sealed record Edit(TextSpan Span, string Text)
{
    /// <summary>The edit that replaces a node.</summary>
    public static Edit Of(SyntaxNode node, string text) => new(node.Span, text);
}

/// <summary>One kind of small fault that a programmer makes.</summary>
/// <param name="Find">The edits at one syntax node. They need not compile: a mutant that does not is left out.</param>
public sealed record MutationOperator(string Name, string Description, Func<SyntaxNode, SemanticModel, IEnumerable<Edit>> Find)
{
    public static IReadOnlyList<MutationOperator> All { get; } =
    [
        new("comparison", "the opposite of a comparison, and of a test for null", Comparisons.Opposite),
        new("boundary", "a comparison with or without the equal value", Comparisons.Boundary),
        new("condition", "a negated condition; a pattern without one of its parts", Conditions.Negated),
        new("logical", "one operand of a logical or null-coalescing operator alone; 'and' for 'or'", Conditions.Operands),
        new("flag", "true for false", Constants.Flags),
        new("constant", "a number plus one, or zero; another member of an enumeration", Constants.Values),
        new("outcome", "a rule that stops instead of continuing, or continues", Constants.Outcomes),
        new("arithmetic", "another arithmetic operator", Constants.Arithmetic),
        new("timer", "a time span halved or doubled; a deadline not set or not cancelled", Timers.Changed),
        new("action", "an action not requested; an element not yielded", Statements.Actions),
        new("statement", "another call dropped", Statements.Calls),
        new("update", "an assignment dropped", Statements.Assignments),
        new("member", "a member of an initializer or of a 'with' dropped", Statements.Members),
        new("argument", "two neighbouring arguments of the same type swapped", Arguments.Swapped),
        new("key", "a look-up or a comparison by another property of the same type", Arguments.Keys),
        new("lookup", "the last for the first; a filter, an order or a set operation left out", Lookups.Changed),
        new("rule", "a rule of a list left out; two neighbouring rules swapped", Rules.Changed),
    ];
}
