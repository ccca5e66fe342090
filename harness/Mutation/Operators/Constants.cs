using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Constants, and the operators that calculate with them.</summary>
internal static class Constants
{
    private const string OutcomeType = "RuleOutcome";

    private static readonly Dictionary<string, string> _arithmetic = new(StringComparer.Ordinal)
    {
        ["+"] = "-",
        ["-"] = "+",
        ["*"] = "/",
        ["/"] = "*",
        ["%"] = "/",
        ["<<"] = ">>",
        [">>"] = "<<",
        ["+="] = "-=",
        ["-="] = "+=",
        ["++"] = "--",
        ["--"] = "++",
    };

    public static IEnumerable<Edit> Flags(SyntaxNode node, SemanticModel model) =>
        node.Kind() switch
        {
            SyntaxKind.TrueLiteralExpression => [Edit.Of(node, "false")],
            SyntaxKind.FalseLiteralExpression => [Edit.Of(node, "true")],
            _ => [],
        };

    public static IEnumerable<Edit> Values(SyntaxNode node, SemanticModel model)
    {
        if (node is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } literal)
        {
            return IsTimeSpan(literal, model) ? [] : Numbers(literal);
        }

        return MemberOf(node, model) is { } member && member.ContainingType.Name != OutcomeType
            ? [Edit.Of(node, $"{((MemberAccessExpressionSyntax)node).Expression}.{Next(member).Name}")]
            : [];
    }

    /// <summary>The outcome of a rule; a comparison with an outcome is one of <see cref="Comparisons"/>.</summary>
    public static IEnumerable<Edit> Outcomes(SyntaxNode node, SemanticModel model) =>
        node.Parent is not BinaryExpressionSyntax && MemberOf(node, model) is { ContainingType.Name: OutcomeType } member
            ? [Edit.Of(node, $"{OutcomeType}.{Next(member).Name}")]
            : [];

    public static IEnumerable<Edit> Arithmetic(SyntaxNode node, SemanticModel model) =>
        node switch
        {
            BinaryExpressionSyntax binary
                when _arithmetic.TryGetValue(binary.OperatorToken.Text, out var other)
                    && model.GetTypeInfo(binary).Type?.SpecialType != SpecialType.System_String =>
            [
                Edit.Of(binary, $"{binary.Left} {other} {binary.Right}"),
            ],
            AssignmentExpressionSyntax assignment when _arithmetic.TryGetValue(assignment.OperatorToken.Text, out var other) =>
            [
                Edit.Of(assignment, $"{assignment.Left} {other} {assignment.Right}"),
            ],
            PrefixUnaryExpressionSyntax prefix when _arithmetic.TryGetValue(prefix.OperatorToken.Text, out var other) =>
            [
                Edit.Of(prefix, $"{other}{prefix.Operand}"),
            ],
            PostfixUnaryExpressionSyntax postfix when _arithmetic.TryGetValue(postfix.OperatorToken.Text, out var other) =>
            [
                Edit.Of(postfix, $"{postfix.Operand}{other}"),
            ],
            _ => [],
        };

    private static IEnumerable<Edit> Numbers(LiteralExpressionSyntax literal)
    {
        if (literal.Token.Value is not IConvertible value || value is double or float or decimal or char)
        {
            yield break;
        }

        var number = BigInteger.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        yield return Edit.Of(literal, $"{number + 1}");
        if (!number.IsZero)
        {
            yield return Edit.Of(literal, "0");
        }
    }

    /// <summary>True for the number of a time span, which <see cref="Timers"/> changes.</summary>
    private static bool IsTimeSpan(LiteralExpressionSyntax literal, SemanticModel model) =>
        literal.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && Timers.IsTimeSpan(call, model);

    /// <summary>The member of an enumeration that a node names; null at other nodes.</summary>
    private static IFieldSymbol? MemberOf(SyntaxNode node, SemanticModel model) =>
        node is MemberAccessExpressionSyntax
        && model.GetSymbolInfo(node).Symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } member
            ? member
            : null;

    /// <summary>The next member with another value; after the last comes the first.</summary>
    private static IFieldSymbol Next(IFieldSymbol member)
    {
        var members = member.ContainingType.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToList();
        var index = members.FindIndex(other => other.Name == member.Name);
        return members.Skip(index + 1).Concat(members).FirstOrDefault(other => !Equals(other.ConstantValue, member.ConstantValue), member);
    }
}
