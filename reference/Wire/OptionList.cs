using System.Collections;

namespace Pmip.Wire;

/// <summary>Options in wire order, without padding. Lists are equal if they contain equal options in the same order.</summary>
public abstract class OptionList<TOption> : IReadOnlyList<TOption>, IEquatable<OptionList<TOption>>
    where TOption : class
{
    private readonly TOption[] _options;

    private protected OptionList(IEnumerable<TOption> options) => _options = [.. options];

    public int Count => _options.Length;

    public TOption this[int index] => _options[index];

    /// <summary>The first option of a type, or null.</summary>
    public TWanted? First<TWanted>()
        where TWanted : class, TOption
    {
        foreach (var option in _options)
        {
            if (option is TWanted wanted)
            {
                return wanted;
            }
        }

        return null;
    }

    /// <summary>All options of a type.</summary>
    public IEnumerable<TWanted> All<TWanted>()
        where TWanted : class, TOption => _options.OfType<TWanted>();

    public bool Has<TWanted>()
        where TWanted : class, TOption => First<TWanted>() is not null;

    public IEnumerator<TOption> GetEnumerator() => ((IEnumerable<TOption>)_options).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(OptionList<TOption>? other) => other is not null && _options.AsSpan().SequenceEqual(other._options);

    public override bool Equals(object? obj) => Equals(obj as OptionList<TOption>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var option in _options)
        {
            hash.Add(option);
        }
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", (IEnumerable<TOption>)_options)}]";
}
