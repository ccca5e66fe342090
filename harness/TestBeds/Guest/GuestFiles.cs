using System.Globalization;
using Conformance.TestBeds.Lanes;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.Guest;

/// <summary>The files that a guest finds when it boots: those of its image, and below /lane those of its nodes.</summary>
internal static class GuestFiles
{
    private const string Folder = "lane";

    public static void Write(string file, GuestImage image, LaneSetup setup, IReadOnlyList<GuestNic> nics)
    {
        using var output = File.Create(file);
        using (var root = File.OpenRead(image.Root))
        {
            root.CopyTo(output);
        }

        var archive = new InitialArchive(output);
        archive.AddDirectory(Folder);
        archive.AddText($"{Folder}/nics", Lines(nics.Select(nic => nic.Line)));
        var roles = new List<string>();
        foreach (var (node, process) in setup.Nodes)
        {
            if (process is null)
            {
                continue;
            }

            var name = NamespaceDomain.NameOf(node);
            roles.Add($"{name} {process.Role}");
            archive.AddText($"{Folder}/{name}.json", InGuest(name, process).ToJson());
            foreach (var key in KeysOf(process.Security).Distinct(StringComparer.Ordinal))
            {
                archive.AddText(InFolder(key), $"{ReferenceKeys.Read(key)}\n");
            }
        }

        archive.AddText($"{Folder}/roles", Lines(roles));
        archive.Close();
    }

    private static string Lines(IEnumerable<string> lines) =>
        string.Concat(lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line}\n")));

    private static NodeConfiguration InGuest(string name, NodeConfiguration process) =>
        process with
        {
            ManagementSocket = $"/run/{name}.sock",
            StateDirectory = process.HasOwnStack ? null : $"/run/{name}",
            Security = process.Security is { } security
                ? security with
                {
                    Associations = [.. security.Associations.Select(known => known with { KeyFile = $"/{InFolder(known.KeyFile)}" })],
                    ForceRenewKey = security.ForceRenewKey is { } key ? key with { KeyFile = $"/{InFolder(key.KeyFile)}" } : null,
                }
                : null,
        };

    private static IEnumerable<string> KeysOf(NodeSecurity? security) =>
        security is null ? []
        : security.ForceRenewKey is { } key ? [.. security.Associations.Select(known => known.KeyFile), key.KeyFile]
        : security.Associations.Select(known => known.KeyFile);

    private static string InFolder(string key) => $"{Folder}/{Path.GetFileName(key)}";
}
