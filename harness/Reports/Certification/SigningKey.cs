using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Conformance.Reports.Certification;

/// <summary>A private key with its certificate, by which bundles are signed.</summary>
public sealed class SigningKey : IDisposable
{
    private SigningKey(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate, which has the private key.</summary>
    internal X509Certificate2 Certificate { get; }

    public string Subject => Certificate.Subject;

    /// <summary>The SHA-256 of the certificate in hexadecimal digits.</summary>
    public string Fingerprint => BundleSigner.FingerprintOf(Certificate);

    /// <summary>Reads a PEM file with a certificate and its private key (RSA or ECDSA), which is not encrypted.</summary>
    /// <exception cref="InvalidDataException">
    /// The file has no certificate with its private key, or other users than its owner can read or change it. The message names the file.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SigningKey Read(string path)
    {
        var others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
        {
            throw new InvalidDataException($"{path}: other users can read or change this key; give the file the mode 0600.");
        }

        var pem = File.ReadAllText(path);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(pem, pem);
            if (certificate.GetRSAPrivateKey() is null && certificate.GetECDsaPrivateKey() is null)
            {
                certificate.Dispose();
                throw new InvalidDataException($"{path}: this is no key of RSA or ECDSA, and no other kind can sign a bundle.");
            }

            return new SigningKey(certificate);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException(
                $"{path}: expected a certificate and its private key, both in PEM and without a password: {e.Message}",
                e
            );
        }
    }

    public void Dispose() => Certificate.Dispose();
}
