using System.Collections.Concurrent;
using Conformance.Testing.Domains;
using Pmip.Node.Configuration;
using Pmip.Protocol.Security;

namespace Conformance.TestBeds;

/// <summary>
/// The keys of the security associations of reference nodes: those in <see cref="ReferenceDomains"/> are in files beside this program.
/// </summary>
public static class ReferenceKeys
{
    private static readonly ConcurrentDictionary<string, SecretBytes> _keys = new(StringComparer.Ordinal);

    /// <summary>The key of an association.</summary>
    public static SecretBytes Of(DomainAssociation association) =>
        _keys.GetOrAdd(association.KeyFile, name => new SecretBytes(Convert.FromHexString(Read(name))));

    /// <summary>The text of a file with a key.</summary>
    /// <param name="file">A path, or the name of a file beside this program.</param>
    public static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "keys", file)).Trim();

    /// <summary>Copies the files with the keys of a node into a directory, with the mode that a node demands.</summary>
    /// <returns>The associations with the copies.</returns>
    public static NodeSecurity CopyTo(string directory, NodeSecurity security)
    {
        var copied = security
            .Associations.Select(known => known with { KeyFile = Path.Combine(directory, Path.GetFileName(known.KeyFile)) })
            .ToList();
        foreach (var (from, to) in security.Associations.Zip(copied))
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var copy = new StreamWriter(to.KeyFile, options);
            copy.WriteLine(Read(from.KeyFile));
        }

        return security with
        {
            Associations = copied,
        };
    }
}
