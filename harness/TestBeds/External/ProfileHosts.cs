namespace Conformance.TestBeds.External;

/// <summary>The hosts of a profile, which run its commands by SSH.</summary>
internal static class ProfileHosts
{
    private const int LargestPort = 65535;

    /// <summary>The hosts by their names, without those that have a mistake.</summary>
    /// <param name="directory">The directory of the profile, from which the names of files count.</param>
    public static IReadOnlyDictionary<string, SshHost> Read(ProfileSection root, string directory)
    {
        var section = root.Section("hosts", keys: null, required: false);
        return section
            .Keys.Select(name => Read(section.Section(name, ProfileKeys.Host), name, directory))
            .OfType<SshHost>()
            .ToDictionary(host => host.Name, StringComparer.Ordinal);
    }

    private static SshHost? Read(ProfileSection host, string name, string directory)
    {
        var address = host.Text("address", "the name or IP address of the host");
        var port = host.Number("port", 1, LargestPort) ?? SshHost.DefaultPort;
        var user = host.Text("user", "the name of the user at the host");
        const string Allowed = "the fingerprint of the host's key as ssh-keygen -l writes it, SHA256:...";
        var hostKey = host.Text("hostKey", Allowed);
        if (hostKey is not null && !SshHost.IsFingerprint(hostKey))
        {
            host.Mistake("hostKey", $"'{hostKey}' cannot be used; expected {Allowed}");
        }

        var secrets = ProfileKeys.SecretsOfHost.Where(host.Has).ToList();
        if (secrets is not [var secret])
        {
            host.Mistake(
                secrets.Count == 0 ? "keyFile" : secrets[1],
                $"a host has just one of {string.Join(", ", ProfileKeys.SecretsOfHost)}; the secret itself is not in the profile"
            );
            return null;
        }

        var text = host.Text(secret, secret == "passwordVariable" ? "the name of an environment variable" : "the name of a file");
        if (address is null || user is null || hostKey is null || text is null)
        {
            return null;
        }

        return new SshHost(name, address, port, user, hostKey)
        {
            KeyFile = secret == "keyFile" ? Path.Combine(directory, text) : null,
            PasswordFile = secret == "passwordFile" ? Path.Combine(directory, text) : null,
            PasswordVariable = secret == "passwordVariable" ? text : null,
        };
    }
}
