using System.Buffers.Binary;
using System.Net;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// Assigns free IPv4 addresses: first those that were never assigned, in ascending order, then the released ones, the oldest first. A draw
/// takes constant time on average, and the allocator keeps no more addresses than were released.
/// </summary>
public sealed class Ipv4AddressAllocator
{
    private readonly Ipv4AnchorSettings _settings;
    private readonly BindingCache _bindings;
    private readonly HashSet<IPAddress> _reserved;
    private readonly uint _last;
    private readonly Queue<IPAddress> _released = [];
    private readonly HashSet<IPAddress> _isReleased = [];
    private ulong _next;

    /// <param name="reserved">Addresses that are assigned to certain mobile nodes only.</param>
    internal Ipv4AddressAllocator(Ipv4AnchorSettings settings, IEnumerable<IPAddress> reserved, BindingCache bindings)
    {
        (_settings, _bindings, _reserved) = (settings, bindings, [settings.DefaultRouter, .. reserved]);
        var pool = settings.AddressPool ?? settings.HomeNetwork;
        (_next, _last) = (ToNumber(pool.Network), ToNumber(pool.Last));
    }

    /// <summary>Returns up to <paramref name="count"/> unused addresses; fewer, or none, if the pool is exhausted.</summary>
    public IReadOnlyList<IPAddress> Draw(int count)
    {
        var drawn = new List<IPAddress>();
        while (drawn.Count < count && Next() is { } address)
        {
            drawn.Add(address);
        }
        return drawn;
    }

    /// <summary>Whether any mobile node may have an address: it is of the home network, and not reserved.</summary>
    public bool IsAssignable(IPAddress address) => _settings.IsHost(address) && !_reserved.Contains(address);

    /// <summary>An address that no session has any more.</summary>
    internal void Release(IPAddress address)
    {
        // An address above those that were drawn so far comes in its turn.
        if (ToNumber(address) < _next && IsOfPool(address) && IsAssignable(address) && _isReleased.Add(address))
        {
            _released.Enqueue(address);
        }
    }

    private IPAddress? Next()
    {
        while (_next <= _last)
        {
            var address = FromNumber((uint)_next++);
            if (IsAssignable(address) && !_bindings.IsInUse(address))
            {
                return address;
            }
        }

        // A mobile node may have asked for a released address.
        while (_released.TryDequeue(out var address))
        {
            _isReleased.Remove(address);
            if (!_bindings.IsInUse(address))
            {
                return address;
            }
        }
        return null;
    }

    private bool IsOfPool(IPAddress address) => (_settings.AddressPool ?? _settings.HomeNetwork).Contains(address);

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress FromNumber(uint number)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return new IPAddress(octets);
    }
}
