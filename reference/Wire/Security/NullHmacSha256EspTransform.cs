using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>No encryption, RFC 2410, authenticated by HMAC-SHA-256-128, RFC 4868.</summary>
/// <param name="IntegrityKey">32 octets.</param>
/// <exception cref="ArgumentException">The key has a different length.</exception>
public sealed record NullHmacSha256EspTransform(OctetString IntegrityKey) : EspTransform
{
    public OctetString IntegrityKey
    {
        get;
        init => field = HmacSha256.RequireKey(value);
    } = HmacSha256.RequireKey(IntegrityKey);

    public override int InitializationVectorLength => 0;

    private protected override int BlockLength => 4;

    private protected override void Protect(ReadOnlySpan<byte> plain, Span<byte> packet, uint? highSequenceNumber)
    {
        plain.CopyTo(Encrypted(packet));
        HmacSha256.Compute(IntegrityKey, Authenticated(packet), highSequenceNumber).CopyTo(IntegrityCheckValue(packet));
    }

    private protected override bool TryUncover(ReadOnlySpan<byte> packet, Span<byte> plain, uint? highSequenceNumber)
    {
        Encrypted(packet).CopyTo(plain);
        var expected = HmacSha256.Compute(IntegrityKey, Authenticated(packet), highSequenceNumber);
        return CryptographicOperations.FixedTimeEquals(expected, IntegrityCheckValue(packet));
    }
}
