using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Capture;

/// <summary>The form of facts and events in JSON: addresses, prefixes and ports are texts.</summary>
public static class TraceJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            Converters =
            {
                new JsonStringEnumConverter(),
                new TextConverter<IPAddress>(IPAddress.Parse),
                new TextConverter<MacAddress>(MacAddress.Parse),
                new TextConverter<Ipv6Prefix>(Ipv6Prefix.Parse),
                new TextConverter<IpPrefix>(IpPrefix.Parse),
                new TextConverter<PortId>(name => new PortId(name)),
            },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("a text is expected.");
            try
            {
                return parse(text);
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value!.ToString());
    }
}
