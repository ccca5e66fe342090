using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>
/// Phrases about a correspondent node under test: the updates that they send, whose proof the codec verifies, and the findings from the
/// reactions.
/// </summary>
public sealed class CorrespondentPhrasesTests
{
    /// <summary>A statement that no check of a message judges.</summary>
    private const string Purpose = "rfc6275-9.9-k1";

    /// <summary>The number of updates of the bookend before those of the scenario.</summary>
    private const int OfBookend = 1;

    private const string Home = "2001:db8:200::5e00:2";
    private const string CareOf = "2001:db8:100::5e1:2";
    private const string Second = "2001:db8:100::5e2:2";

    private readonly ScriptedCorrespondent _node = new();

    [Fact]
    public void Registration_IsProved_AndRemovedAfterTheScenario()
    {
        var result = Run("status", "When MN1 registers CoA1\nThen the CN accepts the registration");

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        var (update, source, home, isAuthentic) = _node.Updates[OfBookend];
        (source.ToString(), home?.ToString()).Should().Be((CareOf, Home));
        isAuthentic.Should().BeTrue();
        update.Flags.Should().Be(BindingUpdateFlags.Acknowledge);
        update.Options[^1].Should().BeOfType<BindingAuthorizationDataOption>();
        _node.Inits.Select(init => init.Source.ToString()).Skip(2).Take(2).Should().Equal(Home, CareOf);
        var removal = _node.Updates[OfBookend + 1];
        (removal.Update.LifetimeUnits, removal.IsAuthentic).Should().Be((0, true));
        _node.Bindings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Authenticator = wrong")]
    [InlineData("Authenticator = of CoA2")]
    [InlineData("Authenticator = of MN2's home address")]
    [InlineData("no Binding Authorization Data")]
    [InlineData("no Nonce Indices")]
    [InlineData("Home Nonce Index = unknown")]
    [InlineData("Care-of Nonce Index = 8")]
    [InlineData("swap option[Nonce Indices] with option[Binding Authorization Data]")]
    [InlineData("pad behind Binding Authorization Data")]
    [InlineData("option[Binding Authorization Data].Authenticator = 0x000000000000000000000000")]
    public void SpoiledProof_IsNotAuthentic_AndItsSilenceIsRight(string edit)
    {
        var result = Run("silence", $"When MN1 registers CoA1 with {edit}\nThen the CN does not answer");

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        _node.Updates[OfBookend].IsAuthentic.Should().BeFalse();
        Violated(result).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Lifetime = 40 s")]
    [InlineData("K = 1")]
    [InlineData("Option 200 = 0102030405060708090a")]
    [InlineData("Reserved Flags = 63; Sequence Number = 7")]
    [InlineData("Alternate Care-of Address = CoA2")]
    public void OtherEdits_AreProved(string edit)
    {
        Run("status", $"When MN1 registers CoA1 with {edit}\nThen the CN accepts the registration");

        _node.Updates[OfBookend].IsAuthentic.Should().BeTrue();
    }

    [Fact]
    public void Tokens_AreUsedAgain_ButNotAfterARemoval()
    {
        Run(
            "status",
            """
            Given MN1 has registered CoA1
            And MN1 has registered CoA1
            And MN1 removes all its bindings
            When MN1 registers CoA1
            Then the CN accepts the registration
            """
        );

        _node.Updates.Skip(OfBookend).Take(4).Should().OnlyContain(update => update.IsAuthentic);
        _node.Inits.Count(init => init.Source.ToString() == CareOf).Should().Be(2);
    }

    [Theory]
    [InlineData("packets with a Home Address option of MN1 from CoA1 are accepted", Verdict.Pass)]
    [InlineData("packets with a Home Address option of MN1 from CoA2 are accepted", Verdict.Fail)]
    [InlineData("packets with a Home Address option of MN1 from CoA2 are dropped", Verdict.Pass)]
    [InlineData("packets with a Home Address option of MN1 from CoA2 are answered by a Binding Error", Verdict.Pass)]
    [InlineData("packets with a Home Address option of MN1 from CoA1 are dropped", Verdict.Fail)]
    [InlineData("packets for MN1 arrive at CoA1 only", Verdict.Pass)]
    [InlineData("packets for MN1 arrive at CoA2 only", Verdict.Fail)]
    [InlineData("packets for MN1 go to its home address", Verdict.Fail)]
    [InlineData("packets for MN2 go to its home address", Verdict.Pass)]
    public void Packets_AreJudgedByWhereTheyGo(string step, Verdict verdict)
    {
        var result = Run("forwarding", $"Given MN1 has registered CoA1\nWhen 1 s passes\nThen {step}");

        result.Verdict.Should().Be(verdict, result.Reason);
    }

    [Fact]
    public void FlowThatAlternates_Fails()
    {
        var paths = new Queue<string>([CareOf, Second, CareOf, Second, CareOf, Second]);
        _node.Routes = home => home.ToString() == Home ? System.Net.IPAddress.Parse(paths.Dequeue()) : null;

        var result = Run(
            "forwarding",
            """
            Given MN1 has registered CoA1
            And MN1 opens flow 1 from CoA1
            When 1 s passes
            Then packets of flow 1 arrive at CoA1 or CoA2 only
            """
        );

        result.Verdict.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void WithoutRouteOptimization_NothingIsSaidOfBindings()
    {
        _node.Routes = _ => null;

        var result = Run("forwarding", "Given MN1 has registered CoA1\nWhen 1 s passes\nThen packets for MN1 arrive at CoA1 only");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        Violated(result).Should().BeEmpty();
    }

    [Fact]
    public void DeviceThatAnswersNoEcho_IsNotBlamed()
    {
        _node.AnswersEcho = false;

        var result = Run(
            "forwarding",
            "Given MN1 has registered CoA1\nWhen 1 s passes\nThen packets with a Home Address option of MN1 from CoA1 are accepted"
        );

        result.Verdict.Should().Be(Verdict.Inconclusive);
        Violated(result).Should().BeEmpty();
    }

    [Theory]
    [InlineData(2, Verdict.Pass)]
    [InlineData(9, Verdict.Fail)]
    public void BindingErrors_MayBeLimitedInTheirRate(int left, Verdict verdict)
    {
        _node.LeavesOutErrors = left;

        var result = Run(
            "status",
            """
            Given MN1 has registered CoA1
            When 1 s passes
            Then packets with a Home Address option of MN1 from CoA2 are answered by a Binding Error
            """
        );

        result.Verdict.Should().Be(verdict, result.Reason);
    }

    [Fact]
    public void PacketsAcceptedWithoutBinding_Fail()
    {
        _node.AcceptsEveryPacket = true;

        Run("silence,forwarding", "When 1 s passes\nThen packets with a Home Address option of MN1 from CoA1 are dropped")
            .Verdict.Should()
            .Be(Verdict.Fail);
    }

    [Theory]
    [InlineData("Home Test Init", "Home Test", "Home Init Cookie")]
    [InlineData("Care-of Test Init", "Care-of Test", "Care-of Init Cookie")]
    public void Tests_AreExpected(string init, string test, string cookie)
    {
        var steps = $"When MN1 sends a {init}\nThen the CN answers with a {test} with:\n  | {cookie} | the request's |";

        Run("status", steps).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void DeadDevice_IsNotJudged()
    {
        _node.AnswersTests = false;

        var result = Run("status", "When MN1 registers CoA1\nThen the CN accepts the registration");

        result.Breakdown.Should().Be(Breakdown.Dead);
        Violated(result).Should().BeEmpty();
    }

    [Fact]
    public void DeviceThatForgets_Fails()
    {
        _node.Status = update =>
        {
            if (_node.Updates.Count == OfBookend + 1)
            {
                _node.Bindings.Clear();
            }

            return BindingStatus.ACCEPTED;
        };

        var result = Run("status", "When MN1 registers CoA1\nThen the CN accepts the registration");

        result.Breakdown.Should().Be(Breakdown.LostState);
    }

    [Fact]
    public void DeviceThatRefusesBindings_ViolatesNothing()
    {
        _node.Status = _ => BindingStatus.INSUFFICIENT_RESOURCES;

        var result = Run("silence", "When MN1 registers CoA1 with Authenticator = wrong\nThen the CN does not answer", "TC-CN-BU-BI-01");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        Violated(result).Should().BeEmpty();
    }

    [Theory]
    [InlineData(BindingStatus.ACCEPTED, Verdict.Pass)]
    [InlineData(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, Verdict.Fail)]
    [InlineData(BindingStatus.INSUFFICIENT_RESOURCES, Verdict.Inconclusive)]
    public void RejectionForAnotherReason_SaysNothingOfTheOneLookedFor(BindingStatus status, Verdict verdict)
    {
        _node.Status = _ => _node.Updates.Count == OfBookend + 1 ? status : BindingStatus.ACCEPTED;

        var result = Run("status", "When MN1 registers CoA1\nThen the CN does not reject it with status SEQUENCE_NUMBER_OUT_OF_WINDOW");

        result.Verdict.Should().Be(verdict, result.Reason);
        Violated(result).Any().Should().Be(verdict == Verdict.Fail);
    }

    private static IEnumerable<string> Violated(ScenarioResult result) =>
        result.Purpose.Concat(result.Incidental).Where(finding => !finding.Ok).Select(finding => finding.Statement.Value);

    private ScenarioResult Run(string observed, string steps, string id = "TC-CN-REG-BV-01") =>
        PhraseRuns.Run(_node.Bed, observed, steps, id, Purpose).Result;
}
