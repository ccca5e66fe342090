using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Comparisons, as expressions (<c>a &lt; b</c>) and as patterns (<c>is &lt; 3</c>).</summary>
internal static class Comparisons
{
    private static readonly Dictionary<string, string> _opposite = new(StringComparer.Ordinal)
    {
        ["=="] = "!=",
        ["!="] = "==",
        ["<"] = ">=",
        [">="] = "<",
        [">"] = "<=",
        ["<="] = ">",
    };

    private static readonly Dictionary<string, string> _boundary = new(StringComparer.Ordinal)
    {
        ["<"] = "<=",
        ["<="] = "<",
        [">"] = ">=",
        [">="] = ">",
    };

    /// <summary>True for a comparison whose negation <see cref="Opposite"/> gives.</summary>
    public static bool HasOpposite(ExpressionSyntax expression) =>
        expression switch
        {
            ParenthesizedExpressionSyntax inner => HasOpposite(inner.Expression),
            BinaryExpressionSyntax binary => _opposite.ContainsKey(binary.OperatorToken.Text),
            IsPatternExpressionSyntax test => OfNull(test.Pattern) is not null,
            _ => false,
        };

    public static IEnumerable<Edit> Opposite(SyntaxNode node, SemanticModel model)
    {
        if (node is IsPatternExpressionSyntax test && OfNull(test.Pattern) is { } opposite)
        {
            yield return Edit.Of(test, $"{test.Expression} is {opposite}");
        }

        foreach (var edit in Replace(node, _opposite))
        {
            yield return edit;
        }
    }

    public static IEnumerable<Edit> Boundary(SyntaxNode node, SemanticModel model) => Replace(node, _boundary);

    private static IEnumerable<Edit> Replace(SyntaxNode node, Dictionary<string, string> by)
    {
        if (node is BinaryExpressionSyntax binary && by.TryGetValue(binary.OperatorToken.Text, out var other))
        {
            yield return Edit.Of(binary, $"{binary.Left} {other} {binary.Right}");
        }
        else if (node is RelationalPatternSyntax pattern && by.TryGetValue(pattern.OperatorToken.Text, out other))
        {
            yield return Edit.Of(pattern, $"{other} {pattern.Expression}");
        }
    }

    /// <summary>The opposite of a test for null; null for another pattern.</summary>
    private static string? OfNull(PatternSyntax pattern) =>
        pattern switch
        {
            ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } => "not null",
            UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } => "null",
            _ => null,
        };
}
