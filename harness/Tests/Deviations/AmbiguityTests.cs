using Conformance.TestBeds;
using Conformance.TestBeds.Deviations;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>If RFC 5213 can be read in two ways, the implementation must behave according to the reading that it declares.</summary>
public sealed class AmbiguityTests
{
    private const string EqualIsLower = "equal-is-lower";
    private const string WaitsForDeregistration = "waits-for-deregistration";
    private const string EqualTimestamp = "TC-LMA-ORD-BO-02";

    [Theory]
    [InlineData(true, true, Verdict.Pass)]
    [InlineData(false, true, Verdict.Pass)]
    [InlineData(true, false, Verdict.Fail)]
    [InlineData(false, false, Verdict.Pass)]
    public void EqualTimestamp_MustBeAnsweredAsDeclared(bool declared, bool shown, Verdict verdict)
    {
        var lma = (shown ? Variant("lma-equal-is-lower") : Implementation.Reference) with { Claims = declared ? [EqualIsLower] : [] };

        SuiteRuns
            .Run(lma, scenario => scenario.Id.ToString() == EqualTimestamp)
            .Should()
            .ContainSingle()
            .Which.Verdict.Should()
            .Be(verdict);
    }

    /// <summary>RFC 5213, Section 5.4.1.2(4), only recommends the wait: an LMA that claims to wait but does not gets a remark.</summary>
    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 2)]
    [InlineData(false, true, null)]
    [InlineData(false, false, null)]
    public void UnknownHandoff_WaitIsTestedOnlyIfClaimed(bool claimed, bool waits, int? remarked)
    {
        var lma = (waits ? Implementation.Reference : Variant("lma-no-wait")) with { Disclaims = claimed ? [] : [WaitsForDeregistration] };

        var results = SuiteRuns.Run(lma, scenario => scenario.Id.ToString().StartsWith("TC-LMA-LKP-TI-01", StringComparison.Ordinal));

        results.Should().HaveCount(remarked is null ? 0 : 2);
        results.Where(result => result.Verdict != Verdict.Pass).Select(SuiteRuns.Line).Should().BeEmpty();
        results
            .Count(result => result.Remarks.Any(remark => remark.StartsWith("recommendation", StringComparison.Ordinal)))
            .Should()
            .Be(remarked ?? 0);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void UnknownHandoff_EndsInANewSessionWhateverIsClaimed(bool claimed, bool waits)
    {
        var lma = (waits ? Implementation.Reference : Variant("lma-no-wait")) with { Disclaims = claimed ? [] : [WaitsForDeregistration] };

        var results = SuiteRuns.Run(lma, scenario => scenario.Id.ToString().StartsWith("TC-LMA-LKP-TI-02", StringComparison.Ordinal));

        results.Should().HaveCount(2);
        results.Where(result => result.Verdict != Verdict.Pass).Select(SuiteRuns.Line).Should().BeEmpty();
    }

    private static Implementation Variant(string name) => LegalVariants.All.First(variant => variant.Name == name).Implementation;
}
