using System.Text;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The policies of mobile nodes, compiled: which one applies to an identifier is found without trying them one after the other, except for
/// patterns with * inside or more than once.
/// </summary>
public sealed class MobileNodePolicies
{
    private readonly IReadOnlyList<MobileNodePolicy> _policies;
    private readonly Affixes _exact = new();
    private readonly Affixes _prefixes = new();
    private readonly Affixes _suffixes = new();
    private readonly List<(string Pattern, int Number)> _others = [];

    /// <param name="policies">In the order in which they apply.</param>
    public MobileNodePolicies(IReadOnlyList<MobileNodePolicy> policies)
    {
        _policies = policies;
        for (var number = 0; number < policies.Count; number++)
        {
            var pattern = policies[number].IdentifierPattern;
            switch (pattern.IndexOf(GlobPattern.Any, StringComparison.Ordinal), pattern.LastIndexOf(GlobPattern.Any))
            {
                case (-1, _):
                    _exact.Add(pattern, number);
                    break;
                case (0, 0):
                    _suffixes.Add(pattern[1..], number);
                    break;
                case (var first, var last) when first == last && last == pattern.Length - 1:
                    _prefixes.Add(pattern[..^1], number);
                    break;
                default:
                    _others.Add((pattern, number));
                    break;
            }
        }
    }

    /// <summary>
    /// The first policy whose pattern matches the identifier as text; null if there is none, as for an identifier without octets.
    /// </summary>
    public MobileNodePolicy? Find(MobileNodeIdentifierOption mobileNode)
    {
        Span<char> text = stackalloc char[MobileNodeIdentifierOption.MaximumIdentifierLength];
        return Encoding.UTF8.TryGetChars(mobileNode.Identifier.Span, text, out var length) && IsExact(text[..length])
            ? Find(text[..length])
            : Find(mobileNode.Nai);
    }

    private MobileNodePolicy? Find(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var first = _policies.Count;
        _exact.Find(text, text.Length, fromEnd: false, ref first);
        foreach (var length in _prefixes.Lengths)
        {
            _prefixes.Find(text, length, fromEnd: false, ref first);
        }
        foreach (var length in _suffixes.Lengths)
        {
            _suffixes.Find(text, length, fromEnd: true, ref first);
        }
        foreach (var (pattern, number) in _others)
        {
            if (number > first)
            {
                break;
            }
            if (GlobPattern.Matches(pattern, text))
            {
                first = number;
            }
        }
        return first < _policies.Count ? _policies[first] : null;
    }

    /// <summary>Octets that are no text are shown otherwise than by the replacement character.</summary>
    private static bool IsExact(ReadOnlySpan<char> text) => !text.Contains('\ufffd');

    /// <summary>Texts with which an identifier begins or ends, each with the number of the first policy that has it.</summary>
    private sealed class Affixes
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        public Affixes() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

        public SortedSet<int> Lengths { get; } = [];

        public void Add(string text, int number)
        {
            Lengths.Add(text.Length);
            _numbers.TryAdd(text, number);
        }

        public void Find(ReadOnlySpan<char> text, int length, bool fromEnd, ref int first)
        {
            if (length <= text.Length && _lookup.TryGetValue(fromEnd ? text[^length..] : text[..length], out var number))
            {
                first = Math.Min(first, number);
            }
        }
    }
}
