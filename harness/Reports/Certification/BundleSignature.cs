using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Conformance.Reports.Certification;

/// <summary>Signatures of a manifest: detached CMS with the certificate of the signer (RFC 5652), which OpenSSL verifies, too.</summary>
public static class BundleSignature
{
    /// <summary>The signature of the one who has tested.</summary>
    public const string FileName = "manifest.p7s";

    /// <summary>The signature of a witness, who has verified the bundle. A bundle need not have it.</summary>
    public const string WitnessFileName = "witness.p7s";

    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>SHA-256, SHA-384 and SHA-512 (RFC 5754).</summary>
    private static readonly string?[] _digests = [Sha256, "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <param name="at">The time of the signature, which becomes a part of it.</param>
    public static byte[] Sign(byte[] manifest, SigningKey key, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(key);
        var message = new SignedCms(new ContentInfo(manifest), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, key.Certificate)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(at.UtcDateTime));
        message.ComputeSignature(signer, silent: true);
        return message.Encode();
    }

    /// <summary>Says whether the octets are a signature of the manifest, by whomever.</summary>
    /// <param name="why">Why they are not; null if they are.</param>
    public static bool TryVerify(
        byte[] manifest,
        byte[] signature,
        [NotNullWhen(true)] out BundleSigner? signer,
        [NotNullWhen(false)] out string? why
    )
    {
        (signer, why) = (null, null);
        try
        {
            var message = new SignedCms(new ContentInfo(manifest), detached: true);
            message.Decode(signature);
            if (message.SignerInfos is not [{ Certificate: { } certificate } info])
            {
                why = "does not have one signer with a certificate.";
                return false;
            }

            if (!_digests.Contains(info.DigestAlgorithm.Value))
            {
                why = $"uses the digest algorithm {info.DigestAlgorithm.Value}, which is none of SHA-2.";
                return false;
            }

            message.CheckSignature(verifySignatureOnly: true);
            signer = new BundleSigner(certificate, SigningTimeOf(info));
            return true;
        }
        catch (CryptographicException e)
        {
            why = $"is no signature of this manifest: {e.Message}";
            return false;
        }
    }

    private static DateTimeOffset? SigningTimeOf(SignerInfo signer) =>
        signer
            .SignedAttributes.Cast<CryptographicAttributeObject>()
            .SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>())
            .OfType<Pkcs9SigningTime>()
            .Select(time => (DateTimeOffset?)new DateTimeOffset(time.SigningTime, TimeSpan.Zero))
            .FirstOrDefault();
}
