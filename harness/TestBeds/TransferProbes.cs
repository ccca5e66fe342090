using System.Globalization;

namespace Conformance.TestBeds;

/// <summary>Echo requests at a steady pace: how many were not answered, and for how long none was.</summary>
internal sealed class TransferProbes
{
    private readonly List<DateTimeOffset> sent = [];
    private readonly SortedSet<int> answered = [];

    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(20);

    public int Sent => sent.Count;

    /// <summary>The number of the next request.</summary>
    public ushort Next(DateTimeOffset now)
    {
        sent.Add(now);
        return (ushort)(sent.Count - 1);
    }

    /// <summary>A reply of this number came.</summary>
    public void Answered(ushort number, DateTimeOffset now)
    {
        if (number < sent.Count && sent[number] <= now)
        {
            answered.Add(number);
        }
    }

    public override string ToString()
    {
        // What was sent last may still be under way.
        var last = answered.Count > 0 ? answered.Max : -1;
        var lost = last + 1 - answered.Count;
        return string.Create(CultureInfo.InvariantCulture, $"{lost} of {last + 1} echo requests lost, longest interruption {Longest(last).TotalMilliseconds:0} ms");
    }

    /// <summary>From the sending of an answered request to the sending of the next that was answered.</summary>
    private TimeSpan Longest(int last)
    {
        var longest = TimeSpan.Zero;
        var before = 0;
        foreach (var number in answered.Where(number => number <= last))
        {
            var gap = sent[number] - sent[before];
            longest = gap > longest ? gap : longest;
            before = number;
        }

        return longest > Interval ? longest - Interval : TimeSpan.Zero;
    }
}
