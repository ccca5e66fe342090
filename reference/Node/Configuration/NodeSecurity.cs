using System.Net;
using Pmip.Protocol.Security;

namespace Pmip.Node.Configuration;

/// <summary>The security associations of a node, whose keys are in files of their own.</summary>
public sealed record NodeSecurity
{
    /// <inheritdoc cref="SecuritySettings.AntiReplay"/>
    public bool AntiReplay { get; init; }

    public IReadOnlyList<NodeAssociation> Associations { get; init; } = [];

    /// <summary>The associations with their keys.</summary>
    /// <exception cref="IOException">A file with a key cannot be read, is open to other users, or has no such key.</exception>
    /// <exception cref="UnauthorizedAccessException">A file with a key cannot be read.</exception>
    public SecuritySettings Load() => new() { AntiReplay = AntiReplay, Associations = [.. Associations.Select(known => known.Load())] };
}

/// <summary>A manual security association of a node, RFC 4301, Section 4.1.</summary>
public sealed record NodeAssociation
{
    /// <summary>In JSON a text such as "0x1001".</summary>
    public required uint SecurityParametersIndex { get; init; }

    public required IPAddress Peer { get; init; }

    /// <summary>The peer, or an address of this node.</summary>
    public required IPAddress Destination { get; init; }

    public required SecurityTransform Transform { get; init; }

    public EspMode Mode { get; init; }

    /// <summary>
    /// The file with the key in hexadecimal digits. Only its owner may have access (mode 0600). A relative path starts at the directory of
    /// the configuration.
    /// </summary>
    public required string KeyFile { get; init; }

    internal SecurityAssociation Load()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(KeyFile, FileMode.Open, FileAccess.Read);
        var mode = File.GetUnixFileMode(file.SafeFileHandle);
        if (mode != OwnerOnly)
        {
            throw new IOException($"{KeyFile}: a file with a key must have mode 0600, not 0{Convert.ToString((int)mode, 8)}");
        }

        using var text = new StreamReader(file);
        try
        {
            var key = new SecretBytes(Convert.FromHexString(text.ReadToEnd().Trim()));
            return new SecurityAssociation(SecurityParametersIndex, Peer, Destination, Transform, key) { Mode = Mode };
        }
        catch (FormatException)
        {
            // The message of the exception may quote digits of the key.
            throw new IOException($"{KeyFile}: not a key in hexadecimal digits");
        }
        catch (ArgumentException)
        {
            throw new IOException($"{KeyFile}: a key of another length than {Transform} requires");
        }
    }
}
