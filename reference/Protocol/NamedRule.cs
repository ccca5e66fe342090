namespace Pmip.Protocol;

/// <summary>One numbered item of a specification as a rule with a name, which a rule list can apply, replace or remove.</summary>
/// <param name="Section">The section and item, such as "5.3.1(4)"; of RFC 5213 unless another RFC is named.</param>
/// <param name="Name">PascalCase, unique in its list.</param>
/// <param name="Apply">Applies the rule to the message or object being processed.</param>
public sealed record NamedRule<TContext>(string Section, string Name, Func<TContext, RuleOutcome> Apply)
{
    public override string ToString() => $"{Section} {Name}";
}
