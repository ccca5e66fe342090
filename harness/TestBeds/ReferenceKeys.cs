using System.Collections.Concurrent;
using Conformance.Testing.Domains;
using Pmip.Node.Configuration;
using Pmip.Protocol.Dhcp;
using Pmip.Protocol.Security;

namespace Conformance.TestBeds;

/// <summary>
/// The keys of the security associations of reference nodes, and of their DHCP servers: those in <see cref="ReferenceDomains"/> are in
/// files beside this program.
/// </summary>
public static class ReferenceKeys
{
    /// <summary>The identifier of the key of DHCPFORCERENEW.</summary>
    public const uint ForceRenewSecret = 0x2c01;

    /// <summary>The file with the key of DHCPFORCERENEW.</summary>
    public const string ForceRenewFile = "forcerenew-2c01.key";

    private static readonly ConcurrentDictionary<string, SecretBytes> _keys = new(StringComparer.Ordinal);

    /// <summary>The key of an association.</summary>
    public static SecretBytes Of(DomainAssociation association) =>
        _keys.GetOrAdd(association.KeyFile, name => new SecretBytes(Convert.FromHexString(Read(name))));

    /// <summary>The key of DHCPFORCERENEW.</summary>
    public static DhcpKey ForceRenew => new(ForceRenewSecret, new SecretBytes(Convert.FromHexString(Read(ForceRenewFile))));

    /// <summary>Names the file with the key of DHCPFORCERENEW to a node.</summary>
    public static NodeDhcpKey ForceRenewOfNode => new() { SecretId = ForceRenewSecret, KeyFile = ForceRenewFile };

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
        foreach (var (from, to) in security.Associations.Select(known => known.KeyFile).Zip(copied.Select(known => known.KeyFile)))
        {
            Copy(from, to);
        }

        if (security.ForceRenewKey is not { KeyFile: var file } key)
        {
            return security with { Associations = copied };
        }

        var copy = Path.Combine(directory, Path.GetFileName(file));
        Copy(file, copy);
        return security with { Associations = copied, ForceRenewKey = key with { KeyFile = copy } };
    }

    /// <summary>Only the owner may read the copy.</summary>
    private static void Copy(string from, string to)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var copy = new StreamWriter(to, options);
        copy.WriteLine(Read(from));
    }
}
