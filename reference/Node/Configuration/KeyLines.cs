using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pmip.Node.Configuration;

/// <summary>Finds the line of a key in a JSON text, for messages about values that only make no sense to us.</summary>
internal static class KeyLines
{
    /// <param name="key">As in <see cref="NodeConfigurationException"/>.</param>
    /// <returns>The line of the key, or of the nearest one around it that there is; the first is 1.</returns>
    public static int Find(string json, string key)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var lines = Collect(bytes);
        for (var at = key; at.Length > 0; at = Around(at))
        {
            if (lines.TryGetValue(at, out var line)) return line;
        }

        return 1;
    }

    private static string Around(string key) => key[..Math.Max(0, key.LastIndexOfAny(['.', '[']))];

    private static Dictionary<string, int> Collect(byte[] json)
    {
        var lines = new Dictionary<string, int>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var containers = new Stack<(string Key, int NextItem)>();
        var key = "";
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                containers.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var parent = containers.Peek().Key;
                key = parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}";
                lines[key] = LineOf(json, reader.TokenStartIndex);
                continue;
            }

            if (containers.TryPeek(out var array) && array.NextItem >= 0)
            {
                containers.Pop();
                containers.Push(array with { NextItem = array.NextItem + 1 });
                key = string.Create(CultureInfo.InvariantCulture, $"{array.Key}[{array.NextItem}]");
                lines[key] = LineOf(json, reader.TokenStartIndex);
            }

            if (reader.TokenType == JsonTokenType.StartObject) containers.Push((key, -1));
            if (reader.TokenType == JsonTokenType.StartArray) containers.Push((key, 0));
        }

        return lines;
    }

    private static int LineOf(byte[] json, long index) => 1 + json.AsSpan(0, (int)index).Count((byte)'\n');
}
