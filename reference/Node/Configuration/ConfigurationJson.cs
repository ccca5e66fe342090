using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(AddressJson), typeof(InterfaceAddressJson), typeof(PrefixJson), typeof(MacAddressJson), typeof(MillisecondsJson), typeof(AccessTechnologyJson)])]
[JsonSerializable(typeof(ConfigurationFile))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;

/// <summary>A value that stands in the file as text.</summary>
internal abstract class TextJson<T>(string what) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"{Shown(ref reader)} is not {what}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue($"{value}");

    protected abstract bool TryParse(string text, out T value);

    private static string Shown(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? $"'{reader.GetString()}'" : $"a {reader.TokenType}";
}

internal sealed class AddressJson() : TextJson<IPAddress>("an IPv6 address")
{
    protected override bool TryParse(string text, out IPAddress value) =>
        IPAddress.TryParse(text, out value!) && value.AddressFamily == AddressFamily.InterNetworkV6;
}

internal sealed class InterfaceAddressJson() : TextJson<InterfaceAddress>("an IPv6 address with its prefix length, as 2001:db8:100::1/64")
{
    protected override bool TryParse(string text, out InterfaceAddress value) => InterfaceAddress.TryParse(text, out value!);
}

internal sealed class PrefixJson() : TextJson<Ipv6Prefix>("an IPv6 prefix, as 2001:db8::/32")
{
    protected override bool TryParse(string text, out Ipv6Prefix value) => Ipv6Prefix.TryParse(text, out value);
}

internal sealed class MacAddressJson() : TextJson<MacAddress>("a MAC address, as 02:5e:00:00:00:01")
{
    protected override bool TryParse(string text, out MacAddress value) => MacAddress.TryParse(text, out value);
}

/// <summary>RFC 5213, Section 8.5: the name of a value, as the enumeration has it.</summary>
internal sealed class AccessTechnologyJson() : TextJson<AccessTechnologyType>($"one of {string.Join(", ", Enum.GetNames<AccessTechnologyType>())}")
{
    protected override bool TryParse(string text, out AccessTechnologyType value) => Enum.TryParse(text, out value) && Enum.IsDefined(value);
}

/// <summary>A time as a number of milliseconds.</summary>
internal sealed class MillisecondsJson : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds) && Math.Abs(milliseconds) <= TimeSpan.MaxValue.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new JsonException("is not a whole number of milliseconds");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue((long)value.TotalMilliseconds);
}
