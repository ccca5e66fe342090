using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports.Certification;

namespace Conformance.Harness.Tests.Certification;

/// <summary>A bundle of a few scenarios of the reference, and the keys of those who sign it.</summary>
internal sealed class SmallBundle : IDisposable
{
    private static readonly (string Key, string Certificate) _lab = NewKey("lab");
    private static readonly (string Key, string Certificate) _other = NewKey("other");
    private static readonly Lazy<byte[]> _content = new(CertifyOnce);

    private readonly TemporaryDirectory _directory = new();

    private const string Classes = """
        {
          "classes": [
            {
              "id": "registration",
              "title": "Registration",
              "roles": ["LMA"],
              "claims": { "rfc5213": ["timestamp-option"] },
              "scenarios": ["small*"]
            },
            {
              "id": "other",
              "title": "Other",
              "roles": ["LMA"],
              "claims": { "rfc5213": ["an-item-that-nobody-claims"] },
              "scenarios": ["*"]
            }
          ]
        }
        """;

    public SmallBundle()
    {
        Suite.WriteSpecification("features/classes/classes.json", Classes);
        (Key, Certificate) = (_directory.KeyFile("lab.pem", _lab.Key), _directory.File("lab.crt", _lab.Certificate));
        (OtherKey, OtherCertificate) = (_directory.KeyFile("other.pem", _other.Key), _directory.File("other.crt", _other.Certificate));
    }

    /// <summary>A bundle as <c>certify</c> has written it; the certification itself runs once for all tests.</summary>
    public static SmallBundle Certified()
    {
        var bundle = new SmallBundle();
        File.WriteAllBytes(bundle.Path, _content.Value);
        return bundle;
    }

    public SmallSuite Suite { get; } = new();

    public string Path => System.IO.Path.Combine(_directory.Path, "bundle.zip");

    public string Key { get; }

    public string Certificate { get; }

    public string OtherKey { get; }

    public string OtherCertificate { get; }

    public Outcome Certify(params string[] options) =>
        Shell.Run(["certify", "--features", Suite.Features, "--key", Key, "--out", Path, .. options]);

    public Outcome Verify(params string[] options) =>
        Shell.Run(["verify", Path, "--features", Suite.Features, "--signer", Certificate, .. options]);

    /// <summary>Changes the files of the bundle.</summary>
    /// <param name="change">Gets the directory with the files.</param>
    /// <param name="signed">True to make a new manifest and to sign it with the key of the lab.</param>
    public void Change(Action<string> change, bool signed)
    {
        var files = Directory.CreateDirectory(System.IO.Path.Combine(_directory.Path, "files")).FullName;
        BundleArchive.Extract(Path, files);
        change(files);
        if (signed)
        {
            var manifest = BundleManifest.Of(files).ToOctets();
            using var key = SigningKey.Read(Key);
            File.WriteAllBytes(System.IO.Path.Combine(files, BundleManifest.FileName), manifest);
            File.WriteAllBytes(
                System.IO.Path.Combine(files, BundleSignature.FileName),
                BundleSignature.Sign(manifest, key, DateTimeOffset.UtcNow)
            );
        }

        BundleArchive.Write(files, Path, DateTimeOffset.UtcNow);
        Directory.Delete(files, recursive: true);
    }

    /// <summary>The content of every file of the bundle, by its name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = Directory.CreateDirectory(System.IO.Path.Combine(_directory.Path, "read")).FullName;
        BundleArchive.Extract(Path, files);
        var read = BundleManifest.FilesIn(files).ToDictionary(name => name, name => File.ReadAllBytes(System.IO.Path.Combine(files, name)));
        Directory.Delete(files, recursive: true);
        return read;
    }

    public void Dispose()
    {
        Suite.Dispose();
        _directory.Dispose();
    }

    /// <summary>A key with its certificate, and the certificate alone, in PEM.</summary>
    private static (string Key, string Certificate) NewKey(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var pem = certificate.ExportCertificatePem();
        return ($"{pem}\n{key.ExportPkcs8PrivateKeyPem()}\n", pem);
    }

    private static byte[] CertifyOnce()
    {
        using var bundle = new SmallBundle();
        bundle.Certify();
        return File.ReadAllBytes(bundle.Path);
    }
}
