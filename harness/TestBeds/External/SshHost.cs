using System.Security.Cryptography;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Conformance.TestBeds.External;

/// <summary>A host that runs commands by SSH. Its secret is in a file or an environment variable, read when it is needed.</summary>
/// <param name="Name">What the profile calls it.</param>
/// <param name="Address">Its name or IP address.</param>
/// <param name="HostKey">The fingerprint of the only key that it may show, as <see cref="Fingerprint"/> writes it.</param>
public sealed record SshHost(string Name, string Address, int Port, string User, string HostKey)
{
    public const int DefaultPort = 22;

    /// <summary>The path of the file with the private key; null if a password is used.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The path of the file with the password; null if there is none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The environment variable with the password; null if there is none.</summary>
    public string? PasswordVariable { get; init; }

    private const string Hash = "SHA256:";

    /// <summary>The fingerprint as <c>ssh-keygen -l</c> writes it: the SHA-256 hash in base 64, without padding.</summary>
    public static string Fingerprint(byte[] hash) => Hash + Convert.ToBase64String(hash).TrimEnd('=');

    public static bool IsFingerprint(string text)
    {
        var octets = new byte[SHA256.HashSizeInBytes + 1];
        return text.StartsWith(Hash, StringComparison.Ordinal)
            && Convert.TryFromBase64String($"{text[Hash.Length..]}=", octets, out var length)
            && length == SHA256.HashSizeInBytes;
    }

    /// <summary>Why the secret cannot be used; null if it can. A key is read, so that its mistakes are found before a run.</summary>
    public string? Problem()
    {
        if (PasswordVariable is { } variable)
        {
            return string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))
                ? $"host {Name}: the environment variable {variable} has no password"
                : null;
        }

        var file = KeyFile ?? PasswordFile!;
        const UnixFileMode Others =
            UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite
            | UnixFileMode.OtherExecute;
        return !File.Exists(file) ? $"host {Name}: there is no file {file}"
            : !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0
                ? $"host {Name}: other users can read or change {file}; give the file the mode 0600"
            : KeyFile is null ? null
            : ProblemOfKey(file);
    }

    private string? ProblemOfKey(string file)
    {
        try
        {
            using var key = new PrivateKeyFile(file);
            return null;
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            return $"host {Name}: the private key in {file} has a passphrase, which nobody can give in a run; use a key without one";
        }
#pragma warning disable CA1031 // The library throws whatever its decoders do: a mistake in base 64, an unknown type, an early end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"host {Name}: there is no private key in {file} that can be used: {e.Message.TrimEnd('.')}";
        }
    }
}
