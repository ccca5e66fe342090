using Conformance.TestBeds;
using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.External;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Domains;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.External;

public sealed class SanityExchangeTests
{
    /// <summary>The device reads its clock on arrival of the request, so its Timestamp is not the middle of the exchange.</summary>
    [Fact]
    public void TheClockOfADeviceThatAnswersAfter900Milliseconds_IsKnownToWithinItsWindow()
    {
        var slow = LegalVariants.All.First(variant => variant.Name == "lma-slow").Implementation with { ClockOffset = TimeSpan.Zero };
        using var beds = new SimulatedBeds(slow, seed: 1);
        using var bed = beds.Open("lma-baseline");

        var reading = new SanityExchange(bed, NodeRole.Lma).ReadClock(out var problem);

        problem.Should().BeNull();
        reading!.Offset.Should().BeCloseTo(TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
        reading.Uncertainty.Should().Be(TimeSpan.FromMilliseconds(300));
    }

    /// <summary>
    /// Otherwise an LMA that compares whole seconds, or that returns the tester's time as its own, would be found correct.
    /// </summary>
    [Fact]
    public void SimulatedClocks_AreOffAFullSecond_AndApartByAnOddAmount()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open("lma-baseline");
        var apart = bed.Facts.DeviceClock!.Offset;

        bed.Now.Millisecond.Should().BeInRange(300, 700);
        (bed.Now + apart).Millisecond.Should().BeInRange(600, 800, "300 ms less are the same second");
        (apart.Milliseconds % 10).Should().BeGreaterThan(0);
        new SanityExchange(bed, NodeRole.Lma).ReadClock(out _)!.Offset.Should().BeCloseTo(apart, TimeSpan.FromMilliseconds(1));
    }
}
