using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>One look at the device's clock.</summary>
/// <param name="At">When, on the tester's clock.</param>
/// <param name="Offset">The device's time minus the tester's.</param>
/// <param name="Uncertainty">How far the offset may be wrong, either way.</param>
public sealed record ClockReading(DateTimeOffset At, TimeSpan Offset, TimeSpan Uncertainty)
{
    /// <summary>A Timestamp counts in units of 1/65536 s (RFC 5213, Section 8.8).</summary>
    private static readonly TimeSpan _rounding = TimeSpan.FromSeconds(1.0 / 65536);

    /// <summary>The device looked at its clock between a request and its answer; most likely in the middle.</summary>
    public static ClockReading Of(DateTimeOffset requested, DateTimeOffset answered, DateTimeOffset stated)
    {
        var half = (answered - requested) / 2;
        return new ClockReading(requested + half, stated - (requested + half), half + _rounding);
    }
}

/// <summary>What is known of the device's clock: the last look at it, and how it goes.</summary>
public sealed class DeviceTime
{
    /// <summary>Two clocks of ordinary quartz differ by no more than this in a second, 100 ppm.</summary>
    private static readonly double _ordinaryDrift = 1e-4;

    /// <summary>A look takes milliseconds, and a clock that is set in the meantime makes verdicts wrong until the next one.</summary>
    private static readonly TimeSpan _goodFor = TimeSpan.FromSeconds(10);

    /// <summary>A look that fails may take as long as three answers that do not come.</summary>
    private static readonly TimeSpan _failureIsGoodFor = TimeSpan.FromMinutes(3);

    private ClockReading? _first;
    private ClockReading? _last;
    private DateTimeOffset _failed;

    /// <summary>The last look; null before the first.</summary>
    public ClockReading? Last => _last;

    /// <summary>How much faster the device's clock goes, as a fraction, and how far that may be wrong; null before there are two looks.</summary>
    public (double Rate, double Uncertainty)? Drift =>
        _first is null || _last is null || _last.At <= _first.At
            ? null
            : ((_last.Offset - _first.Offset) / (_last.At - _first.At), (_last.Uncertainty + _first.Uncertainty) / (_last.At - _first.At));

    public bool IsDue(DateTimeOffset now) => now - _failed > _failureIsGoodFor && (_last is null || now - _last.At > _goodFor);

    /// <summary>A clock that cannot be read is not looked at before every scenario again.</summary>
    public void AddFailure(DateTimeOffset at) => _failed = at;

    public void Add(ClockReading reading)
    {
        // A clock that was set begins anew.
        var isStep = _last is not null && Math.Abs((reading.Offset - _last.Offset) / TimeSpan.FromSeconds(1)) > 1;
        _first = isStep ? reading : _first ?? reading;
        _last = reading;
    }

    /// <summary>What to tell a scenario that begins now; null before the first look.</summary>
    public DeviceClock? At(DateTimeOffset now)
    {
        if (_last is null)
        {
            return null;
        }

        // What is seen of a drift is made up for, and what is not known of it makes the offset less certain.
        var (rate, unknown) = Drift is { } drift && Math.Abs(drift.Rate) > drift.Uncertainty ? drift : (0, _ordinaryDrift);
        var since = now - _last.At;
        return new DeviceClock(_last.Offset + (since * rate), _last.Uncertainty + (since.Duration() * Math.Max(_ordinaryDrift, unknown)));
    }
}
