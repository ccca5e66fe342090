using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about the sessions of an LMA under test that need more than one session, or its lifetime.</summary>
public sealed class LmaSessionsTests
{
    private const string SecondAndThird = """
        Given MN1 is registered at MAG1 with Link-local Address = marked
        And MN1 is registered at MAG2 with Link-local Address = marked
        When MAG1 registers MN1
        Then the LMA accepts the registration
        And the session is a new one
        """;

    private static readonly TimeSpan _margin = TimeSpan.FromMilliseconds(2);

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    /// <summary>The third registration is answered with the traits of the first session, of the second, or with others.</summary>
    [Theory]
    [InlineData(1, Verdict.Fail)]
    [InlineData(2, Verdict.Fail)]
    [InlineData(3, Verdict.Pass)]
    public void SessionIsNew_IfItIsNoneOfTheEarlierOnes(int session, Verdict expected)
    {
        var marks = new List<IPAddress>();
        _lma.Status = (_, update) =>
        {
            marks.Add(update.Options.First<LinkLocalAddressOption>()!.Address);
            return BindingStatus.ACCEPTED;
        };
        _lma.Change = (number, answer) =>
            number <= 3
                ? Of(answer, number < 3 ? number : session, number < 3 || session < 3 ? marks[Math.Min(number, session) - 1] : null)
                : answer;

        Run(SecondAndThird).Verdict.Should().Be(expected);
    }

    [Theory]
    [InlineData(1, Verdict.Fail)]
    [InlineData(2, Verdict.Fail)]
    [InlineData(3, Verdict.Pass)]
    public void PrefixesAreOthers_IfNoEarlierSessionHadThem(int prefix, Verdict expected)
    {
        _lma.Change = (number, answer) => Of(answer, number < 3 ? number : prefix, null);

        Run(
            """
            Given MN1 is registered at MAG1
            And MN1 is registered at MAG2
            When MAG1 registers MN1
            Then the LMA accepts the registration
            And MN1 gets other home network prefixes
            """,
            "prefixes"
        )
            .Verdict.Should()
            .Be(expected);
    }

    /// <summary>Prefixes that the request names say nothing about the session; an address that is not the mark does.</summary>
    [Theory]
    [InlineData("assigned", "fe80::7", Verdict.Pass)]
    [InlineData("ALL_ZERO", "fe80::7", Verdict.Inconclusive)]
    [InlineData("assigned", "the mark", Verdict.Fail)]
    [InlineData("assigned", "fe80::7", Verdict.Inconclusive, "the earlier one")]
    public void SessionWithTheNamedPrefixes_IsNewByItsAddress(string asked, string address, Verdict expected, string session = "a new one")
    {
        IPAddress? mark = null;
        _lma.Status = (number, update) =>
        {
            mark = number == 1 ? update.Options.First<LinkLocalAddressOption>()!.Address : mark;
            return BindingStatus.ACCEPTED;
        };
        _lma.Change = (number, answer) => Of(answer, 1, number == 2 && address != "the mark" ? IPAddress.Parse(address) : mark);

        var result = Run(
            $"""
            Given MN1 is registered at MAG1 with Link-local Address = marked
            When MAG1 refreshes MN1 with Home Network Prefix = {asked}
            Then the LMA accepts the registration
            And the session is {session}
            """
        );

        result.Verdict.Should().Be(expected, result.Reason);
    }

    /// <summary>The outcome of a request that names the prefixes of the earlier session: the link-local address alone decides.</summary>
    [Theory]
    [InlineData("fe80::7", Verdict.Pass)]
    [InlineData("the mark", Verdict.Fail)]
    [InlineData("none", Verdict.Inconclusive)]
    public void Outcome_OfARequestThatNamesThePrefixes_IsToldByTheAddress(string address, Verdict expected)
    {
        IPAddress? mark = null;
        _lma.Status = (number, update) =>
        {
            mark = number == 1 ? update.Options.First<LinkLocalAddressOption>()!.Address : mark;
            return BindingStatus.ACCEPTED;
        };
        _lma.Change = (number, answer) =>
            number == 2 && address == "none"
                ? answer with
                {
                    Options = new([.. answer.Options.Where(option => option is not LinkLocalAddressOption)]),
                }
                : Of(answer, 1, number == 2 && address != "the mark" ? IPAddress.Parse(address) : mark);

        var result = Run(
            """
            Given MN1 is registered at MAG1 with Link-local Address = marked
            When MAG1 refreshes MN1
            Then the outcome is one of:
              | outcome                            | reading | allowed when |
              | accepted, the session is a new one | new     | always       |
            """,
            "status"
        );

        result.Verdict.Should().Be(expected, result.Reason);
    }

    /// <summary>The request names prefix 1. Neither rejection nor silence gives it away, but silence shows nothing.</summary>
    [Theory]
    [InlineData(155, 1, Verdict.Pass)]
    [InlineData(130, 1, Verdict.Pass)]
    [InlineData(0, 1, Verdict.Fail)]
    [InlineData(0, 2, Verdict.Pass)]
    [InlineData(0, null, Verdict.Inconclusive)]
    [InlineData(null, 1, Verdict.Inconclusive)]
    public void PrefixesOfASession_AreNotGivenToAnother(int? status, int? prefix, Verdict verdict)
    {
        var lma = new ScriptedLma(new ScriptedBed())
        {
            Status = (number, _) => number == 1 ? BindingStatus.ACCEPTED : (BindingStatus?)status,
            Change = (number, answer) =>
                number == 1 || status != 0
                    ? answer
                    : answer with
                    {
                        Options = new MobilityOptionList([
                            .. answer.Options.Where(option => option is not HomeNetworkPrefixOption),
                            .. prefix is { } given ? (MobilityOption[])[new HomeNetworkPrefixOption(ScriptedLma.PrefixOf(given))] : [],
                        ]),
                    },
        };

        PhraseRuns
            .Run(
                lma.Bed,
                "prefixes",
                """
                Given MN1 is registered at MAG1
                When MAG2 registers MN1 with Home Network Prefix = assigned
                Then the request does not get the home network prefixes of MN1's session
                """
            )
            .Result.Verdict.Should()
            .Be(verdict);
    }

    /// <summary>The clean-up does not ask an LMA about a session that is over.</summary>
    [Theory]
    [InlineData("just under", 2)]
    [InlineData("just over", 1)]
    public void SessionWhoseLifetimeHasRunOut_IsNotDeRegisteredAfterTheScenario(string side, int requests)
    {
        Run(
            $"""
            Given MN1 is registered at MAG1 with Lifetime = 20 s
            When {side} the lifetime of MN1 passes
            And CN1 sends a packet to MN1
            """
        );

        _lma.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public void PrefixesInAnotherOrder_AreTheSameSession()
    {
        var node = new MobileNode("MN1");
        node.Registered([ScriptedLma.PrefixOf(1), ScriptedLma.PrefixOf(2)], linkLocalAddress: null);
        node.Registered([ScriptedLma.PrefixOf(2), ScriptedLma.PrefixOf(1)], linkLocalAddress: null);
        node.Sessions.Should().ContainSingle();

        node.Registered([ScriptedLma.PrefixOf(2)], linkLocalAddress: null);
        node.Sessions.Should().HaveCount(2);
    }

    /// <summary>
    /// The lifetime that the answer has granted counts from the request, or from its answer, whatever was sent since then.
    /// </summary>
    [Theory]
    [InlineData("just under the lifetime of MN1", 8000, 0, -1)]
    [InlineData("just over the lifetime of MN1", 8000, 1, 1)]
    [InlineData("half the lifetime of MN1", 4000, 1, 0)]
    [InlineData("the lifetime of MN1", 8000, 1, 0)]
    public void Lifetime_IsTheGrantedOne_AndCountsFromTheRegistration(string duration, int milliseconds, int answers, int margins)
    {
        _lma.AnswersAfter = TimeSpan.FromMilliseconds(700);
        _lma.Change = (number, answer) => number == 1 ? answer with { LifetimeUnits = 2 } : answer;

        Run(
            $"""
            Given MN1 is registered at MAG1 with Lifetime = 20 s
            And MN2 is registered at MAG1
            When {duration} passes
            And MAG1 refreshes MN1
            """
        );

        (_lma.Requests[2].At - _lma.Requests[0].At)
            .Should()
            .Be(TimeSpan.FromMilliseconds(milliseconds) + (_lma.AnswersAfter * answers) + (_margin * margins));
    }

    [Fact]
    public void Lifetime_OfANodeThatWasNeverRegistered_IsAFaultOfTheScenario() =>
        Run("Given MN1 has no mobility session\nWhen just over the lifetime of MN1 passes\nAnd MAG1 registers MN1")
            .Reason.Should()
            .Be("'just over the lifetime of MN1': no registration of MN1 was accepted.");

    [Theory]
    [InlineData(null, Verdict.Pass)]
    [InlineData(127, Verdict.Fail)]
    [InlineData(128, Verdict.Pass)]
    [InlineData(0, Verdict.Fail)]
    public void Request_IsNotAccepted_IfItIsRejectedOrNotAnswered(int? status, Verdict expected)
    {
        _lma.Status = (_, _) => (BindingStatus?)status;

        Run("When MAG1 registers MN1\nThen the LMA does not accept it", "status").Verdict.Should().Be(expected);
    }

    /// <summary>A timestamp 150 ms below the last one is certainly inside the window of 300 ms only if the last one is recent.</summary>
    [Theory]
    [InlineData(157, 1, Verdict.Pass)]
    [InlineData(156, 1, Verdict.Fail)]
    [InlineData(157, 100, Verdict.Pass)]
    [InlineData(156, 100, Verdict.Inconclusive)]
    [InlineData(161, 100, Verdict.Fail)]
    public void LowerTimestamp_ThatMayBeOutsideTheWindow_MayBeAnsweredAsSuch(int status, int milliseconds, Verdict expected)
    {
        _lma.AnswersAfter = TimeSpan.FromMilliseconds(milliseconds);
        _lma.Status = (number, _) => (BindingStatus)(number == 2 ? status : 0);

        var result = Run(
            """
            Given MN1 is registered at MAG1
            When MAG1 refreshes MN1 with Timestamp = last - half TimestampValidityWindow
            Then the LMA rejects it with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
            """,
            "status"
        );

        result.Verdict.Should().Be(expected, result.Reason);
    }

    /// <summary>A prefix that the LMA could give to the node: a provisioned one, or one that it assigns to nobody.</summary>
    [Theory]
    [InlineData(null, "2001:db8:8000:fffe::/64")]
    [InlineData("2001:db8:8001:{n}::/64", "2001:db8:8001:1::/64")]
    public void OwnedPrefix_IsOneOfTheNodeOrOfNobody(string? provisioned, string expected)
    {
        var ixit = Sessions.Ixit() with { ProvisionedPrefixes = provisioned is null ? [] : [provisioned] };
        var lma = new ScriptedLma(new ScriptedBed(new BedFacts("scripted", 1, TimeSpan.Zero, ixit, [])));

        PhraseRuns.Run(lma.Bed, "status", "When MAG1 registers MN1 with Home Network Prefix = owned, foreign");

        lma.Requests[0]
            .Update.Options.All<HomeNetworkPrefixOption>()
            .Select(option => option.Prefix.ToString())
            .Should()
            .Equal(expected, "2001:db8:dead::/64");
    }

    private static BindingAcknowledgement Of(BindingAcknowledgement answer, int session, IPAddress? linkLocal) =>
        answer with
        {
            Options = new MobilityOptionList([
                .. answer.Options.Select(option =>
                    option switch
                    {
                        HomeNetworkPrefixOption => new HomeNetworkPrefixOption(ScriptedLma.PrefixOf(session)),
                        LinkLocalAddressOption => new LinkLocalAddressOption(linkLocal ?? IPAddress.Parse($"fe80::{session}")),
                        _ => option,
                    }
                ),
            ]),
        };

    private ScenarioResult Run(string steps, string observed = "session") => PhraseRuns.Run(_lma.Bed, observed, steps).Result;
}
