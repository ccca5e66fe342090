using System.Net;

namespace Pmip.Wire;

/// <summary>Router option, RFC 2132, Section 3.5.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 3    | Length = 4 n  |         Addresses (4 n) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
public sealed record DhcpRouterOption : DhcpOption
{
    private readonly IPAddress[] _addresses;

    /// <param name="addresses">One IPv4 address or more.</param>
    /// <exception cref="ArgumentException">There is no address, or an address is not IPv4.</exception>
    public DhcpRouterOption(params IEnumerable<IPAddress> addresses)
    {
        _addresses = [.. addresses.Select(Ipv4Octets.Require)];
        if (_addresses.Length == 0)
        {
            throw new ArgumentException("The list has no address.", nameof(addresses));
        }
    }

    /// <summary>Routers in order of preference.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses;

    public override byte Code => (byte)DhcpOptionCode.Router;

    public override int DataLength => Ipv4Octets.Length * _addresses.Length;

    public override void WriteData(Span<byte> destination)
    {
        for (var i = 0; i < _addresses.Length; i++)
        {
            Ipv4Octets.Write(_addresses[i], destination[(Ipv4Octets.Length * i)..]);
        }
    }

    /// <summary>Options are equal if they contain the same addresses in the same order.</summary>
    public bool Equals(DhcpRouterOption? other) => other is not null && _addresses.AsSpan().SequenceEqual(other._addresses);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var address in _addresses)
        {
            hash.Add(address);
        }
        return hash.ToHashCode();
    }

    public override string ToString() => $"{nameof(DhcpRouterOption)} {{ {string.Join<IPAddress>(", ", _addresses)} }}";

    /// <param name="addresses">Four octets each.</param>
    internal static DhcpRouterOption Of(ReadOnlySpan<byte> addresses)
    {
        var routers = new IPAddress[addresses.Length / Ipv4Octets.Length];
        for (var i = 0; i < routers.Length; i++)
        {
            routers[i] = Ipv4Octets.Read(addresses[(Ipv4Octets.Length * i)..]);
        }
        return new DhcpRouterOption(routers);
    }
}
