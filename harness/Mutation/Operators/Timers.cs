using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Time spans and deadlines.</summary>
internal static class Timers
{
    private const string Queue = "DeadlineQueue";

    public static bool IsTimeSpan(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type is { Name: nameof(TimeSpan), ContainingNamespace.Name: nameof(System) };

    public static bool IsDeadline(SyntaxNode node, SemanticModel model) =>
        node is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
        && model.GetSymbolInfo(call).Symbol?.ContainingType.Name == Queue;

    public static IEnumerable<Edit> Changed(SyntaxNode node, SemanticModel model) =>
        IsDeadline(node, model) ? [Edit.Of(node, ";")]
        : node is ExpressionSyntax expression && IsValue(expression, model)
            ? [Edit.Of(expression, $"({Operand(expression)} / 2)"), Edit.Of(expression, $"({Operand(expression)} * 2)")]
        : [];

    private static string Operand(ExpressionSyntax expression) =>
        expression is BinaryExpressionSyntax or ConditionalExpressionSyntax ? $"({expression})" : $"{expression}";

    /// <summary>
    /// True for a whole time span whose length matters: not a part of another one, not a variable that is written, and neither zero nor
    /// compared with zero.
    /// </summary>
    private static bool IsValue(ExpressionSyntax expression, SemanticModel model) =>
        expression is not (TypeSyntax and not IdentifierNameSyntax)
        && IsTimeSpan(expression, model)
        && model.GetSymbolInfo(expression).Symbol is not ITypeSymbol
        && !IsZero(expression)
        && expression.Parent switch
        {
            MemberAccessExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
            AssignmentExpressionSyntax assignment => assignment.Right == expression,
            BinaryExpressionSyntax binary => !IsTimeSpan(binary, model) && !IsZero(binary.Left) && !IsZero(binary.Right),
            ExpressionSyntax outer when outer is not InvocationExpressionSyntax => !IsTimeSpan(outer, model),
            _ => true,
        };

    private static bool IsZero(ExpressionSyntax expression) => expression.ToString() is "TimeSpan.Zero";
}
