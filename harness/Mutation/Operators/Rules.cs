using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation.Operators;

/// <summary>The entries of a rule list, which are the arguments of its constructor or the elements of a collection in it.</summary>
internal static class Rules
{
    private const string List = "RuleList";

    public static IEnumerable<Edit> Changed(SyntaxNode node, SemanticModel model) =>
        node switch
        {
            ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax list } entries
                when IsRuleList(list, model) && entries.Arguments is not [{ Expression: CollectionExpressionSyntax }] => Of(
                entries.Arguments
            ),
            CollectionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax list } } entries
                when IsRuleList(list, model) => Of(entries.Elements),
            _ => [],
        };

    /// <summary>True if a node creates a rule list.</summary>
    public static bool IsRuleList(SyntaxNode node, SemanticModel model) =>
        node is BaseObjectCreationExpressionSyntax && model.GetTypeInfo(node).Type?.Name == List;

    private static IEnumerable<Edit> Of<T>(SeparatedSyntaxList<T> entries)
        where T : SyntaxNode =>
        ListEdits.Drop(entries).Concat(Enumerable.Range(0, Math.Max(0, entries.Count - 1)).Select(index => ListEdits.Swap(entries, index)));
}
