using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Statements, and members of initializers, that are dropped.</summary>
internal static class Statements
{
    private const string Queue = "ActionQueue";

    private static readonly Edit[] _none = [];

    /// <summary>A request to the host of a role, or an element of an iterator.</summary>
    public static IEnumerable<Edit> Actions(SyntaxNode node, SemanticModel model) =>
        IsAction(node, model) || node.IsKind(SyntaxKind.YieldReturnStatement) ? [Dropped(node)] : _none;

    public static IEnumerable<Edit> Calls(SyntaxNode node, SemanticModel model) =>
        node is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or ConditionalAccessExpressionSyntax }
        && !IsAction(node, model)
        && !Timers.IsDeadline(node, model)
            ? [Dropped(node)]
            : _none;

    public static IEnumerable<Edit> Assignments(SyntaxNode node, SemanticModel model) =>
        node is ExpressionStatementSyntax { Expression: var changed }
        && changed is (AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax)
            ? [Dropped(node)]
            : _none;

    public static IEnumerable<Edit> Members(SyntaxNode node, SemanticModel model) =>
        node is InitializerExpressionSyntax initializer
        && (initializer.IsKind(SyntaxKind.WithInitializerExpression) || initializer.IsKind(SyntaxKind.ObjectInitializerExpression))
            ? ListEdits.Drop(initializer.Expressions)
            : _none;

    private static bool IsAction(SyntaxNode node, SemanticModel model) =>
        node is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
        && model.GetSymbolInfo(call).Symbol?.ContainingType.Name == Queue;

    private static Edit Dropped(SyntaxNode statement) => Edit.Of(statement, ";");
}
