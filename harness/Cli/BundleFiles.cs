using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.Reports.Html;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>Keys, certificates and archives of the certification commands, as files.</summary>
internal static partial class BundleFiles
{
    /// <summary>The files of a certification beside its captures.</summary>
    private static readonly HashSet<string> _fixed = new(
        [
            RunJournal.FileName,
            JunitReport.FileName,
            TraceabilityReport.FileName,
            HtmlReport.FileName,
            ConclusionsFile.FileName,
            TestReports.SystemFileName,
            TestReports.ProtocolFileName,
            ConformanceStatement.FileName,
        ],
        StringComparer.Ordinal
    );

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

    /// <summary>Finds out before a run whether its bundle can be written, and whether its directory has files of others.</summary>
    /// <exception cref="CannotRunException">It cannot, or it has.</exception>
    public static void RequireWritable(string bundle, string directory)
    {
        try
        {
            BundleArchive.RequireWritable(bundle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"{bundle} cannot be written: {e.Message}");
        }

        if (Directory.Exists(directory))
        {
            Reading(() =>
                BundleManifest.FilesIn(directory).FirstOrDefault(name => !IsOfCertification(name)) is { } other
                    ? throw Foreign(directory, other)
                    : 0
            );
        }
    }

    /// <summary>
    /// Signs the journal of a run, its reports and papers, and the captures that the journal names, packs them, and deletes them. Other
    /// captures are left over from a run before, and deleted, too.
    /// </summary>
    /// <exception cref="CannotRunException">The bundle cannot be written, or the directory has a file that is no part of it.</exception>
    public static void Sign(string directory, Run run, string bundle, SigningKey key)
    {
        try
        {
            var now = DateTimeOffset.UtcNow;
            var captures = run.Judgements.Select(result => result.Capture).OfType<string>().ToList();
            var named = _fixed.Concat(captures).Concat(captures.Select(TraceFile.EventsBeside)).ToHashSet(StringComparer.Ordinal);
            var present = BundleManifest.FilesIn(directory).Where(name => name != RunDirectory.LockName).ToList();
            if (present.FirstOrDefault(name => !IsOfCertification(name)) is { } other)
            {
                throw Foreign(directory, other);
            }

            List<string> signed = [.. present.Where(named.Contains)];
            var manifest = BundleManifest.Of(directory, signed).ToOctets();
            File.WriteAllBytes(Path.Combine(directory, BundleManifest.FileName), manifest);
            File.WriteAllBytes(Path.Combine(directory, BundleSignature.FileName), BundleSignature.Sign(manifest, key, now));
            signed.AddRange([BundleManifest.FileName, BundleSignature.FileName]);
            BundleArchive.Write(directory, signed.Order(StringComparer.Ordinal), bundle, now);
            foreach (var name in present.Union(signed))
            {
                File.Delete(Path.Combine(directory, name));
            }

            foreach (var emptied in Directory.GetDirectories(directory))
            {
                Directory.Delete(emptied, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CannotRunException($"{bundle} cannot be written: {e.Message} What was run is in {directory}; --resume signs it.");
        }
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

    private static bool IsOfCertification(string name) =>
        name == RunDirectory.LockName || BundleManifest.IsOutside(name) || _fixed.Contains(name) || Capture().IsMatch(name);

    private static CannotRunException Foreign(string directory, string name) =>
        new($"{name} is no file of a certification, and would not be signed; move it out of {directory}.");

    [GeneratedRegex(@"^captures/(attempt-\d+/)?[^/.][^/]*(\.pcapng|\.trace\.ndjson)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Capture();
}
