using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Conformance.Testing.Capture;

namespace Conformance.Reports.Certification;

/// <summary>
/// The files of a bundle with their hashes, in the form of <c>sha256sum</c>, which checks them, too. Signatures are over these octets, and
/// therefore no part of them.
/// </summary>
/// <param name="Files">The SHA-256 of each file in hexadecimal digits, by its name.</param>
public sealed partial record BundleManifest(IReadOnlyDictionary<string, string> Files)
{
    public const string FileName = "manifest.sha256";

    private const string FirstLine = "# Certification bundle of pmip-conformance, version 1";

    /// <summary>True for a file of the manifest: a relative path of a bundle, and not the manifest or a signature.</summary>
    /// <param name="name">The path, with forward slashes.</param>
    public static bool MayList(string name) => SafePath.IsSafe(name) && !IsOutside(name);

    /// <summary>True for the manifest and its signatures.</summary>
    public static bool IsOutside(string name) => name is FileName or BundleSignature.FileName or BundleSignature.WitnessFileName;

    /// <summary>Hashes every file below a directory, apart from the manifest and its signatures.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BundleManifest Of(string directory) => Of(directory, FilesIn(directory).Where(name => !IsOutside(name)));

    /// <summary>Hashes some files below a directory.</summary>
    /// <param name="names">Their names, with forward slashes.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BundleManifest Of(string directory, IEnumerable<string> names) =>
        new(names.ToDictionary(name => name, name => HashOf(Path.Combine(directory, name)), StringComparer.Ordinal));

    /// <summary>The names of all files below a directory, with forward slashes.</summary>
    public static IEnumerable<string> FilesIn(string directory) =>
        Directory
            .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The SHA-256 of a file in hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <exception cref="InvalidDataException">
    /// The octets are no manifest: the first line is another, or a line is no hash and name, or a name comes twice or leaves the bundle.
    /// </exception>
    public static BundleManifest Parse(ReadOnlySpan<byte> octets)
    {
        var lines = Encoding.UTF8.GetString(octets).Split('\n');
        if (lines[0] != FirstLine || lines[^1].Length > 0)
        {
            throw new InvalidDataException($"{FileName}:1: this is no manifest of a bundle; expected '{FirstLine}'.");
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (index, line) in lines.Index().Skip(1).SkipLast(1))
        {
            if (
                Entry().Match(line) is not { Success: true } entry
                || !MayList(entry.Groups[2].Value)
                || !files.TryAdd(entry.Groups[2].Value, entry.Groups[1].Value)
            )
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"{FileName}:{index + 1}: this is no hash with the name of a file.")
                );
            }
        }

        return new BundleManifest(files);
    }

    /// <summary>The octets of the manifest, which are signed.</summary>
    public byte[] ToOctets() =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                Files
                    .OrderBy(file => file.Key, StringComparer.Ordinal)
                    .Select(file => $"{file.Value}  {file.Key}\n")
                    .Prepend($"{FirstLine}\n")
            )
        );

    [GeneratedRegex("\\A([0-9a-f]{64})  (\\S+)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
