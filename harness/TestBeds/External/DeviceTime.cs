using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>One reading of the device's clock.</summary>
/// <param name="At">The time of the reading, on the tester's clock.</param>
/// <param name="Offset">The device's time minus the tester's.</param>
/// <param name="Uncertainty">The largest possible error of the offset, in either direction.</param>
public sealed record ClockReading(DateTimeOffset At, TimeSpan Offset, TimeSpan Uncertainty)
{
    /// <summary>A Timestamp counts in units of 1/65536 s (RFC 5213, Section 8.8).</summary>
    private static readonly TimeSpan _rounding = TimeSpan.FromSeconds(1.0 / 65536);

    /// <summary>The device read its clock between a request and its answer; the middle is the best estimate.</summary>
    public static ClockReading Of(DateTimeOffset requested, DateTimeOffset answered, DateTimeOffset stated)
    {
        var half = (answered - requested) / 2;
        return new ClockReading(requested + half, stated - (requested + half), half + _rounding);
    }
}

/// <summary>The last reading of the device's clock, and its drift.</summary>
public sealed class DeviceTime
{
    /// <summary>The largest drift between two ordinary quartz clocks, 100 ppm.</summary>
    private static readonly double _ordinaryDrift = 1e-4;

    /// <summary>A reading takes milliseconds. If the clock is set after a reading, verdicts are wrong until the next reading.</summary>
    private static readonly TimeSpan _goodFor = TimeSpan.FromSeconds(10);

    /// <summary>A failed reading may take as long as three missing answers.</summary>
    private static readonly TimeSpan _failureIsGoodFor = TimeSpan.FromMinutes(3);

    private ClockReading? _first;
    private ClockReading? _last;
    private DateTimeOffset _failed;

    /// <summary>The last reading; null before the first.</summary>
    public ClockReading? Last => _last;

    /// <summary>
    /// How much faster the device's clock runs, as a fraction, and the uncertainty of that rate; null before the second reading.
    /// </summary>
    public (double Rate, double Uncertainty)? Drift =>
        _first is null || _last is null || _last.At <= _first.At
            ? null
            : ((_last.Offset - _first.Offset) / (_last.At - _first.At), (_last.Uncertainty + _first.Uncertainty) / (_last.At - _first.At));

    public bool IsDue(DateTimeOffset now) => now - _failed > _failureIsGoodFor && (_last is null || now - _last.At > _goodFor);

    /// <summary>Records a failed reading, so that the clock is not read again before every scenario.</summary>
    public void AddFailure(DateTimeOffset at) => _failed = at;

    public void Add(ClockReading reading)
    {
        // The clock was set: the drift is measured anew from this reading.
        var isStep = _last is not null && Math.Abs((reading.Offset - _last.Offset) / TimeSpan.FromSeconds(1)) > 1;
        _first = isStep ? reading : _first ?? reading;
        _last = reading;
    }

    /// <summary>The device's clock for a scenario that begins now; null before the first reading.</summary>
    public DeviceClock? At(DateTimeOffset now)
    {
        if (_last is null)
        {
            return null;
        }

        // A measured drift is compensated; an unknown drift increases the uncertainty.
        var (rate, unknown) = Drift is { } drift && Math.Abs(drift.Rate) > drift.Uncertainty ? drift : (0, _ordinaryDrift);
        var since = now - _last.At;
        return new DeviceClock(_last.Offset + (since * rate), _last.Uncertainty + (since.Duration() * Math.Max(_ordinaryDrift, unknown)));
    }
}
