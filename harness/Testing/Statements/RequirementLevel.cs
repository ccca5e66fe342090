using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conformance.Testing.Statements;

/// <summary>What follows from a violation of a requirement.</summary>
public enum RequirementStrength
{
    /// <summary>A violation is a failure.</summary>
    Binding,

    /// <summary>A violation is a remark, and a failure only in a strict run.</summary>
    Recommended,

    /// <summary>The text leaves a choice; in this suite, its violation counts as that of a recommendation.</summary>
    Permitted,
}

/// <summary>The level of a requirement: a keyword of RFC 2119, or a word for a text without one.</summary>
[JsonConverter(typeof(LevelConverter))]
public sealed record RequirementLevel
{
    private RequirementLevel(string word, RequirementStrength strength) => (Word, Strength) = (word, strength);

    /// <summary>
    /// The levels of statements: the keywords of RFC 2119, the MAY NOT of a draft, and <c>declarative</c> for behaviour described
    /// without a keyword.
    /// </summary>
    public static IReadOnlyList<RequirementLevel> OfStatements { get; } =
    [
        .. All(RequirementStrength.Binding, "MUST", "MUST NOT", "REQUIRED", "SHALL", "SHALL NOT", "declarative"),
        .. All(RequirementStrength.Recommended, "SHOULD", "SHOULD NOT", "RECOMMENDED", "NOT RECOMMENDED"),
        .. All(RequirementStrength.Permitted, "MAY", "MAY NOT", "OPTIONAL"),
    ];

    /// <summary>The levels of scenarios; <c>ambiguous</c> where the specification has several readings.</summary>
    public static IReadOnlyList<RequirementLevel> OfScenarios { get; } =
    [.. OfStatements.Where(level => level.Word is "MUST" or "SHOULD" or "MAY"), .. All(RequirementStrength.Binding, "ambiguous")];

    /// <summary>The word in registers, tags and reports.</summary>
    public string Word { get; }

    public RequirementStrength Strength { get; }

    public override string ToString() => Word;

    private static IEnumerable<RequirementLevel> All(RequirementStrength strength, params IEnumerable<string> words) =>
        words.Select(word => new RequirementLevel(word, strength));

    /// <summary>Reads and writes the word. A scenario without a level had an empty word in earlier journals.</summary>
    private sealed class LevelConverter : JsonConverter<RequirementLevel>
    {
        public override RequirementLevel? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var word = reader.GetString();
            return string.IsNullOrEmpty(word)
                ? null
                : OfStatements.Concat(OfScenarios).FirstOrDefault(level => level.Word == word)
                    ?? throw new JsonException($"there is no level '{word}'.");
        }

        public override void Write(Utf8JsonWriter writer, RequirementLevel value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Word);
    }
}
