using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Operators;

/// <summary>Edits of lists with separators.</summary>
internal static class ListEdits
{
    /// <summary>One edit for each element: the list without it.</summary>
    public static IEnumerable<Edit> Drop<T>(SeparatedSyntaxList<T> list)
        where T : SyntaxNode => list.Select((_, index) => Drop(list, index));

    /// <summary>The list without one element and the separator that becomes superfluous.</summary>
    public static Edit Drop<T>(SeparatedSyntaxList<T> list, int index)
        where T : SyntaxNode
    {
        var (start, end) = (list[index].SpanStart, list[index].Span.End);
        if (index < list.SeparatorCount)
        {
            end = list.GetSeparator(index).Span.End;
        }
        else if (index > 0)
        {
            start = list.GetSeparator(index - 1).SpanStart;
        }

        return new Edit(TextSpan.FromBounds(start, end), "");
    }

    /// <summary>The list with an element and the next one swapped.</summary>
    public static Edit Swap<T>(SeparatedSyntaxList<T> list, int index)
        where T : SyntaxNode =>
        new(TextSpan.FromBounds(list[index].SpanStart, list[index + 1].Span.End), $"{list[index + 1]}, {list[index]}");
}
