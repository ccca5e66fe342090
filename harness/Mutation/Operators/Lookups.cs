using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>Queries of collections.</summary>
internal static class Lookups
{
    private static readonly Dictionary<string, string> _other = new(StringComparer.Ordinal)
    {
        ["First"] = "Last",
        ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault",
        ["LastOrDefault"] = "FirstOrDefault",
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Any"] = "All",
        ["All"] = "Any",
        ["Take"] = "Skip",
        ["TakeLast"] = "SkipLast",
        ["OrderBy"] = "OrderByDescending",
        ["OrderByDescending"] = "OrderBy",
    };

    private static readonly string[] _filters =
    [
        "Where",
        "Except",
        "Distinct",
        "Union",
        "Intersect",
        "Concat",
        "Skip",
        "Reverse",
        "OfType",
    ];

    public static IEnumerable<Edit> Changed(SyntaxNode node, SemanticModel model)
    {
        if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call)
        {
            yield break;
        }

        var name = called.Name.Identifier.Text;
        if (called.Name is GenericNameSyntax { Identifier.Text: "First" } option && call.ArgumentList.Arguments.Count == 0)
        {
            yield return Edit.Of(call, $"{called.Expression}.All{option.TypeArgumentList}().LastOrDefault()");
        }
        else if (_other.TryGetValue(name, out var other))
        {
            yield return Edit.Of(call, $"{called.Expression}.{other}{call.ArgumentList}");
        }
        else if (_filters.Contains(name))
        {
            yield return Edit.Of(call, $"{called.Expression}");
        }
    }
}
