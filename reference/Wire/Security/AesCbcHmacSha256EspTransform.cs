using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>AES in Cipher Block Chaining mode, RFC 3602, authenticated by HMAC-SHA-256-128, RFC 4868.</summary>
/// <param name="EncryptionKey">16, 24 or 32 octets.</param>
/// <param name="IntegrityKey">32 octets.</param>
/// <exception cref="ArgumentException">A key has a different length.</exception>
public sealed record AesCbcHmacSha256EspTransform(OctetString EncryptionKey, OctetString IntegrityKey) : EspTransform
{
    /// <summary>RFC 3602, Sections 2.4 and 3: the length in octets of an AES block and of the initialization vector.</summary>
    private const int AesBlockLength = 16;

    public OctetString EncryptionKey
    {
        get;
        init => field = RequireAesKey(value);
    } = RequireAesKey(EncryptionKey);

    public OctetString IntegrityKey
    {
        get;
        init => field = HmacSha256.RequireKey(value);
    } = HmacSha256.RequireKey(IntegrityKey);

    public override int InitializationVectorLength => AesBlockLength;

    private protected override int BlockLength => AesBlockLength;

    private protected override void Protect(ReadOnlySpan<byte> plain, Span<byte> packet, uint? highSequenceNumber)
    {
        using var cipher = Cipher();
        cipher.EncryptCbc(plain, InitializationVector(packet), Encrypted(packet), PaddingMode.None);
        HmacSha256.Compute(IntegrityKey, Authenticated(packet), highSequenceNumber).CopyTo(IntegrityCheckValue(packet));
    }

    private protected override bool TryUncover(ReadOnlySpan<byte> packet, Span<byte> plain, uint? highSequenceNumber)
    {
        var expected = HmacSha256.Compute(IntegrityKey, Authenticated(packet), highSequenceNumber);
        if (!CryptographicOperations.FixedTimeEquals(expected, IntegrityCheckValue(packet)))
        {
            return false;
        }

        using var cipher = Cipher();
        cipher.DecryptCbc(Encrypted(packet), InitializationVector(packet), plain, PaddingMode.None);
        return true;
    }

    private Aes Cipher()
    {
        var cipher = Aes.Create();
        cipher.Key = EncryptionKey.ToArray();
        return cipher;
    }
}
