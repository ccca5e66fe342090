using System.Globalization;
using Pmip.Linux;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The log of a node on standard error, one line per entry. What comes from a packet is escaped, and lines with one rule are limited in
/// rate: whoever can send packets must not be able to fill a disk.
/// </summary>
public sealed class NodeLog(string node, TimeProvider clock, Action<string> write)
{
    /// <summary>How many lines of a rule are written at once.</summary>
    public const int Burst = 100;

    /// <summary>The time after which one more line of a rule may be written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public NodeLog(string node)
        : this(node, TimeProvider.System, StandardStreams.WriteError) { }

    /// <param name="rule">A short PascalCase name.</param>
    public void Write(string rule, string text)
    {
        lock (_gate)
        {
            if (!_allowances.TryGetValue(rule, out var allowance))
            {
                _allowances.Add(rule, allowance = new Allowance(clock.GetTimestamp()));
            }

            if (allowance.TryTake(clock, out var left))
            {
                var omitted = left == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({left} lines before this one left out)");
                write($"{PrintableText.Of(node)}: {rule}: {PrintableText.Of(text)}{omitted}");
            }
        }
    }

    /// <summary>The lines that a rule may still write.</summary>
    private sealed class Allowance(long since)
    {
        private long _since = since;
        private double _lines = Burst;
        private int _left;

        /// <param name="left">How many lines were left out since the last one.</param>
        public bool TryTake(TimeProvider clock, out int left)
        {
            var now = clock.GetTimestamp();
            _lines = Math.Min(Burst, _lines + clock.GetElapsedTime(_since, now) / Interval);
            _since = now;
            left = _left;
            if (_lines < 1)
            {
                _left++;
                return false;
            }

            _lines--;
            _left = 0;
            return true;
        }
    }
}
