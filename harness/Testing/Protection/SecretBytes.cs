using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conformance.Testing.Protection;

/// <summary>
/// The keying material of a security association: the encryption key, if its algorithms have one, then the integrity key (RFC 4301,
/// Section 4.5.2). Whatever shows it shows its fingerprint instead.
/// </summary>
[DebuggerDisplay("{Fingerprint,nq}")]
[JsonConverter(typeof(FingerprintConverter))]
public sealed class SecretBytes
{
    private const int FingerprintLength = 8;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _octets;

    public SecretBytes(ReadOnlySpan<byte> octets)
    {
        _octets = octets.ToArray();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(octets)[..FingerprintLength]);
    }

    /// <summary>The first 8 octets of the SHA-256 of the octets, in hexadecimal digits.</summary>
    public string Fingerprint { get; }

    public int Length => _octets.Length;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ReadOnlySpan<byte> Octets => _octets;

    /// <summary>A key that differs from this one in every octet.</summary>
    public SecretBytes Inverted() => new([.. _octets.Select(octet => (byte)~octet)]);

    public static bool TryParse(string hexadecimal, out SecretBytes? key)
    {
        var isHexadecimal = hexadecimal.Length > 0 && hexadecimal.Length % 2 == 0 && hexadecimal.All(digit => char.IsAsciiHexDigit(digit));
        key = isHexadecimal ? new SecretBytes(Convert.FromHexString(hexadecimal)) : null;
        return isHexadecimal;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"key {Fingerprint}");

    private sealed class FingerprintConverter : JsonConverter<SecretBytes>
    {
        public override SecretBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("a key is not read from here.");

        public override void Write(Utf8JsonWriter writer, SecretBytes value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Fingerprint);
    }
}
