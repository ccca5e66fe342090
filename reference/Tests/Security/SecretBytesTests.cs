using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentAssertions;
using Pmip.Protocol.Security;
using Xunit;

namespace Pmip.Reference.Tests.Security;

public sealed class SecretBytesTests
{
    private static readonly SecretBytes _secret = new("the key of a test"u8.ToArray());

    private static readonly JsonSerializerOptions _everything = new() { IncludeFields = true, Converters = { new AddressConverter() } };

    public static TheoryData<object> Holders => [Keys.OfAnchor().Associations[0], new AssociationState(Keys.OfAnchor().Associations[0])];

    [Theory]
    [MemberData(nameof(Holders))]
    public void Text_AndJson_DoNotShowTheOctets(object holder)
    {
        var octets = Keys.OfAnchor().Associations[0].Key.Reveal().ToArray();
        var shown = $"{holder} {JsonSerializer.Serialize(holder, holder.GetType(), _everything)}";

        shown.Should().Contain("\"Length\":64");
        // Also the keys into which an algorithm divides them.
        foreach (var part in (byte[][])[octets[..8], octets[^8..]])
        {
            shown.Should().NotContainEquivalentOf(Convert.ToHexString(part)).And.NotContain(Convert.ToBase64String(part)[..8]);
            shown.Should().NotContain(string.Join(',', part));
        }
    }

    [Fact]
    public void Secret_IsShownByItsLength()
    {
        _secret.ToString().Should().Be("secret, 17 octets");
        JsonSerializer.Serialize(_secret, _everything).Should().Be("{\"Length\":17}");
    }

    [Fact]
    public void Debugger_DoesNotShowTheOctets()
    {
        typeof(SecretBytes).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("{ToString(),nq}");
        typeof(SecretBytes)
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Should()
            .OnlyContain(field => field.GetCustomAttribute<DebuggerBrowsableAttribute>()!.State == DebuggerBrowsableState.Never);
    }

    [Fact]
    public void Secrets_AreEqual_WhenTheirOctetsAre()
    {
        _secret.Should().Be(new SecretBytes("the key of a test"u8.ToArray())).And.NotBe(new SecretBytes("the key of a Test"u8.ToArray()));
        _secret.GetHashCode().Should().Be(new SecretBytes("the key of a test"u8.ToArray()).GetHashCode());
        _secret.Reveal().ToText().Should().Be("the key of a test");
    }

    private sealed class AddressConverter : JsonConverter<IPAddress>
    {
        public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
