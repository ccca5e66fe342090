using System.Text;
using System.Text.Json;

namespace Conformance.TestBeds.External;

/// <summary>A value in a JSON file with its line, so that a mistake can be located.</summary>
/// <param name="Line">The line number, from 1.</param>
/// <param name="Text">The value of a string, a number, true or false, without quotes.</param>
/// <param name="Members">The members of an object in the order of the file; a key may occur twice.</param>
/// <param name="Items">The elements of an array.</param>
internal sealed record LocatedJson(
    int Line,
    JsonValueKind Kind,
    string Text,
    IReadOnlyList<(string Key, LocatedJson Value)> Members,
    IReadOnlyList<LocatedJson> Items
)
{
    /// <summary>Reads JSON, with comments and trailing commas allowed.</summary>
    /// <exception cref="JsonException">The text is not JSON; the exception counts lines from 0.</exception>
    public static LocatedJson Parse(string json)
    {
        var octets = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(
            octets,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        var lines = new LineCounter(octets);
        reader.Read();
        var root = Value(ref reader, lines);
        reader.Read();
        return root;
    }

    private static LocatedJson Value(ref Utf8JsonReader reader, LineCounter lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<(string, LocatedJson)>();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    members.Add((key, Value(ref reader, lines)));
                }

                return new LocatedJson(line, JsonValueKind.Object, string.Empty, members, []);
            case JsonTokenType.StartArray:
                var items = new List<LocatedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, lines));
                }

                return new LocatedJson(line, JsonValueKind.Array, string.Empty, [], items);
            case JsonTokenType.String:
                return Scalar(line, JsonValueKind.String, reader.GetString()!);
            case JsonTokenType.Number:
                return Scalar(line, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return Scalar(line, JsonValueKind.True, "true");
            case JsonTokenType.False:
                return Scalar(line, JsonValueKind.False, "false");
            default:
                return Scalar(line, JsonValueKind.Null, "null");
        }
    }

    private static LocatedJson Scalar(int line, JsonValueKind kind, string text) => new(line, kind, text, [], []);

    /// <summary>Counts lines incrementally, because the reader only goes forward.</summary>
    private sealed class LineCounter(byte[] octets)
    {
        private int _line = 1;
        private int _counted;

        public int At(long index)
        {
            _line += octets.AsSpan(_counted, (int)index - _counted).Count((byte)'\n');
            _counted = (int)index;
            return _line;
        }
    }
}
