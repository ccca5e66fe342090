using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The nonces of a correspondent node, RFC 6275, Section 5.2.7. Each is used for an eighth of its lifetime, so that with 240 s a token is
/// recognized for 210 to 240 s. The node key changes with the nonce.
/// </summary>
/// <param name="random">The source of nonces and keys.</param>
/// <param name="lifetime">How long a nonce is recognized after its first use.</param>
public sealed class NonceTable(Random random, TimeSpan lifetime)
{
    private const int NodeKeyLength = 20;
    private const int NonceLength = 8;
    private const int Periods = 8;

    /// <summary>
    /// More than are recognized at once, also if a nonce is replaced early: an index names one nonce only for as long as tokens are about.
    /// </summary>
    private const int Kept = 1024;

    private readonly Queue<Nonce> _nonces = [];
    private ushort _next = (ushort)random.Next(1 << 16);
    private Nonce? _current;

    /// <summary>The nonce for the tokens of tests that are sent now.</summary>
    public Nonce Current(Instant now)
    {
        if (_current is { } current && now - current.FirstUse < lifetime / Periods)
        {
            return current;
        }

        _current = new Nonce(_next++, Octets(NodeKeyLength), Octets(NonceLength), now);
        _nonces.Enqueue(_current);
        if (_nonces.Count > Kept)
        {
            _nonces.Dequeue();
        }
        return _current;
    }

    /// <summary>The nonce with an index, of whatever age; null if there is none.</summary>
    public Nonce? Find(ushort index) => _nonces.LastOrDefault(nonce => nonce.Index == index);

    /// <summary>Whether the tokens made with a nonce are still accepted.</summary>
    public bool IsRecognized(Nonce nonce, Instant now)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        return now - nonce.FirstUse <= lifetime;
    }

    /// <summary>The next test gets a new nonce.</summary>
    public void Renew() => _current = null;

    private OctetString Octets(int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return new OctetString(octets);
    }
}
