using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Conformance.Reports;
using Conformance.Reports.Certification;

namespace Conformance.Cli;

/// <summary>Keys, certificates and archives of the certification commands, as files.</summary>
internal static class BundleFiles
{
    /// <exception cref="CannotRunException">The file has no usable key, or others may read it.</exception>
    public static SigningKey ReadKey(string file) => Reading(() => SigningKey.Read(file));

    /// <summary>The certificates in PEM files.</summary>
    /// <exception cref="CannotRunException">A file has no certificate.</exception>
    public static X509Certificate2Collection ReadCertificates(IEnumerable<string> files)
    {
        var all = new X509Certificate2Collection();
        foreach (var file in files)
        {
            var before = all.Count;
            Reading<object?>(() =>
            {
                all.ImportFromPemFile(file);
                return null;
            });
            if (all.Count == before)
            {
                throw new CannotRunException($"{file} has no certificate; expected one in PEM.");
            }
        }

        return all;
    }

    /// <summary>Signs the files of a directory, packs them, and deletes the directory.</summary>
    /// <exception cref="CannotRunException">The bundle cannot be written.</exception>
    public static void Sign(string directory, string bundle, SigningKey key)
    {
        Reading<object?>(() =>
        {
            var now = DateTimeOffset.UtcNow;
            var manifest = BundleManifest.Of(directory).ToOctets();
            File.WriteAllBytes(Path.Combine(directory, BundleManifest.FileName), manifest);
            File.WriteAllBytes(Path.Combine(directory, BundleSignature.FileName), BundleSignature.Sign(manifest, key, now));
            BundleArchive.Write(directory, bundle, now);
            Directory.Delete(directory, recursive: true);
            return null;
        });
    }

    /// <summary>Reads or writes files; what goes wrong becomes a message for the user.</summary>
    /// <exception cref="CannotRunException">A file cannot be read or written, or is not what it should be.</exception>
    public static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CannotRunException(e.Message);
        }
    }
}
