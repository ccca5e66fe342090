using Conformance.TestBeds.External;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.External;

public sealed class DeviceTimeTests
{
    private static readonly DateTimeOffset _start = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _rounding = TimeSpan.FromSeconds(1.0 / 65536);

    [Fact]
    public void AReading_IsTheStatedTimeMinusTheMiddle_WithinHalfTheExchangeAndTheRounding()
    {
        var reading = ClockReading.Of(_start, _start + Milliseconds(4), _start + TimeSpan.FromHours(1));

        reading.At.Should().Be(_start + Milliseconds(2));
        reading.Offset.Should().Be(TimeSpan.FromHours(1) - Milliseconds(2));
        reading.Uncertainty.Should().Be(Milliseconds(2) + _rounding);
    }

    [Fact]
    public void WithoutAReading_NothingIsKnown()
    {
        var time = new DeviceTime();

        time.At(_start).Should().BeNull();
        time.Drift.Should().BeNull();
        time.IsDue(_start).Should().BeTrue();
    }

    [Fact]
    public void AReading_IsGoodForTenSeconds_AndLessCertainAsTimeGoes()
    {
        var time = new DeviceTime();
        time.Add(Reading(_start, Milliseconds(100)));

        time.IsDue(_start + TimeSpan.FromSeconds(10)).Should().BeFalse();
        time.IsDue(_start + TimeSpan.FromSeconds(10) + Milliseconds(1)).Should().BeTrue();
        time.At(_start)!.Uncertainty.Should().Be(Milliseconds(1));
        time.At(_start + TimeSpan.FromSeconds(100))!.Uncertainty.Should().BeCloseTo(Milliseconds(11), _rounding);
        time.At(_start + TimeSpan.FromSeconds(100))!.Offset.Should().Be(Milliseconds(100));
    }

    [Fact]
    public void AClockThatCannotBeRead_IsNotReadAgainForThreeMinutes()
    {
        var time = new DeviceTime();
        time.AddFailure(_start);

        time.IsDue(_start + TimeSpan.FromMinutes(3)).Should().BeFalse();
        time.IsDue(_start + TimeSpan.FromMinutes(4)).Should().BeTrue();
    }

    [Fact]
    public void TwoReadings_GiveTheDrift()
    {
        var time = new DeviceTime();
        time.Add(Reading(_start, Milliseconds(100)));
        time.Add(Reading(_start + TimeSpan.FromSeconds(10), Milliseconds(150)));

        time.Drift!.Value.Rate.Should().BeApproximately(0.005, 1e-9);
        time.Drift!.Value.Uncertainty.Should().BeApproximately(0.0002, 1e-9);

        // The clock is faster than an ordinary clock: the observed drift is extrapolated.
        time.At(_start + TimeSpan.FromSeconds(20))!.Offset.Should().BeCloseTo(Milliseconds(200), _rounding);
        time.At(_start + TimeSpan.FromSeconds(20))!.Uncertainty.Should().BeCloseTo(Milliseconds(1 + 2), _rounding);
    }

    [Fact]
    public void AClockThatWasSet_BeginsAnew()
    {
        var time = new DeviceTime();
        time.Add(Reading(_start, Milliseconds(100)));
        time.Add(Reading(_start + TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)));

        time.Drift.Should().BeNull();
        time.At(_start + TimeSpan.FromSeconds(10))!.Offset.Should().Be(TimeSpan.FromHours(1));
    }

    private static ClockReading Reading(DateTimeOffset at, TimeSpan offset) => new(at, offset, Milliseconds(1));

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
