using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Conditions, and what they are put together from.</summary>
internal static class Conditions
{
    public static IEnumerable<Edit> Negated(SyntaxNode node, SemanticModel model)
    {
        if (ConditionIn(node, model) is { } condition && !Comparisons.HasOpposite(condition))
        {
            yield return Edit.Of(
                condition,
                condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation
                    ? $"{negation.Operand}"
                    : $"!({condition})"
            );
        }

        if (node is PropertyPatternClauseSyntax { Subpatterns.Count: > 1 } properties)
        {
            foreach (var edit in ListEdits.Drop(properties.Subpatterns))
            {
                yield return edit;
            }
        }
    }

    public static IEnumerable<Edit> Operands(SyntaxNode node, SemanticModel model)
    {
        if (node is BinaryPatternSyntax pattern)
        {
            return [Edit.Of(pattern, $"{pattern.Left}"), Edit.Of(pattern, $"{pattern.Right}")];
        }
        if (node is not BinaryExpressionSyntax binary)
        {
            return [];
        }

        var operands = new[] { Edit.Of(binary, $"{binary.Left}"), Edit.Of(binary, $"{binary.Right}") };
        return binary.Kind() switch
        {
            SyntaxKind.LogicalAndExpression => [.. operands, Edit.Of(binary, $"({binary.Left} || {binary.Right})")],
            SyntaxKind.LogicalOrExpression => [.. operands, Edit.Of(binary, $"({Grouped(binary.Left)} && {Grouped(binary.Right)})")],
            SyntaxKind.CoalesceExpression or SyntaxKind.BitwiseOrExpression or SyntaxKind.BitwiseAndExpression => operands,
            _ => [],
        };
    }

    private static string Grouped(ExpressionSyntax operand) =>
        operand is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } ? $"({operand})" : $"{operand}";

    /// <summary>The condition of a statement or a conditional expression, or the truth value of a function; null elsewhere.</summary>
    private static ExpressionSyntax? ConditionIn(SyntaxNode node, SemanticModel model) =>
        node switch
        {
            IfStatementSyntax @if => @if.Condition,
            WhileStatementSyntax @while => @while.Condition,
            ForStatementSyntax @for => @for.Condition,
            ConditionalExpressionSyntax conditional => conditional.Condition,
            ReturnStatementSyntax { Expression: { } value } when IsTruth(value, model) => value,
            ArrowExpressionClauseSyntax { Expression: var value } when IsTruth(value, model) => value,
            LambdaExpressionSyntax { ExpressionBody: { } value } when IsTruth(value, model) => value,
            _ => null,
        };

    private static bool IsTruth(ExpressionSyntax value, SemanticModel model) =>
        value is not LiteralExpressionSyntax && model.GetTypeInfo(value).Type?.SpecialType == SpecialType.System_Boolean;
}
