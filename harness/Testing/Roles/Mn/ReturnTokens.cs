using System.Net;

namespace Conformance.Testing.Roles.Mn;

/// <summary>The keygen tokens that an emulated correspondent node has given, each under a nonce index of its own.</summary>
public sealed class ReturnTokens(Random random)
{
    private readonly Dictionary<(TestInitKind Kind, ushort Index), (IPAddress Address, ulong Token)> _given = [];

    /// <summary>
    /// A device that is used for many scenarios may still have tokens of an earlier one, whose indices must not mean something now.
    /// </summary>
    private ushort _last = (ushort)random.Next(ushort.MaxValue);

    /// <summary>Gives a token for an address.</summary>
    public (ushort Index, ulong Token) Give(TestInitKind kind, IPAddress address)
    {
        var token = (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 1);
        _given[(kind, ++_last)] = (address, token);
        return (_last, token);
    }

    /// <summary>The token of a nonce index for an address; null if it was not given for it.</summary>
    public ulong? Find(TestInitKind kind, ushort index, IPAddress address) =>
        _given.TryGetValue((kind, index), out var given) && given.Address.Equals(address) ? given.Token : null;

    /// <summary>True if the index was given at all.</summary>
    public bool Knows(TestInitKind kind, ushort index) => _given.ContainsKey((kind, index));
}
