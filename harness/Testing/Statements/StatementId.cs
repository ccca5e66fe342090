using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Conformance.Testing.Statements;

/// <summary>
/// The id of one normative statement in tags and reports: edition, section, then <c>k</c> and the position of the keyword in that
/// section, or <c>d</c> for behaviour described without a keyword. A facet letter follows if one sentence requires two things
/// (<c>rfc5213-5.3.1-k13</c>).
/// </summary>
[JsonConverter(typeof(StatementIdConverter))]
public readonly partial record struct StatementId : IComparable<StatementId>
{
    private readonly string? _value;
    private readonly Edition? _edition;

    /// <exception cref="FormatException">The text is not the id of a statement.</exception>
    public StatementId(string value)
    {
        _edition =
            EditionOf(value)
            ?? throw new FormatException($"'{value}' is not the id of a statement (example: {Edition.Rfc5213}-5.3.1-k13).");
        _value = value;
    }

    public string Value => _value ?? string.Empty;

    /// <summary>The edition the statement belongs to.</summary>
    public Edition Edition => _edition!;

    /// <summary>The section of the edition: <c>5.3.1</c>; empty for the bullets of a slide document.</summary>
    public string Section => Shape().Match(Value).Groups["section"].Value;

    /// <summary>True if a text is the form of a statement id of a known edition, whether or not such a statement exists.</summary>
    public static bool IsWellFormed(string text) => EditionOf(text) is not null;

    public int CompareTo(StatementId other) => NaturalOrder.Compare(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(StatementId left, StatementId right) => left.CompareTo(right) < 0;

    public static bool operator >(StatementId left, StatementId right) => left.CompareTo(right) > 0;

    public static bool operator <=(StatementId left, StatementId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StatementId left, StatementId right) => left.CompareTo(right) >= 0;

    private static Edition? EditionOf(string text) => Edition.Find(Shape().Match(text).Groups["edition"].Value);

    [GeneratedRegex(@"^(?:(?<edition>[a-z0-9-]+)-(?<section>[0-9A-Z]+(?:\.\d+)*)-[kd]\d+[a-z]?|(?<edition>[a-z0-9]+)-\d+)$")]
    private static partial Regex Shape();

    private sealed class StatementIdConverter : JsonConverter<StatementId>
    {
        public override StatementId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? string.Empty);

        public override void Write(Utf8JsonWriter writer, StatementId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);

        public override StatementId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, StatementId value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Value);
    }
}
