using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>The valid exchanges before and after a negative scenario, and the clean-up after every scenario.</summary>
public sealed class BookendsTests
{
    private const string Rejected = """
        When MAG1 registers MN1 with no Handoff Indicator
        Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
        """;

    private readonly ScriptedLma _lma = new(new ScriptedBed())
    {
        Status = (_, update) =>
            update.LifetimeUnits == 0 || update.Options.Has<HandoffIndicatorOption>()
                ? BindingStatus.ACCEPTED
                : BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION,
    };

    [Theory]
    [InlineData("BI")]
    [InlineData("BO")]
    public void NegativeScenario_IsEnclosedInTwoRegistrations_OfNodesOfTheirOwn(string kind)
    {
        Run(kind, Rejected).Verdict.Should().Be(Verdict.Pass);

        Requests().Should().Equal("registers 1", "registers 2", "registers 3", "ends 1", "ends 3");
    }

    [Theory]
    [InlineData("BV")]
    [InlineData("TI")]
    public void OtherScenario_HasNoBookends(string kind)
    {
        Run(kind, Rejected).Verdict.Should().Be(Verdict.Pass);

        Requests().Should().Equal("registers 1");
    }

    [Fact]
    public void ImplementationThatIsDeadBefore_IsInconclusive_AndNoStepRuns()
    {
        _lma.Status = (_, _) => null;

        var result = Run("BI", Rejected);

        (result.Verdict, result.Reason)
            .Should()
            .Be((Verdict.Inconclusive, "the preamble failed: a valid exchange before the scenario fails: nothing came within 2 s"));
        result.Steps.Should().OnlyContain(step => step.Outcome == StepOutcome.Skipped);
        Requests().Should().Equal("registers 1");
    }

    [Fact]
    public void ImplementationThatServesNobodyAfter_Fails_AndIsStillCleanedUp()
    {
        var status = _lma.Status;
        _lma.Status = (number, update) => number == 3 ? BindingStatus.INSUFFICIENT_RESOURCES : status(number, update);

        var result = Run("BI", Rejected);

        (result.Verdict, result.Reason)
            .Should()
            .Be((Verdict.Fail, "after the scenario, other mobile nodes are no longer served: status 130 INSUFFICIENT_RESOURCES"));
        Requests().Should().Equal("registers 1", "registers 2", "registers 3", "ends 1");
    }

    [Fact]
    public void ScenarioThatFails_HasNoBookendAfterIt_ButIsCleanedUp()
    {
        _lma.Status = (_, _) => BindingStatus.ACCEPTED;

        var result = Run("BI", Rejected);

        result.Verdict.Should().Be(Verdict.Fail);
        Requests().Should().Equal("registers 1", "registers 2", "ends 1");
    }

    [Fact]
    public void Bookends_OfAMag_AreAttachedAtTheLinkForThem()
    {
        var mag = new ScriptedMag(new ScriptedBed());

        PhraseRuns.Run(
            mag.Bed,
            "status",
            "Given LMA1 accepts registrations\nWhen MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1",
            "TC-MAG-REG-BI-01"
        );

        mag.Carriers.Select(carrier => $"{carrier.Port} {(carrier.Up ? "up" : "down")}")
            .Should()
            .Equal("link4 up", "link4 down", "link1 up", "link4 up", "link4 down", "link1 down");
    }

    /// <summary>Without a link for bookends, the last link on which there is no node of the scenario is used.</summary>
    [Theory]
    [InlineData(2, "link2 up, link2 down, link1 up, link2 up, link2 down, link1 down", false)]
    [InlineData(1, "link1 up, link1 down, link1 up, link1 down", true)]
    public void Bookends_WithoutALinkForThem_UseAnotherOne_OrTheResultSaysSo(int links, string carriers, bool remarked)
    {
        var facts = Sessions.Facts();
        var domain = facts.Ixit.Domain;
        var bed = new ScriptedBed(
            facts with
            {
                Ixit = facts.Ixit with
                {
                    Domain = domain with
                    {
                        Links =
                        [
                            .. domain.Links.Where(link =>
                                !domain.IsAccess(link.Port) || link.Port.Name.EndsWith('1') || (links == 2 && link.Port.Name.EndsWith('2'))
                            ),
                        ],
                    },
                },
            }
        );
        var mag = new ScriptedMag(bed);

        var result = PhraseRuns
            .Run(
                bed,
                "timing",
                "Given LMA1 accepts registrations\nWhen MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1",
                "TC-MAG-REG-BI-01"
            )
            .Result;

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        string.Join(", ", mag.Carriers.Select(carrier => $"{carrier.Port} {(carrier.Up ? "up" : "down")}")).Should().Be(carriers);
        result.Remarks.Any(remark => remark.StartsWith("no valid exchange for MN-after", StringComparison.Ordinal)).Should().Be(remarked);
    }

    [Fact]
    public void MagThatRegistersNobodyBefore_IsInconclusive()
    {
        var mag = new ScriptedMag(new ScriptedBed()) { RegistersAfter = null };

        PhraseRuns
            .Run(mag.Bed, "status", "When MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1", "TC-MAG-REG-BI-01")
            .Result.Reason.Should()
            .Be("the preamble failed: a valid exchange before the scenario fails: nothing came within 2 s");
    }

    private ScenarioResult Run(string kind, string steps) => PhraseRuns.Run(_lma.Bed, "status", steps, $"TC-LMA-REG-{kind}-01").Result;

    /// <summary>The requests in order, each with the number of its node.</summary>
    private IEnumerable<string> Requests() =>
        _lma.Requests.Select(request =>
            $"{(request.Update.LifetimeUnits > 0 ? "registers" : "ends")} "
            + request.Update.Options.First<MobileNodeLinkLayerIdentifierOption>()!.Identifier.Span[^1]
        );
}
