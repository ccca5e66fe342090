using System.Net;
using Pmip.Protocol.Dhcp;
using Pmip.Protocol.Security;

namespace Pmip.Node.Configuration;

/// <summary>The security associations of a node, whose keys are in files of their own.</summary>
public sealed record NodeSecurity
{
    /// <inheritdoc cref="SecuritySettings.AntiReplay"/>
    public bool AntiReplay { get; init; }

    public IReadOnlyList<NodeAssociation> Associations { get; init; } = [];

    /// <summary>The key of DHCPFORCERENEW; null if the DHCP server of this node does not send it.</summary>
    public NodeDhcpKey? ForceRenewKey { get; init; }

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
        var key = KeyFiles.Read(KeyFile);
        try
        {
            return new SecurityAssociation(SecurityParametersIndex, Peer, Destination, Transform, key) { Mode = Mode };
        }
        catch (ArgumentException)
        {
            throw new IOException($"{KeyFile}: a key of another length than {Transform} requires");
        }
    }
}

/// <summary>The key of the DHCP server of a MAG, RFC 3118, Section 5.</summary>
public sealed record NodeDhcpKey
{
    /// <summary>In JSON a text such as "0x2c01".</summary>
    public required uint SecretId { get; init; }

    /// <inheritdoc cref="NodeAssociation.KeyFile"/>
    public required string KeyFile { get; init; }

    /// <summary>The key itself.</summary>
    /// <inheritdoc cref="NodeSecurity.Load"/>
    public DhcpKey Load() => new(SecretId, KeyFiles.Read(KeyFile));
}
