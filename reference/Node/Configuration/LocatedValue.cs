using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pmip.Node.Configuration;

/// <summary>A JSON value with its location, for messages that name the offending key and its line.</summary>
internal sealed class LocatedValue
{
    private readonly string _file;

    private LocatedValue(string file, string key, int line, JsonTokenType type) => (_file, Key, Line, Type) = (file, key, line, type);

    /// <summary>As in <see cref="NodeConfigurationException.Key"/>.</summary>
    public string Key { get; }

    /// <summary>The line number; the first line is 1.</summary>
    public int Line { get; }

    /// <summary>The type of the value; for objects and arrays, their start token.</summary>
    public JsonTokenType Type { get; }

    /// <summary>The text between the quotes, or the digits of a number.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The members of an object, by their name.</summary>
    public Dictionary<string, LocatedValue> Members { get; } = [];

    /// <summary>The values of an array.</summary>
    public List<LocatedValue> Items { get; } = [];

    /// <exception cref="NodeConfigurationException">The text is not JSON. Comments and trailing commas are allowed.</exception>
    public static LocatedValue Parse(string json, string file)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(
            bytes,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        try
        {
            reader.Read();
            var value = Read(ref reader, bytes, file, "");
            reader.Read();
            return value;
        }
        catch (JsonException wrong)
        {
            throw new NodeConfigurationException(file, 1 + (int)(wrong.LineNumber ?? 0), "", wrong.Message);
        }
    }

    /// <summary>An error at the location of this value.</summary>
    public NodeConfigurationException Error(string reason) => new(_file, Line, Key, reason);

    /// <summary>The key of a member of this object.</summary>
    public string KeyOf(string member) => Key.Length == 0 ? member : $"{Key}.{member}";

    private static LocatedValue Read(ref Utf8JsonReader reader, byte[] json, string file, string key)
    {
        var value = new LocatedValue(file, key, 1 + json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n'), reader.TokenType);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    ReadMember(ref reader, json, file, value);
                }
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    value.Items.Add(
                        Read(ref reader, json, file, string.Create(CultureInfo.InvariantCulture, $"{key}[{value.Items.Count}]"))
                    );
                }
                break;
            case JsonTokenType.String:
                value.Text = reader.GetString()!;
                break;
            default:
                value.Text = Encoding.UTF8.GetString(reader.ValueSpan);
                break;
        }

        return value;
    }

    private static void ReadMember(ref Utf8JsonReader reader, byte[] json, string file, LocatedValue of)
    {
        var name = reader.GetString()!;
        reader.Read();
        var member = Read(ref reader, json, file, of.KeyOf(name));
        if (!of.Members.TryAdd(name, member))
        {
            throw member.Error("occurs twice");
        }
    }
}
