using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// Puts fragments of both families together, of a limited number of packets and octets: when a limit is reached, the oldest packet is
/// given up. A packet whose fragments overlap is given up as a whole (RFC 8200, Section 4.5; RFC 5722), also in IPv4, where RFC 791
/// leaves the result to the order of arrival.
/// </summary>
internal sealed class Reassembly(DeadlineQueue<StackTimer> timers)
{
    /// <summary>RFC 8200, Section 4.5: 60 seconds after the first arrival; RFC 1122, Section 3.3.2, allows the same for IPv4.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The largest number of packets of which fragments are kept.</summary>
    public const int MaximumPackets = 64;

    /// <summary>
    /// The largest number of fragments of a packet that are kept: over twice as many as on a link of the smallest IPv6 MTU.
    /// </summary>
    public const int MaximumFragments = 128;

    /// <summary>The largest number of octets that are kept, headers included: 16 packets of the largest size.</summary>
    public const int MaximumOctets = 16 * ushort.MaxValue;

    private readonly Dictionary<FragmentKey, Pending> _pending = [];
    private readonly LinkedList<FragmentKey> _order = [];
    private int _octets;

    private sealed class Pending(LinkedListNode<FragmentKey> place)
    {
        public LinkedListNode<FragmentKey> Place { get; } = place;

        public SortedList<int, Fragment> Parts { get; } = [];

        /// <summary>The length of the data of the whole; null until the last fragment has arrived.</summary>
        public int? End { get; set; }

        /// <summary>The octets of data that have arrived.</summary>
        public int Octets { get; set; }

        /// <summary>The octets that are kept: each fragment, and its header once more, without its fields of a fragment.</summary>
        public int Kept { get; set; }

        /// <summary>Fragments overlap: what else arrives is dropped, too.</summary>
        public bool IsGivenUp { get; set; }
    }

    /// <summary>The whole packet, if the fragment is the last one that was missing; otherwise null.</summary>
    public IpPacket? Add(Fragment fragment, Now now)
    {
        var pending = PendingOf(fragment.Key, now);
        if (pending.IsGivenUp || IsRepeated(pending, fragment))
        {
            return null;
        }

        if (Contradicts(pending, fragment) || pending.Parts.Count == MaximumFragments)
        {
            GiveUp(pending);
            return null;
        }

        pending.Parts.Add(fragment.Offset, fragment);
        pending.End = fragment.More ? pending.End : fragment.End;
        pending.Octets += fragment.Data.Length;
        var kept = fragment.Packet.Length + fragment.Header.Length;
        pending.Kept += kept;
        _octets += kept;
        if (pending.Octets == pending.End)
        {
            Remove(fragment.Key, pending);
            return Join(pending.Parts.Values);
        }

        while (_octets > MaximumOctets)
        {
            RemoveOldest();
        }
        return null;
    }

    /// <summary>The time for a packet is over. Returns its first fragment if it has arrived, to be answered with an error.</summary>
    public IpPacket? HandleTimeout(FragmentKey key)
    {
        if (!_pending.TryGetValue(key, out var pending))
        {
            return null;
        }

        Remove(key, pending);
        return pending.Parts.GetValueOrDefault(0)?.Packet;
    }

    private Pending PendingOf(FragmentKey key, Now now)
    {
        if (_pending.TryGetValue(key, out var pending))
        {
            return pending;
        }

        if (_pending.Count == MaximumPackets)
        {
            RemoveOldest();
        }
        pending = new Pending(_order.AddLast(key));
        _pending.Add(key, pending);
        timers.Set(new StackTimer.Reassembly(key), now.Monotonic + Timeout);
        return pending;
    }

    /// <summary>RFC 8200, Section 4.5: a fragment that arrives twice is no overlap. One without data has no place.</summary>
    private static bool IsRepeated(Pending pending, Fragment fragment) =>
        (fragment.Data.IsEmpty && fragment.More)
        || (
            pending.Parts.TryGetValue(fragment.Offset, out var same)
            && same.More == fragment.More
            && same.Data.Span.SequenceEqual(fragment.Data.Span)
        );

    private static bool Contradicts(Pending pending, Fragment fragment) =>
        pending.Parts.Values.Any(part => fragment.Offset < part.End && part.Offset < fragment.End)
        || pending.Parts.ContainsKey(fragment.Offset)
        || (pending.End is { } end && (!fragment.More || fragment.End > end))
        || (!fragment.More && pending.Parts.Values.Any(part => part.End > fragment.End));

    private void GiveUp(Pending pending)
    {
        _octets -= pending.Kept;
        (pending.Octets, pending.Kept) = (0, 0);
        pending.Parts.Clear();
        pending.IsGivenUp = true;
    }

    private void RemoveOldest()
    {
        var oldest = _order.First!.Value;
        Remove(oldest, _pending[oldest]);
    }

    private void Remove(FragmentKey key, Pending pending)
    {
        _pending.Remove(key);
        _order.Remove(pending.Place);
        _octets -= pending.Kept;
        timers.Cancel(new StackTimer.Reassembly(key));
    }

    /// <summary>
    /// The whole of fragments in their order; null if their ECN fields do not go together, or if the data does not fit behind the header
    /// of the first fragment, which may be longer than that of the last.
    /// </summary>
    private static IpPacket? Join(IList<Fragment> parts)
    {
        if (parts[^1].End > parts[0].Room)
        {
            return null;
        }

        var header = parts[0].Header;
        byte[] payload = [.. header.Payload.Span, .. parts.SelectMany(part => part.Data.ToArray())];
        return EcnOf([.. parts.Select(part => part.Packet.Ecn)]) is { } ecn ? (header with { Payload = payload }).WithEcn(ecn) : null;
    }

    /// <summary>
    /// RFC 3168, Section 5.3: a mark on one fragment is one on the whole, unless a fragment says that nobody would read it.
    /// </summary>
    private static Ecn? EcnOf(IReadOnlyList<Ecn> fragments) =>
        (fragments.Contains(Ecn.Ce), fragments.Contains(Ecn.NotEct)) switch
        {
            (true, true) => null,
            (true, false) => Ecn.Ce,
            _ => fragments[0],
        };
}
