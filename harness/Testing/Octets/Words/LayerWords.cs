namespace Conformance.Testing.Octets.Words;

/// <summary>A layer in one line: <c>PBU seq 7, 600 s, AP, mn1@example, HNP 2001:db8::/64</c>.</summary>
/// <param name="Head">The name of the message and its most important values.</param>
/// <param name="Details">Further values and faults, in wire order.</param>
public sealed record LayerWords(string Head, params IReadOnlyList<string> Details)
{
    public LayerWords And(params IEnumerable<string> details) => this with { Details = [.. Details, .. details] };

    public override string ToString() => string.Join(", ", Details.Prepend(Head));
}
