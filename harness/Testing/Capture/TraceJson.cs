using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Capture;

/// <summary>
/// The form of facts and events in JSON, in traces and in the journal: addresses, prefixes and ports are texts, and of what is marked with
/// <see cref="SecretAttribute"/> there is the fingerprint alone.
/// </summary>
public static partial class TraceJson
{
    private const int FingerprintDigits = 16;

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
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Hide } },
        };

    private static void Hide(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (
                property is { AttributeProvider: { } attributes, Get: { } read }
                && attributes.IsDefined(typeof(SecretAttribute), inherit: true)
            )
            {
                property.Get = owner =>
                    read(owner) switch
                    {
                        null => null,
                        string secret => FingerprintOf(secret),
                        IEnumerable<string> secrets => secrets.Select(FingerprintOf).ToArray(),
                        _ => throw new NotSupportedException($"{property.Name} is a secret, and neither a text nor texts."),
                    };
            }
        }
    }

    /// <summary>What was read from a trace is a fingerprint, and stays one.</summary>
    private static string FingerprintOf(string secret) =>
        Fingerprint().IsMatch(secret)
            ? secret
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..FingerprintDigits]}";

    [GeneratedRegex(@"^sha256:[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fingerprint();

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
