using System.Diagnostics;
using System.Security.Cryptography;
using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>
/// The octets of a key. Neither its text nor its members show them, so that they get into no log, message or record by mistake.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SecretBytes : IEquatable<SecretBytes>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _octets;

    /// <summary>Copies <paramref name="octets"/>.</summary>
    public SecretBytes(byte[] octets) => _octets = [.. octets];

    /// <summary>The number of octets.</summary>
    public int Length => _octets.Length;

    /// <summary>The octets themselves, for an algorithm that needs them.</summary>
    public OctetString Reveal() => new(_octets);

    /// <summary>Takes a time that does not depend on the octets.</summary>
    public bool Equals(SecretBytes? other) => other is not null && CryptographicOperations.FixedTimeEquals(_octets, other._octets);

    public override bool Equals(object? obj) => Equals(obj as SecretBytes);

    public override int GetHashCode() => Length;

    public override string ToString() => $"secret, {Length} octets";
}
