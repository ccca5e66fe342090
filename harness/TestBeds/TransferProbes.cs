using Conformance.Testing.Bed;

namespace Conformance.TestBeds;

/// <summary>Counts the unanswered echo requests of a steady sequence, and measures the longest interruption.</summary>
internal sealed class TransferProbes
{
    private readonly List<DateTimeOffset> _sent = [];
    private readonly SortedSet<int> _answered = [];

    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(20);

    public int Sent => _sent.Count;

    /// <summary>The number of the next request.</summary>
    public ushort Next(DateTimeOffset now)
    {
        _sent.Add(now);
        return (ushort)(_sent.Count - 1);
    }

    /// <summary>Records a reply with this number.</summary>
    public void Answered(ushort number, DateTimeOffset now)
    {
        if (number < _sent.Count && _sent[number] <= now)
        {
            _answered.Add(number);
        }
    }

    /// <param name="octets">The number of octets that arrived by TCP; null if none were sent.</param>
    public Outcome.Transfer ToOutcome(long? octets = null)
    {
        // Requests after the last answered one may still be in flight.
        var last = _answered.Count > 0 ? _answered.Max : -1;
        var interruption = Math.Round(Longest(last).TotalMilliseconds, MidpointRounding.AwayFromZero);
        return new Outcome.Transfer(last + 1 - _answered.Count, last + 1, TimeSpan.FromMilliseconds(interruption), octets);
    }

    /// <summary>The longest time between two consecutive answered requests, by their time of sending, minus the interval.</summary>
    private TimeSpan Longest(int last)
    {
        var longest = TimeSpan.Zero;
        var before = 0;
        foreach (var number in _answered.Where(number => number <= last))
        {
            var gap = _sent[number] - _sent[before];
            longest = gap > longest ? gap : longest;
            before = number;
        }

        return longest > Interval ? longest - Interval : TimeSpan.Zero;
    }
}
