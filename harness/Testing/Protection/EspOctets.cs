using System.Buffers.Binary;
using System.Security.Cryptography;
using Conformance.Testing.Domains;

namespace Conformance.Testing.Protection;

/// <summary>Why an ESP packet could not be opened.</summary>
public enum EspFault
{
    /// <summary>The algorithms make no packet of this length.</summary>
    Length,

    /// <summary>The Integrity Check Value is not that of the key.</summary>
    CheckValue,

    /// <summary>Pad Length states more octets than there are.</summary>
    PadLength,
}

/// <summary>What an ESP packet protects.</summary>
/// <param name="Start">The offset in the packet of the first protected octet.</param>
/// <param name="Data">The protected octets, without padding.</param>
public sealed record EspContent(byte NextHeader, int Start, byte[] Data);

/// <summary>
/// The tester's own ESP (RFC 4303), with the ciphers of the framework. A fault in the transforms of the codec, which the reference uses,
/// therefore does not cancel out.
/// </summary>
/// <remarks>
/// <c>SPI (4) | Sequence Number (4) | IV (16, AES-CBC only) | data | padding 1, 2, 3, ... | Pad Length | Next Header | ICV (16)</c>. The
/// ICV is HMAC-SHA-256 over everything before it, cut to 128 bits (RFC 4868, Section 2.3).
/// </remarks>
public static class EspOctets
{
    public const int HeaderLength = 8;
    public const int CheckValueLength = 16;

    private const int IntegrityKeyLength = 32;
    private const int TrailerLength = 2;
    private const int BlockLength = 16;

    /// <summary>RFC 4303, Section 2.4: Pad Length and Next Header are right-aligned in 4 octets.</summary>
    private const int Alignment = 4;

    private static readonly int[] _aesKeyLengths = [16, 24, 32];

    /// <summary>True if keying material of this length is that of the algorithms.</summary>
    public static bool Fits(EspAlgorithms algorithms, int length) =>
        algorithms == EspAlgorithms.NullHmacSha256 ? length == IntegrityKeyLength : _aesKeyLengths.Contains(length - IntegrityKeyLength);

    /// <param name="iv">The initialization vector of AES-CBC, 16 octets; not used with NULL encryption.</param>
    public static byte[] Seal(
        EspAlgorithms algorithms,
        SecretBytes key,
        uint spi,
        uint sequenceNumber,
        byte[] iv,
        byte nextHeader,
        ReadOnlySpan<byte> data
    )
    {
        var isEncrypted = algorithms == EspAlgorithms.AesCbcHmacSha256;
        var multiple = isEncrypted ? BlockLength : Alignment;
        var padding = (multiple - ((data.Length + TrailerLength) % multiple)) % multiple;
        byte[] plain = [.. data, .. Enumerable.Range(1, padding).Select(octet => (byte)octet), (byte)padding, nextHeader];
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt32BigEndian(header, spi);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), sequenceNumber);
        byte[] covered;
        if (isEncrypted)
        {
            using var aes = Aes.Create();
            aes.Key = EncryptionKey(key).ToArray();
            covered = [.. header, .. iv, .. aes.EncryptCbc(plain, iv, PaddingMode.None)];
        }
        else
        {
            covered = [.. header, .. plain];
        }

        return [.. covered, .. CheckValue(key, covered)];
    }

    /// <param name="packet">The packet from its SPI on.</param>
    /// <param name="fault">Why it could not be opened; null if it could.</param>
    public static EspContent? Open(EspAlgorithms algorithms, SecretBytes key, ReadOnlySpan<byte> packet, out EspFault? fault)
    {
        var isEncrypted = algorithms == EspAlgorithms.AesCbcHmacSha256;
        var start = HeaderLength + (isEncrypted ? BlockLength : 0);
        var end = packet.Length - CheckValueLength;
        if (end < start + TrailerLength || (isEncrypted && (end - start) % BlockLength != 0))
        {
            fault = EspFault.Length;
            return null;
        }

        if (!CryptographicOperations.FixedTimeEquals(CheckValue(key, packet[..end]), packet[end..]))
        {
            fault = EspFault.CheckValue;
            return null;
        }

        var plain = packet[start..end].ToArray();
        if (isEncrypted)
        {
            using var aes = Aes.Create();
            aes.Key = EncryptionKey(key).ToArray();
            plain = aes.DecryptCbc(plain, packet[HeaderLength..start], PaddingMode.None);
        }

        var length = plain.Length - TrailerLength - plain[^TrailerLength];
        fault = length < 0 ? EspFault.PadLength : null;
        return length < 0 ? null : new EspContent(plain[^1], start, plain[..length]);
    }

    /// <summary>The encryption key of AES-CBC, in hexadecimal digits, as the side file for other programs has it.</summary>
    internal static ReadOnlySpan<byte> EncryptionKey(SecretBytes key) => key.Octets[..^IntegrityKeyLength];

    internal static ReadOnlySpan<byte> IntegrityKey(SecretBytes key) => key.Octets[^IntegrityKeyLength..];

    private static ReadOnlySpan<byte> CheckValue(SecretBytes key, ReadOnlySpan<byte> covered) =>
        HMACSHA256.HashData(IntegrityKey(key), covered).AsSpan(0, CheckValueLength);
}
