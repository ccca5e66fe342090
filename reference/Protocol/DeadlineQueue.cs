using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Pmip.Protocol;

/// <summary>
/// Deadlines by key, at most one per key, earliest first; equal deadlines in the order in which they were set. A deadline is
/// due from its instant on, and not one tick earlier.
/// </summary>
/// <remarks>
/// A hierarchical timer wheel: the 64 slots of a wheel divide the time of one slot of the wheel above. A slot has a list of deadlines, and
/// gets a wheel of its own only when it is the earliest one and its list is long. To set, cancel or take a deadline takes a time that does
/// not depend on how many there are.
/// </remarks>
public sealed class DeadlineQueue<TKey>
    where TKey : notnull
{
    private const int None = -1;

    /// <summary>The longest list of the earliest slot, which is searched for the earliest deadline.</summary>
    private const int LongestSearch = 8;

    private readonly Dictionary<TKey, int> _byKey = [];
    private readonly Wheel _outermost = new();
    private readonly Stack<Wheel> _unused = [];
    private Deadline[] _deadlines = new Deadline[4];
    private int _free = None;
    private int _used;
    private int _earliest = None;

    /// <summary>The earliest deadline, or null when there is none.</summary>
    public Instant? Next => Earliest() is var earliest and not None ? _deadlines[earliest].At : null;

    /// <summary>Sets the deadline of <paramref name="key"/>; replaces a previous deadline of that key.</summary>
    public void Set(TKey key, Instant at)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_byKey, key, out var exists);
        if (exists)
        {
            Unlink(place);
        }
        else
        {
            place = Allocate();
            _deadlines[place].Key = key;
        }

        _deadlines[place].At = at;
        Link(place, _outermost);
        if (_earliest != None && at < _deadlines[_earliest].At)
        {
            _earliest = place;
        }
    }

    /// <summary>Sets the deadline of <paramref name="key"/>, unless it has one that is not later.</summary>
    public void SetEarliest(TKey key, Instant at)
    {
        if (!_byKey.TryGetValue(key, out var place) || at < _deadlines[place].At)
        {
            Set(key, at);
        }
    }

    /// <summary>Removes the deadline of <paramref name="key"/>; false if it had none.</summary>
    public bool Cancel(TKey key)
    {
        if (!_byKey.Remove(key, out var place))
        {
            return false;
        }

        Unlink(place);
        _deadlines[place] = new Deadline { Next = _free };
        _free = place;
        return true;
    }

    /// <summary>Removes the earliest deadline from the queue if it is due at <paramref name="now"/>.</summary>
    public bool TryTakeDue(Instant now, [MaybeNullWhen(false)] out TKey key)
    {
        var earliest = Earliest();
        if (earliest == None || _deadlines[earliest].At > now)
        {
            key = default;
            return false;
        }

        key = _deadlines[earliest].Key;
        return Cancel(key);
    }

    private int Earliest()
    {
        if (_earliest == None && _byKey.Count > 0)
        {
            _earliest = Search();
        }
        return _earliest;
    }

    private int Search()
    {
        var wheel = _outermost;
        while (true)
        {
            var slot = BitOperations.TrailingZeroCount(wheel.Occupied);
            if (wheel.HasInner(slot))
            {
                wheel = wheel.Inner[slot];
            }
            else if (wheel.Shift == 0)
            {
                return wheel.First[slot];
            }
            else if (TrySearch(wheel.First[slot], out var earliest))
            {
                return earliest;
            }
            else
            {
                wheel = Divide(wheel, slot);
            }
        }
    }

    /// <summary>
    /// The earliest deadline of a list; of equal ones the first. False if the list is too long, and not searched to its end.
    /// </summary>
    private bool TrySearch(int first, out int earliest)
    {
        earliest = first;
        var searched = 0;
        for (var place = first; place != None; place = _deadlines[place].Next)
        {
            if (++searched > LongestSearch)
            {
                return false;
            }
            if (_deadlines[place].At < _deadlines[earliest].At)
            {
                earliest = place;
            }
        }
        return true;
    }

    /// <summary>Gives a slot a wheel of its own, on which its deadlines keep their order.</summary>
    private Wheel Divide(Wheel outer, int slot)
    {
        var inner = _unused.TryPop(out var unused) ? unused : new Wheel();
        inner.Enter(outer, slot);
        var place = outer.First[slot];
        while (place != None)
        {
            var next = _deadlines[place].Next;
            Link(place, inner);
            place = next;
        }
        return inner;
    }

    private void Link(int place, Wheel wheel)
    {
        ref var deadline = ref _deadlines[place];
        var slot = wheel.SlotOf(deadline.At);
        while (wheel.HasInner(slot))
        {
            wheel = wheel.Inner[slot];
            slot = wheel.SlotOf(deadline.At);
        }

        (deadline.Wheel, deadline.Next) = (wheel, None);
        if (wheel.Occupy(slot))
        {
            (deadline.Previous, wheel.First[slot]) = (None, place);
        }
        else
        {
            deadline.Previous = wheel.Last[slot];
            _deadlines[deadline.Previous].Next = place;
        }
        wheel.Last[slot] = place;
    }

    private void Unlink(int place)
    {
        var (at, wheel, previous, next) = _deadlines[place].Links;
        var slot = wheel.SlotOf(at);
        if (previous == None)
        {
            wheel.First[slot] = next;
        }
        else
        {
            _deadlines[previous].Next = next;
        }
        if (next == None)
        {
            wheel.Last[slot] = previous;
        }
        else
        {
            _deadlines[next].Previous = previous;
        }

        if (previous == None && next == None)
        {
            Vacate(wheel, slot);
        }
        if (place == _earliest)
        {
            _earliest = None;
        }
    }

    /// <summary>A slot is empty; with the last slot of a wheel, so is that of the wheel above.</summary>
    private void Vacate(Wheel wheel, int slot)
    {
        while (wheel.Vacate(slot) && wheel.Outer is { } outer)
        {
            slot = wheel.OuterSlot;
            _unused.Push(wheel);
            wheel = outer;
        }
    }

    private int Allocate()
    {
        if (_free is var place and not None)
        {
            _free = _deadlines[place].Next;
            return place;
        }

        if (_used == _deadlines.Length)
        {
            Array.Resize(ref _deadlines, 2 * _used);
        }
        return _used++;
    }

    private struct Deadline
    {
        public TKey Key;
        public Instant At;
        public Wheel Wheel;

        /// <summary>The next in the list of the slot, or in that of what is free.</summary>
        public int Next;

        public int Previous;

        public readonly (Instant At, Wheel Wheel, int Previous, int Next) Links => (At, Wheel, Previous, Next);
    }

    private sealed class Wheel
    {
        private const int Bits = 6,
            Slots = 1 << Bits,
            OutermostShift = 60; // ten wheels of six bits within it, and four bits

        private ulong _hasInner;

        /// <summary>A bit for each slot with deadlines.</summary>
        public ulong Occupied { get; private set; }

        /// <summary>The time of a slot is 2 to this power, in ticks.</summary>
        public int Shift { get; private set; } = OutermostShift;

        public Wheel? Outer { get; private set; }

        public int OuterSlot { get; private set; }

        /// <summary>The lists of the occupied slots without a wheel of their own.</summary>
        public int[] First { get; } = new int[Slots];

        public int[] Last { get; } = new int[Slots];

        public Wheel[] Inner { get; } = new Wheel[Slots];

        /// <summary>The ticks are signed; the slots are in the order of time.</summary>
        public int SlotOf(Instant at) => (int)(((ulong)at.Ticks ^ (1UL << 63)) >> Shift) & (Slots - 1);

        public bool HasInner(int slot) => (_hasInner >> slot & 1) != 0;

        /// <summary>True if the slot was empty.</summary>
        public bool Occupy(int slot)
        {
            var before = Occupied;
            Occupied |= 1UL << slot;
            return Occupied != before;
        }

        /// <summary>True if no other slot is occupied.</summary>
        public bool Vacate(int slot)
        {
            Occupied &= ~(1UL << slot);
            _hasInner &= Occupied;
            return Occupied == 0;
        }

        /// <summary>Makes this the empty wheel of a slot of another one.</summary>
        public void Enter(Wheel outer, int slot)
        {
            (Outer, OuterSlot, Shift) = (outer, slot, outer.Shift - Bits);
            outer._hasInner |= 1UL << slot;
            outer.Inner[slot] = this;
        }
    }
}
