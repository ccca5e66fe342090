namespace Conformance.Testing.Scenarios;

/// <summary>What can stand between the braces of a cucumber expression, and the texts it stands for.</summary>
public sealed class ParameterTypes
{
    /// <summary>Of cucumber expressions; {string} is special for its quotes.</summary>
    private static readonly Dictionary<string, string> Standard = new(StringComparer.Ordinal)
    {
        ["int"] = "-?[0-9]+",
        ["float"] = "[-+]?(?:[0-9]+(?:,[0-9]+)*(?:[.][0-9]+)?|[.][0-9]+)(?:E[-+]?[0-9]+)?",
        ["word"] = @"\S+",
    };

    private readonly Dictionary<string, string> patterns;

    /// <param name="custom">Names and patterns without capture groups; several patterns of one name are alternatives.</param>
    /// <exception cref="ArgumentException">A name is that of a standard type.</exception>
    public ParameterTypes(IEnumerable<KeyValuePair<string, string>> custom)
    {
        patterns = new(Standard, StringComparer.Ordinal);
        foreach (var group in custom.GroupBy(type => type.Key, type => type.Value))
        {
            if (IsStandard(group.Key))
                throw new ArgumentException($"{{{group.Key}}} is a standard type.", nameof(custom));
            patterns.Add(group.Key, string.Join('|', group.Distinct()));
        }
    }

    /// <summary>int, float, word and string alone.</summary>
    public static ParameterTypes StandardOnly { get; } = new([]);

    public static bool IsStandard(string name) => name == "string" || Standard.ContainsKey(name);

    /// <summary>The pattern with the value in a group of that name; null for an unknown type.</summary>
    internal string? PatternOf(string name, string group) => name == "string"
        ? $"""(?:"(?<{group}>[^"\\]*(?:\\.[^"\\]*)*)"|'(?<{group}>[^'\\]*(?:\\.[^'\\]*)*)')"""
        : patterns.TryGetValue(name, out var pattern) ? $"(?<{group}>{pattern})" : null;

    public override string ToString() =>
        string.Join(", ", patterns.Keys.Append("string").Order(StringComparer.Ordinal).Select(name => $"{{{name}}}"));
}
