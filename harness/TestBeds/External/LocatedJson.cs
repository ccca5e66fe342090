using System.Text;
using System.Text.Json;

namespace Conformance.TestBeds.External;

/// <summary>A value in a JSON file that knows its line, so that a mistake in it can be found.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">Of a string, a number, true or false: as it is meant, without quotes.</param>
/// <param name="Members">Of an object, in their order; keys may stand twice.</param>
/// <param name="Items">Of an array.</param>
internal sealed record LocatedJson(
    int Line,
    JsonValueKind Kind,
    string Text,
    IReadOnlyList<(string Key, LocatedJson Value)> Members,
    IReadOnlyList<LocatedJson> Items
)
{
    /// <summary>Reads JSON with comments and commas behind the last value.</summary>
    /// <exception cref="JsonException">It is not JSON; the line is counted from 0.</exception>
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

    /// <summary>Counts lines forward: the reader only goes forward.</summary>
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
