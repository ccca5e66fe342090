using System.Collections;

namespace Pmip.Protocol;

/// <summary>
/// The items of one processing section in the order of the specification. Immutable: a role that deviates in one rule is
/// built from a copy in which that rule is removed, replaced, or swapped with another rule.
/// </summary>
public sealed class RuleList<TContext> : IReadOnlyList<NamedRule<TContext>>
{
    private readonly NamedRule<TContext>[] _rules;

    /// <exception cref="ArgumentException">Two rules have the same name.</exception>
    public RuleList(params IEnumerable<NamedRule<TContext>> rules)
    {
        _rules = [.. rules];
        if (_rules.GroupBy(rule => rule.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two rules are named '{twice.Key}'.", nameof(rules));
        }
    }

    public int Count => _rules.Length;

    public NamedRule<TContext> this[int index] => _rules[index];

    /// <summary>Applies the rules in order until one of them returns <see cref="RuleOutcome.Stop"/>.</summary>
    public RuleOutcome Apply(TContext context)
    {
        foreach (var rule in _rules)
        {
            if (rule.Apply(context) == RuleOutcome.Stop)
            {
                return RuleOutcome.Stop;
            }
        }

        return RuleOutcome.Continue;
    }

    /// <summary>The list without the rule <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public RuleList<TContext> Without(string name)
    {
        var index = IndexOf(name);
        return new RuleList<TContext>(_rules.Where((_, i) => i != index));
    }

    /// <summary>The list in which the rule <paramref name="name"/> applies <paramref name="apply"/> instead.</summary>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public RuleList<TContext> Replacing(string name, Func<TContext, RuleOutcome> apply)
    {
        var index = IndexOf(name);
        return new RuleList<TContext>(_rules.Select((rule, i) => i == index ? rule with { Apply = apply } : rule));
    }

    /// <summary>The list with the rules <paramref name="first"/> and <paramref name="second"/> swapped.</summary>
    /// <exception cref="ArgumentException">One of the rules does not exist.</exception>
    public RuleList<TContext> Swapping(string first, string second)
    {
        var (a, b) = (IndexOf(first), IndexOf(second));
        return new RuleList<TContext>(
            _rules.Select(
                (rule, i) =>
                    i == a ? _rules[b]
                    : i == b ? _rules[a]
                    : rule
            )
        );
    }

    /// <summary>The list with <paramref name="rule"/> before the rule <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is no rule <paramref name="name"/>, or the new rule's name is already used.</exception>
    public RuleList<TContext> InsertingBefore(string name, NamedRule<TContext> rule)
    {
        var index = IndexOf(name);
        return new RuleList<TContext>([.. _rules[..index], rule, .. _rules[index..]]);
    }

    public IEnumerator<NamedRule<TContext>> GetEnumerator() => _rules.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        var index = Array.FindIndex(_rules, rule => rule.Name == name);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"There is no rule '{name}'. The rules of this section are: {string.Join(", ", _rules.Select(rule => rule.Name))}.",
                nameof(name)
            );
    }
}
