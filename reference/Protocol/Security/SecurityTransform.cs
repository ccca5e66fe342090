namespace Pmip.Protocol.Security;

/// <summary>
/// The algorithms of a security association with manual keys. AES-GCM is not among them: RFC 4106, Section 2, requires that its keys are
/// negotiated.
/// </summary>
public enum SecurityTransform
{
    /// <summary>No encryption, RFC 2410; HMAC-SHA-256-128, RFC 4868. The key has 32 octets.</summary>
    NullHmacSha256,

    /// <summary>
    /// AES-CBC, RFC 3602; HMAC-SHA-256-128, RFC 4868. The key for encryption, of 16, 24 or 32 octets, precedes the 32 octets of the key
    /// for authentication.
    /// </summary>
    AesCbcHmacSha256,
}
