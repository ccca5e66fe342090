using System.Text;
using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Deviations;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>The valid exchanges before and after a scenario, what they tell of a device that breaks down, and the clean-up.</summary>
public sealed class BookendsTests
{
    private const string Rejected = """
        When MAG1 registers MN1 with no Handoff Indicator
        Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
        """;

    private const string Accepted = "When MAG1 registers MN1\nThen the LMA accepts the registration";

    private readonly ScriptedLma _lma = new(new ScriptedBed())
    {
        ScriptsBookend = true,
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

        Requests().Should().Equal("registers 99", "registers 1", "ends 99", "registers 2", "ends 2");
    }

    [Theory]
    [InlineData("BV")]
    [InlineData("TI")]
    public void OtherScenario_IsEnclosedInTheSessionOfOneNode(string kind)
    {
        Run(kind, Accepted).Verdict.Should().Be(Verdict.Pass);

        Requests().Should().Equal("registers 99", "registers 1", "ends 1", "ends 99");
    }

    [Theory]
    [InlineData("BI")]
    [InlineData("BV")]
    public void ImplementationThatIsDeadBefore_IsInconclusive_AndNoStepRuns(string kind)
    {
        _lma.Status = (_, _) => null;

        var result = Run(kind, Rejected);

        (result.Verdict, result.Reason)
            .Should()
            .Be((Verdict.Inconclusive, "the preamble failed: a valid exchange before the scenario fails: nothing came within 2 s"));
        result.Steps.Should().OnlyContain(step => step.Outcome == StepOutcome.Skipped);
        Requests().Should().Equal("registers 99");
        _lma.Bed.Replaced.Should().NotBeNull();
    }

    [Theory]
    [InlineData("BI", Verdict.Inconclusive)]
    [InlineData("BV", Verdict.Fail)]
    public void ImplementationThatRefusesBefore_IsJudgedByAPositiveScenarioOnly(string kind, Verdict expected)
    {
        _lma.Status = (_, _) => BindingStatus.REASON_UNSPECIFIED;

        Run(kind, Accepted).Verdict.Should().Be(expected);
        _lma.Bed.Replaced.Should().BeNull("it is alive");
    }

    [Fact]
    public void ImplementationThatServesNobodyAfter_Fails_AndIsStillCleanedUp()
    {
        var status = _lma.Status;
        _lma.Status = (number, update) => number == 4 ? BindingStatus.INSUFFICIENT_RESOURCES : status(number, update);

        var result = Run("BI", Rejected);

        result.Verdict.Should().Be(Verdict.Fail);
        result
            .Reason.Should()
            .StartWith(
                "after the scenario, other mobile nodes are no longer served: status 130 INSUFFICIENT_RESOURCES; the last stimulus was "
                    + "packet"
            );
        Requests().Should().Equal("registers 99", "registers 1", "ends 99", "registers 2");
    }

    [Fact]
    public void ScenarioThatFails_HasABookendAfterIt_AndIsCleanedUp()
    {
        _lma.Status = (_, _) => BindingStatus.ACCEPTED;

        var result = Run("BI", Rejected);

        (result.Verdict, result.Purpose.Single().Ok).Should().Be((Verdict.Fail, false));
        Requests().Should().Equal("registers 99", "registers 1", "ends 99", "registers 2", "ends 2");
    }

    [Fact]
    public void ImplementationThatDies_Fails_WithItsLastStimulus_AndViolatesNoClause()
    {
        _lma.Status = (number, _) => number == 1 ? BindingStatus.ACCEPTED : null;

        var result = Run("BV", Accepted);

        result.Verdict.Should().Be(Verdict.Fail);
        result
            .Reason.Should()
            .Match(
                "the implementation under test has stopped answering: nothing came within 2 s; "
                    + "the last stimulus was packet 5, PBU seq *; its last sign of life was packet 4"
            );
        result.Purpose.Should().BeEmpty();
        result.NotReached.Should().ContainSingle();
        result
            .Remarks.Should()
            .ContainSingle(remark => remark.StartsWith("does not count, because of the breakdown", StringComparison.Ordinal));
        _lma.Bed.Replaced.Should().Be(result.Reason);
    }

    [Fact]
    public void ImplementationThatDies_OfAMalformedMessage_IsToldTheStatementAboutIt()
    {
        _lma.Status = (number, _) => number == 1 ? BindingStatus.ACCEPTED : null;

        Run("BI", Rejected).Reason.Should().EndWith($"; what must happen instead is in {PhraseRuns.Purpose}");
    }

    [Fact]
    public void ImplementationThatDies_OfOneOfSeveralMessages_IsToldTheFirst()
    {
        _lma.Status = (number, _) => number == 1 ? BindingStatus.ACCEPTED : null;

        var result = PhraseRuns
            .Run(
                _lma.Bed,
                "silence",
                "When MAG1 registers MN1 with no Handoff Indicator\nThen the LMA does not answer\nWhen MAG1 registers MN2",
                "TC-LMA-REG-BI-01"
            )
            .Result;

        result.Reason.Should().MatchRegex("the last stimuli were packet [0-9]+, PBU .*, no HI|the last stimuli were packet [0-9]+, PBU ");
        result.Reason.Should().Contain(", and 1 more up to packet ");
    }

    /// <summary>The node of the bookend has other prefixes and options than those of the scenario.</summary>
    [Fact]
    public void MessageOfABookend_IsNoEvidenceForThePurpose()
    {
        var results = SuiteRuns.Of(Implementation.Reference).Values;

        results
            .SelectMany(result => result.Purpose.Where(finding => finding.Ok && finding.Packet < FirstPacketOfSteps(result)))
            .Should()
            .BeEmpty();

        static int FirstPacketOfSteps(ScenarioResult result) => result.Steps.Min(step => step.FirstPacket) ?? int.MaxValue;
    }

    [Fact]
    public void ImplementationThatDies_WhileItIsSilentAsItMustBe_DoesNotPass()
    {
        _lma.Status = (number, _) => number == 1 ? BindingStatus.ACCEPTED : null;

        var result = PhraseRuns
            .Run(_lma.Bed, "silence", "When MAG1 registers MN1 with no Handoff Indicator\nThen the LMA does not answer", "TC-LMA-REG-BV-01")
            .Result;

        (result.Verdict, result.Purpose.Count).Should().Be((Verdict.Fail, 0));
        result.Reason.Should().Contain("has stopped answering");
    }

    [Fact]
    public void ImplementationThatIsSilentOnce_ViolatesTheClause()
    {
        _lma.Status = (number, _) => number == 2 ? null : BindingStatus.ACCEPTED;

        var result = Run("BV", Accepted);

        (result.Verdict, result.Purpose.Single().Actual).Should().Be((Verdict.Fail, "nothing came within 2 s"));
        _lma.Bed.Replaced.Should().BeNull();
    }

    [Fact]
    public void ImplementationThatDoesNotKnowAnOlderSession_HasLostItsState()
    {
        _lma.Status = (number, update) => number > 1 && NumberOf(update) == ScriptedLma.BookendNumber ? null : BindingStatus.ACCEPTED;

        var result = Run("BV", Accepted);

        result.Verdict.Should().Be(Verdict.Fail);
        result.Reason.Should().StartWith("the implementation under test has lost its state, as after a restart");
        Requests().Should().Equal("registers 99", "registers 1", "ends 1", "ends 99", "registers 2", "ends 2");
        _lma.Bed.Replaced.Should().BeNull("it works");
    }

    [Fact]
    public void ImplementationThatEndsNoSession_HasNotLostItsState()
    {
        _lma.Status = (_, update) => update.LifetimeUnits == 0 ? null : BindingStatus.ACCEPTED;

        Run("BV", Accepted).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void SessionThatHasExpired_IsNotMissed()
    {
        _lma.Change = (number, answer) => number == 1 ? answer with { LifetimeUnits = 1 } : answer;
        _lma.Status = (number, update) => number > 1 && NumberOf(update) == ScriptedLma.BookendNumber ? null : BindingStatus.ACCEPTED;

        Run("BV", $"Given just over MinDelayBeforeBCEDelete passes\n{Accepted}").Verdict.Should().Be(Verdict.Pass);
    }

    /// <summary>
    /// The home network has no IPv6 and two IPv4 addresses, and the kind of the bookends has IPv6 alone. An address is free again 10 s
    /// after its de-registration.
    /// </summary>
    [Theory]
    [InlineData("BV", "And MN2 is an ipv4-only mobile node\nAnd MN2 is registered at MAG1\n")]
    [InlineData("BI", "")]
    public void HomeNetworkWithFewIpv4Addresses_IsBookended_AndHasThemAllForTheScenario(string kind, string other)
    {
        var steps =
            $"Given just over MinDelayBeforeBCEDelete passes\nAnd MN1 is an ipv4-only mobile node\n{other}"
            + "When MAG1 registers MN1\nThen the LMA accepts the registration";
        var taken = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var ixit = Sessions.Ixit() with { Ipv4 = ReferenceSetup.Ipv4, Kinds = Ixit.AllKinds };
        var bed = new ScriptedBed(Sessions.Facts() with { Ixit = ixit });
        var lma = new ScriptedLma(bed) { ScriptsBookend = true, Status = (_, update) => Answer(update) };

        var result = PhraseRuns.Run(bed, "status", steps, $"TC-LMA-REG-{kind}-01", "rfc5844-9.9-k1").Result;

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        bed.Replaced.Should().BeNull();
        lma.Requests.Count(request => NumberOf(request.Update) == ScriptedLma.BookendNumber).Should().Be(3, "it is served and released");

        BindingStatus Answer(BindingUpdate update)
        {
            var node = Encoding.ASCII.GetString(update.Options.First<MobileNodeIdentifierOption>()!.Identifier.Span);
            if (update.LifetimeUnits == 0)
            {
                taken[node] = bed.Now + TimeSpan.FromSeconds(10);
                return BindingStatus.ACCEPTED;
            }

            if (update.Options.Has<HomeNetworkPrefixOption>())
            {
                return BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE;
            }

            if (!node.Contains("@ipv4-only.", StringComparison.Ordinal))
            {
                return BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE;
            }

            if (taken.Count(other => other.Key != node && other.Value > bed.Now) >= 2)
            {
                return BindingStatus.INSUFFICIENT_RESOURCES;
            }

            taken[node] = DateTimeOffset.MaxValue;
            return BindingStatus.ACCEPTED;
        }
    }

    /// <summary>The first identity is then that of the scenario's mobile node.</summary>
    [Fact]
    public void PrefixThatTheScenarioNeeds_IsNotTakenBeforeIt()
    {
        var ixit = Sessions.Ixit() with { HasSparePrefixes = false };
        var lma = new ScriptedLma(new ScriptedBed(Sessions.Facts() with { Ixit = ixit })) { ScriptsBookend = true };

        PhraseRuns.Run(lma.Bed, "status", Accepted).Result.Verdict.Should().Be(Verdict.Pass);

        Requests(lma)
            .Should()
            .Equal($"registers {ScriptedLma.BookendNumber}", $"ends {ScriptedLma.BookendNumber}", "registers 1", "ends 1");
    }

    [Fact]
    public void Bookends_OfAMag_AreAttachedAtTheLinkForThem()
    {
        var mag = new ScriptedMag(new ScriptedBed()) { ScriptsBookend = true };

        PhraseRuns.Run(
            mag.Bed,
            "status",
            "Given LMA1 accepts registrations\nWhen MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1",
            "TC-MAG-REG-BI-01"
        );

        mag.Carriers.Select(carrier => $"{carrier.Port} {(carrier.Up ? "up" : "down")}")
            .Should()
            .Equal("link4 up", "link1 up", "link4 down", "link4 up", "link1 down", "link4 down");
    }

    [Fact]
    public void Bookend_OfAMag_LeavesItsLinkToTheScenario()
    {
        var mag = new ScriptedMag(new ScriptedBed()) { ScriptsBookend = true };

        PhraseRuns.Run(
            mag.Bed,
            "status",
            "When MN1 attaches at link 4\nThen the MAG sends a Proxy Binding Update for MN1",
            "TC-MAG-REG-BV-01"
        );

        mag.Carriers.Select(carrier => $"{carrier.Port} {(carrier.Up ? "up" : "down")}")
            .Should()
            .StartWith(["link4 up", "link4 down", "link4 up", "link4 down"]);
    }

    /// <summary>Without a link for bookends, the last link on which there is no node of the scenario is used.</summary>
    [Theory]
    [InlineData(2, "link2 up, link1 up, link2 down, link2 up, link1 down, link2 down", false)]
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
        var mag = new ScriptedMag(new ScriptedBed()) { RegistersAfter = null, ScriptsBookend = true };

        PhraseRuns
            .Run(mag.Bed, "status", "When MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1", "TC-MAG-REG-BI-01")
            .Result.Reason.Should()
            .Be("the preamble failed: a valid exchange before the scenario fails: nothing came within 2 s");
    }

    private ScenarioResult Run(string kind, string steps) => PhraseRuns.Run(_lma.Bed, "status", steps, $"TC-LMA-REG-{kind}-01").Result;

    /// <summary>The requests in order, each with the number of its node.</summary>
    private IEnumerable<string> Requests(ScriptedLma? lma = null) =>
        (lma ?? _lma).Requests.Select(request => $"{(request.Update.LifetimeUnits > 0 ? "registers" : "ends")} {NumberOf(request.Update)}");

    private static int NumberOf(BindingUpdate update) => update.Options.First<MobileNodeLinkLayerIdentifierOption>()!.Identifier.Span[^1];
}
