using System.IO.Compression;
using Conformance.Testing.Capture;

namespace Conformance.Reports.Certification;

/// <summary>Packs and unpacks bundles.</summary>
public static class BundleArchive
{
    /// <summary>More than any run needs: an archive that unpacks to more is refused before it fills a disk.</summary>
    private const long MaximumSize = 8L << 30;

    /// <summary>Packs every file below a directory. The same files and time always make the same archive.</summary>
    /// <param name="bundle">The archive; an earlier one is replaced once the new one is complete.</param>
    /// <param name="at">The time of the files in the archive.</param>
    /// <exception cref="IOException">A file cannot be read, or the archive cannot be written.</exception>
    public static void Write(string directory, string bundle, DateTimeOffset at) =>
        Write(directory, BundleManifest.FilesIn(directory), bundle, at);

    /// <summary>Packs some files below a directory.</summary>
    /// <param name="names">Their names, with forward slashes.</param>
    /// <inheritdoc cref="Write(string, string, DateTimeOffset)"/>
    public static void Write(string directory, IEnumerable<string> names, string bundle, DateTimeOffset at)
    {
        var unfinished = UnfinishedOf(bundle);
        File.Delete(unfinished);
        using (var archive = ZipFile.Open(unfinished, ZipArchiveMode.Create))
        {
            foreach (var name in names)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = at;
                using var packed = entry.Open();
                using var file = File.OpenRead(Path.Combine(directory, name));
                file.CopyTo(packed);
            }
        }

        File.Move(unfinished, bundle, overwrite: true);
    }

    /// <summary>Finds out whether a bundle can be written, before the hours of a run.</summary>
    /// <param name="bundle">The archive; its directory is created.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void RequireWritable(string bundle)
    {
        if (Directory.Exists(bundle))
        {
            throw new IOException("it is a directory.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(bundle))!);
        File.Create(UnfinishedOf(bundle)).Dispose();
        File.Delete(UnfinishedOf(bundle));
    }

    /// <summary>Unpacks a bundle into an empty directory.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is no archive, or has a name that comes twice or leaves the directory, or unpacks to too much.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Extract(string bundle, string directory)
    {
        using var archive = ZipFile.OpenRead(bundle);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var left = MaximumSize;
        foreach (var entry in archive.Entries)
        {
            var isDirectory = entry.FullName.EndsWith('/') && entry.Length == 0;
            if (!SafePath.IsSafe(isDirectory ? entry.FullName[..^1] : entry.FullName))
            {
                throw new InvalidDataException($"{bundle}: '{entry.FullName}' is no name of a file in a bundle.");
            }

            if (isDirectory)
            {
                continue;
            }

            if (!names.Add(entry.FullName))
            {
                throw new InvalidDataException($"{bundle}: {entry.FullName} comes twice.");
            }

            left -= entry.Length;
            if (left < 0)
            {
                throw new InvalidDataException($"{bundle}: {entry.FullName} and those before it are larger than any bundle.");
            }

            var path = Path.Combine(directory, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // The modes in an archive are those that its maker likes; the files must be readable.
            using var packed = entry.Open();
            using var file = File.Create(path);
            packed.CopyTo(file);
        }
    }

    /// <summary>Adds a file to a bundle, or replaces it. The bundle is as it was until the new one is complete.</summary>
    /// <exception cref="IOException">The bundle cannot be written.</exception>
    public static void Put(string bundle, string name, byte[] content)
    {
        var unfinished = UnfinishedOf(bundle);
        File.Copy(bundle, unfinished, overwrite: true);
        using (var archive = ZipFile.Open(unfinished, ZipArchiveMode.Update))
        {
            archive.GetEntry(name)?.Delete();
            using var packed = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
            packed.Write(content);
        }

        File.Move(unfinished, bundle, overwrite: true);
    }

    private static string UnfinishedOf(string bundle) => bundle + ".part";
}
