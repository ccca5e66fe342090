using System.Security.Cryptography;
using System.Text;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>
/// The files that decide what a run does: features, registers and claims, and the program's own assemblies. A release has a manifest
/// of them beside the program, as sha256sum writes it, after a line <c># NAME</c>.
/// </summary>
public static class SuiteFiles
{
    public const string ManifestName = "release.sha256";

    /// <summary>A file for editors, which does not decide anything.</summary>
    private const string EditorSettings = "reqnroll.json";

    private static readonly string[] _kinds = [".feature", ".tsv", ".json"];
    private static readonly string[] _buildDirectories = ["bin", "obj"];
    private static readonly string[] _assemblies = ["Conformance.*.dll", "Pmip.*.dll", "pmip-*.dll"];

    /// <summary>Hashes the files, and compares them with the manifest if there is one.</summary>
    /// <param name="features">The directory of the features.</param>
    /// <param name="program">The directory of the program.</param>
    public static SuiteIdentity Identify(string features, string program)
    {
        var hashes = Assemblies(program)
            .Concat(Features(features))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, Hash: Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path)))))
            .ToList();
        var all = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(hashes.Select(file => $"{file.Hash}  {file.Name}\n"))));
        var manifest = Path.Combine(program, ManifestName);
        if (!File.Exists(manifest))
        {
            return new SuiteIdentity(Convert.ToHexStringLower(all), Release: null, Changed: []);
        }

        var lines = File.ReadAllLines(manifest);
        var released = lines
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split("  ", 2))
            .ToLookup(line => line[^1], line => line[0]);
        var present = hashes.ToDictionary(file => file.Name, file => file.Hash, StringComparer.Ordinal);
        var changed = present
            .Where(file => !released[file.Key].Contains(file.Value))
            .Select(file => file.Key)
            .Concat(released.Select(file => file.Key).Where(name => !present.ContainsKey(name)))
            .Order(StringComparer.Ordinal);
        return new SuiteIdentity(Convert.ToHexStringLower(all), lines.FirstOrDefault("").TrimStart('#', ' '), [.. changed]);
    }

    private static IEnumerable<(string Name, string Path)> Assemblies(string program) =>
        _assemblies.SelectMany(pattern => Directory.EnumerateFiles(program, pattern)).Select(path => (Path.GetFileName(path), path));

    private static IEnumerable<(string Name, string Path)> Features(string features) =>
        from path in Directory.EnumerateFiles(features, "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(features, path).Replace(Path.DirectorySeparatorChar, '/')
        where _kinds.Contains(Path.GetExtension(name)) && name != EditorSettings && !name.Split('/').Intersect(_buildDirectories).Any()
        select ($"features/{name}", path);
}
