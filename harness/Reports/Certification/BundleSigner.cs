using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Conformance.Reports.Certification;

/// <summary>The one who has signed a bundle, as the certificate in the signature says.</summary>
/// <param name="Certificate">The certificate whose key has signed.</param>
/// <param name="SignedAt">The time that the signer states; null if the signature has none.</param>
public sealed record BundleSigner(X509Certificate2 Certificate, DateTimeOffset? SignedAt)
{
    public string Subject => Certificate.Subject;

    /// <summary>The SHA-256 of the certificate in hexadecimal digits.</summary>
    public string Fingerprint => FingerprintOf(Certificate);

    /// <summary>True if the signer states a time, and the certificate was valid then.</summary>
    public bool WasValid =>
        SignedAt is { } at && at >= new DateTimeOffset(Certificate.NotBefore) && at <= new DateTimeOffset(Certificate.NotAfter);

    public static string FingerprintOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    /// <summary>
    /// True if the certificate is one of those given, or one of those has issued it. The chain is checked at the time of the signature,
    /// because a bundle outlives certificates; nothing is asked of a network.
    /// </summary>
    public bool IsOneOf(X509Certificate2Collection trusted)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        if (trusted.Any(certificate => FingerprintOf(certificate) == Fingerprint))
        {
            return true;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = (SignedAt ?? DateTimeOffset.UtcNow).UtcDateTime;
        return chain.Build(Certificate);
    }
}
