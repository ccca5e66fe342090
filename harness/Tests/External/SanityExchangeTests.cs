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
        using var beds = new SimulatedBeds(LegalVariants.All.First(variant => variant.Name == "lma-slow").Implementation, seed: 1);
        using var bed = beds.Open("lma-baseline");

        var reading = new SanityExchange(bed, NodeRole.Lma).ReadClock(out var problem);

        problem.Should().BeNull();
        reading!.Offset.Should().BeCloseTo(TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
        reading.Uncertainty.Should().Be(TimeSpan.FromMilliseconds(300));
    }
}
