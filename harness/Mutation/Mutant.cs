using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation;

/// <summary>One change of one source file.</summary>
/// <param name="Id">
/// File, member, operator, and its number among the mutants of that operator in that member: an edit of another member does not change it.
/// </param>
/// <param name="File">The path below <see cref="ReferenceSources.Folder"/>, with forward slashes.</param>
/// <param name="Line">The line of the change, from 1.</param>
/// <param name="Operator">The name of a <see cref="MutationOperator"/>.</param>
/// <param name="Span">What is replaced in the text of the file.</param>
/// <param name="Original">What is replaced, in one line.</param>
/// <param name="Mutated">What replaces it, in one line.</param>
/// <param name="Text">What replaces it, as written into the file.</param>
public sealed record Mutant(string Id, string File, int Line, string Operator, TextSpan Span, string Original, string Mutated, string Text)
{
    public string Location => $"{ReferenceSources.Folder}/{File}:{Line}";

    public string Mutation => $"{Original} -> {Mutated}";
}
