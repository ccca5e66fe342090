namespace Pmip.Protocol;

/// <summary>One numbered item of a specification, as something that can be applied, named and taken away.</summary>
/// <param name="Section">Where it stands: "5.3.1(4)" of RFC 5213 unless another RFC is named.</param>
/// <param name="Name">PascalCase, unique in its list.</param>
/// <param name="Apply">Applies it to what is being processed.</param>
public sealed record NamedRule<TContext>(string Section, string Name, Func<TContext, RuleOutcome> Apply)
{
    public override string ToString() => $"{Section} {Name}";
}
