using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>One look at the device's clock.</summary>
/// <param name="At">When, on the tester's clock.</param>
/// <param name="Offset">The device's time minus the tester's.</param>
/// <param name="Uncertainty">How far the offset may be wrong, either way.</param>
public sealed record ClockReading(DateTimeOffset At, TimeSpan Offset, TimeSpan Uncertainty)
{
    /// <summary>A Timestamp counts in units of 1/65536 s (RFC 5213, Section 8.8).</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1.0 / 65536);

    /// <summary>The device looked at its clock between a request and its answer; most likely in the middle.</summary>
    public static ClockReading Of(DateTimeOffset requested, DateTimeOffset answered, DateTimeOffset stated)
    {
        var half = (answered - requested) / 2;
        return new ClockReading(requested + half, stated - (requested + half), half + Rounding);
    }
}

/// <summary>What is known of the device's clock: the last look at it, and how it goes.</summary>
public sealed class DeviceTime
{
    /// <summary>Two clocks of ordinary quartz differ by no more than this in a second, 100 ppm.</summary>
    private static readonly double OrdinaryDrift = 1e-4;

    /// <summary>A look takes milliseconds, and a clock that is set in the meantime makes verdicts wrong until the next one.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);

    /// <summary>A look that fails may take as long as three answers that do not come.</summary>
    private static readonly TimeSpan FailureIsGoodFor = TimeSpan.FromMinutes(3);

    private ClockReading? first;
    private ClockReading? last;
    private DateTimeOffset failed;

    /// <summary>The last look; null before the first.</summary>
    public ClockReading? Last => last;

    /// <summary>How much faster the device's clock goes, as a fraction, and how far that may be wrong; null before there are two looks.</summary>
    public (double Rate, double Uncertainty)? Drift => first is null || last is null || last.At <= first.At
        ? null
        : ((last.Offset - first.Offset) / (last.At - first.At), (last.Uncertainty + first.Uncertainty) / (last.At - first.At));

    public bool IsDue(DateTimeOffset now) => now - failed > FailureIsGoodFor && (last is null || now - last.At > GoodFor);

    /// <summary>A clock that cannot be read is not looked at before every scenario again.</summary>
    public void AddFailure(DateTimeOffset at) => failed = at;

    public void Add(ClockReading reading)
    {
        // A clock that was set begins anew.
        var isStep = last is not null && Math.Abs((reading.Offset - last.Offset) / TimeSpan.FromSeconds(1)) > 1;
        first = isStep ? reading : first ?? reading;
        last = reading;
    }

    /// <summary>What to tell a scenario that begins now; null before the first look.</summary>
    public DeviceClock? At(DateTimeOffset now)
    {
        if (last is null)
        {
            return null;
        }

        // What is seen of a drift is made up for, and what is not known of it makes the offset less certain.
        var (rate, unknown) = Drift is { } drift && Math.Abs(drift.Rate) > drift.Uncertainty ? drift : (0, OrdinaryDrift);
        var since = now - last.At;
        return new DeviceClock(last.Offset + (since * rate), last.Uncertainty + (since.Duration() * Math.Max(OrdinaryDrift, unknown)));
    }
}
