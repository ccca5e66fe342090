using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Arguments of calls and of constructors, and the values by which something is looked up.</summary>
internal static class Arguments
{
    private static readonly string[] _lookUps =
    [
        "TryGetValue",
        "GetValueOrDefault",
        "ContainsKey",
        "Contains",
        "Remove",
        "Add",
        "TryAdd",
        "Equals",
        "Of",
        "Find",
        "TryFind",
    ];

    public static IEnumerable<Edit> Swapped(SyntaxNode node, SemanticModel model)
    {
        if (
            node is not BaseArgumentListSyntax { Arguments: { Count: > 1 } list }
            || IsSymmetric(node.Parent!, model)
            || Rules.IsRuleList(node.Parent!, model)
        )
        {
            yield break;
        }

        for (var index = 0; index < list.Count - 1; index++)
        {
            if (AreAlike(list[index], list[index + 1], model))
            {
                yield return ListEdits.Swap(list, index);
            }
        }
    }

    public static IEnumerable<Edit> Keys(SyntaxNode node, SemanticModel model)
    {
        if (
            node is MemberAccessExpressionSyntax member
            && IsKey(member)
            && model.GetSymbolInfo(member).Symbol is IPropertySymbol { IsStatic: false } property
            && !IsOfFramework(property)
            && Sibling(property) is { } other
        )
        {
            yield return Edit.Of(member, $"{member.Expression}.{other}");
        }
    }

    /// <summary>True for two values that may take each other's place. Strings are names and texts for the log.</summary>
    private static bool AreAlike(ArgumentSyntax first, ArgumentSyntax second, SemanticModel model)
    {
        var (one, other) = (model.GetTypeInfo(first.Expression).Type, model.GetTypeInfo(second.Expression).Type);
        return first.NameColon is null
            && second.NameColon is null
            && one is not null
            && one.SpecialType != SpecialType.System_String
            && SymbolEqualityComparer.Default.Equals(one, other)
            && $"{first}" != $"{second}";
    }

    private static bool IsSymmetric(SyntaxNode call, SemanticModel model) =>
        model.GetSymbolInfo(call).Symbol is { Name: "Min" or "Max" or "ReferenceEquals" };

    private static bool IsOfFramework(ISymbol symbol) =>
        $"{symbol.ContainingNamespace}".StartsWith(nameof(System), StringComparison.Ordinal);

    private static bool IsKey(MemberAccessExpressionSyntax member) =>
        member.Parent switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
            MemberAccessExpressionSyntax { Name.Identifier.Text: "Equals" } => true,
            ArgumentSyntax { Parent: BracketedArgumentListSyntax } => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } } =>
                _lookUps.Contains(called.Name.Identifier.Text),
            _ => false,
        };

    /// <summary>The next property of the same type in the same class; null if there is none.</summary>
    private static string? Sibling(IPropertySymbol property)
    {
        var alike = property
            .ContainingType.GetMembers()
            .OfType<IPropertySymbol>()
            .Where(other => !other.IsStatic && !other.IsIndexer && !other.IsImplicitlyDeclared)
            .Where(other => SymbolEqualityComparer.Default.Equals(other.Type, property.Type))
            .Select(other => other.Name)
            .ToList();
        return alike.Count > 1 ? alike[(alike.IndexOf(property.Name) + 1) % alike.Count] : null;
    }
}
