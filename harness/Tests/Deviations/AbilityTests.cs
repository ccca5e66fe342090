using Conformance.TestBeds;
using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>What a device has not is not tested, and the reason names what is missing.</summary>
public sealed class AbilityTests
{
    [Theory]
    [InlineData(
        "lma-no-disabled-kind",
        "TC-LMA-REG-BI-02-b",
        Selection.NotTested,
        "identities.kinds: the device has no mobile nodes of the kind disabled"
    )]
    [InlineData(
        "lma-no-disabled-kind",
        "TC-LMA-REG-BI-04-e",
        Selection.NotTested,
        "identities.kinds: the device has no mobile nodes of the kind disabled"
    )]
    [InlineData("lma-no-disabled-kind", "TC-LMA-REG-BI-02-a", Selection.Selected, "")]
    [InlineData("lma-static-prefixes", "TC-LMA-REG-BV-08", Selection.NotApplicable, "the implementation claims static-prefixes")]
    [InlineData("lma-static-prefixes", "TC-LMA-REG-BV-03", Selection.Selected, "")]
    [InlineData("lma-sequence-numbers", "TC-LMA-ORD-BO-01", Selection.NotTested, "does not claim timestamp-option, which is mandatory")]
    [InlineData("lma-sequence-numbers", "TC-LMA-ORD-BO-04-a", Selection.Selected, "")]
    public void Scenario_IsSelectedByWhatTheDeviceHas(string variant, string scenario, Selection selection, string reason)
    {
        var implementation = LegalVariants.All.First(known => known.Name == variant).Implementation;
        using var beds = new SimulatedBeds(implementation, seed: 1);
        var planned = new SuiteRunner(SuiteRuns.Suite)
            .Plan(beds, new RunPlan(_ => true, 1, Strict: false, Directory: null))
            .Single(known => known.Id == scenario);

        planned.Selection.Should().Be(selection);
        (planned.Reason ?? string.Empty).Should().EndWith(reason);
    }
}
