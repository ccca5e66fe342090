using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about an LMA under test: the requests that they send, and the findings from its answers.</summary>
public sealed class LmaPhrasesTests
{
    private const string Registration = """
        When MAG1 registers MN1
        Then the LMA accepts the registration
        """;

    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _guard = TimeSpan.FromSeconds(3);

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    [Fact]
    public void Registration_IsSentInFull_ByItsMag_AndEndedAfterTheScenario()
    {
        var result = Run("status", Registration);

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        _lma.Requests.Should().HaveCount(2);
        var (from, at, update) = _lma.Requests[0];
        from.ToString().Should().Be("2001:db8:100::a1");
        update.Flags.Should().Be(BindingUpdateFlags.ProxyRegistration | BindingUpdateFlags.Acknowledge);
        update.Lifetime.Should().Be(TimeSpan.FromMinutes(10));
        update
            .Options.Should()
            .Equal(
                MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
                new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
                new HandoffIndicatorOption((HandoffIndicator)1),
                new AccessTechnologyTypeOption((AccessTechnologyType)3),
                new MobileNodeLinkLayerIdentifierOption(new OctetString([0x02, 0x5e, 0, 0, 0, 1])),
                new LinkLocalAddressOption(IPAddress.IPv6None),
                // The request of the bookend, which left at the same moment, has the time before.
                new TimestampOption(new Timestamp(TimestampOctets.FromTime(at) + 1))
            );
        _lma.Requests[1].Update.LifetimeUnits.Should().Be(0);
        Prefix(1).Should().Be(ScriptedLma.PrefixOf(1));
    }

    [Theory]
    [InlineData("MAG1 refreshes MN1", "2001:db8:100::a1", 150, 5, false)]
    [InlineData("MN1 hands off to MAG2", "2001:db8:100::a2", 150, 3, true)]
    [InlineData("MAG1 de-registers MN1", "2001:db8:100::a1", 0, 4, false)]
    public void LaterRequest_HasItsIndicatorPrefixAndLifetime(string step, string from, int lifetimeUnits, int indicator, bool allZero)
    {
        Run("status", $"Given MN1 is registered at MAG1\nWhen {step}");

        var (first, second) = (_lma.Requests[0], _lma.Requests[1]);
        second.From.ToString().Should().Be(from);
        second.Update.LifetimeUnits.Should().Be((ushort)lifetimeUnits);
        ((int)second.Update.Options.First<HandoffIndicatorOption>()!.Value).Should().Be(indicator);
        Prefix(1).Should().Be(allZero ? Ipv6Prefix.AllZero : ScriptedLma.PrefixOf(1));
        Stamp(second.Update).Should().BeGreaterThan(Stamp(first.Update));
        if (from == first.From.ToString())
        {
            second.Update.SequenceNumber.Should().Be((ushort)(first.Update.SequenceNumber + 1));
        }

        static ulong Stamp(BindingUpdate update) => update.Options.First<TimestampOption>()!.Value.Value;
    }

    [Fact]
    public void Edits_ChangeTheRequest_AndARepeatedRequestHasItsOctets()
    {
        Run("silence", "When MAG1 registers MN1 with no Handoff Indicator; Access Technology Type = 4\nWhen MAG1 repeats its last message");

        var (first, again) = (_lma.Requests[0].Update, _lma.Requests[1].Update);
        first.Options.Has<HandoffIndicatorOption>().Should().BeFalse();
        ((int)first.Options.First<AccessTechnologyTypeOption>()!.Value).Should().Be(4);
        again.Should().Be(first);
    }

    [Fact]
    public void Answer_AtTheEndOfItsTime_IsJudged()
    {
        _lma.AnswersAfter = _answerWithin;

        Run("status", Registration).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void Answer_OneTickTooLate_IsAViolation_ThatNamesTheRequest()
    {
        _lma.AnswersAfter = _answerWithin + _tick;

        var result = Run("status", Registration);

        result.Verdict.Should().Be(Verdict.Fail);
        var finding = result.Purpose.Single();
        (finding.Expected, finding.Actual).Should().Be(("an acknowledgement with status 0 ACCEPTED", "nothing came within 2 s"));
        finding.Packet.Should().Be(result.Steps[0].LastPacket);
    }

    [Fact]
    public void Rejection_InsteadOfAnAcceptance_IsAViolation_AtTheOctetOfTheStatus()
    {
        _lma.Status = (_, _) => BindingStatus.INSUFFICIENT_RESOURCES;

        var result = Run("status", Registration);

        var finding = result.Purpose.Single();
        (finding.Ok, finding.Expected, finding.Actual).Should().Be((false, "status 0 ACCEPTED", "130 INSUFFICIENT_RESOURCES"));
        finding.Octet.Should().Be(14 + 40 + 6);
        _lma.Requests.Should().HaveCount(1, "there is no session to end");
    }

    [Theory]
    [InlineData("161 MISSING_HANDOFF_INDICATOR_OPTION", Verdict.Pass, null)]
    [InlineData("162 MISSING_ACCESS_TECH_TYPE_OPTION", Verdict.Fail, "*expected status 162 MISSING_ACCESS_TECH_TYPE_OPTION; status 161 M*")]
    [InlineData("161 NOT_HOME_SUBNET", Verdict.Error, "Status 161 is 161 MISSING_HANDOFF_INDICATOR_OPTION, not NOT_HOME_SUBNET.")]
    [InlineData("200 OF_SOMEBODY", Verdict.Fail, "*expected status 200; status 161 MISSING_HANDOFF_INDICATOR_OPTION*")]
    public void Rejection_IsComparedByNumber_AndAWrongNameIsAFaultOfTheScenario(string status, Verdict verdict, string? reason)
    {
        _lma.Status = (_, _) => BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION;

        var result = Run("status", $"When MAG1 registers MN1\nThen the LMA rejects it with status {status}");

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().Match(reason ?? "*");
    }

    [Fact]
    public void Silence_IsViolatedByAnAnswerAtTheEndOfTheGuard_AndNotOneTickLater()
    {
        Silent(_guard).Should().Be(Verdict.Fail);
        Silent(_guard + _tick).Should().Be(Verdict.Pass);

        static Verdict Silent(TimeSpan after)
        {
            var lma = new ScriptedLma(new ScriptedBed()) { AnswersAfter = after, Status = (_, _) => BindingStatus.REASON_UNSPECIFIED };
            return PhraseRuns.Run(lma.Bed, "silence", "When MAG1 registers MN1\nThen the LMA does not answer").Result.Verdict;
        }
    }

    [Fact]
    public void Answer_WithAnotherNumberAndIdentifier_IsNoAnswer()
    {
        _lma.Change = (_, answer) =>
            answer with
            {
                SequenceNumber = (ushort)(answer.SequenceNumber + 1),
                Options = new MobilityOptionList([
                    MobileNodeIdentifierOption.ForNai("somebody@else"),
                    .. answer.Options.Where(option => option is not MobileNodeIdentifierOption),
                ]),
            };

        Run("status", Registration).Purpose.Single().Actual.Should().Be("nothing came within 2 s");
    }

    [Fact]
    public void Answer_WithAnotherNumberOnly_IsTakenAsTheAnswer()
    {
        _lma.Change = (_, answer) => answer with { SequenceNumber = (ushort)(answer.SequenceNumber + 1) };

        var result = Run("status", Registration);

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        result.Incidental.Should().Contain(finding => !finding.Ok, "the check of the message judges the number");
    }

    /// <summary>A wrong field must not hide another one. An acknowledgement has no A flag, and so no octet of it.</summary>
    [Fact]
    public void TableOfFields_IsJudgedToItsEnd_WithTheOctetOfEachWrongField()
    {
        var result = Run(
            "options",
            """
            When MAG1 registers MN1
            Then the LMA accepts the registration
            And the answer carries:
              | Status | 1 |
              | P      | 1 |
              | A      | 1 |
              | P      | 0 |
            """
        );

        result
            .Purpose.Where(finding => !finding.Ok)
            .Select(finding => (finding.Expected, finding.Actual, Octet: finding.Octet - 14 - 40))
            .Should()
            .Equal(("Status 1", "Status 0", 6), ("A 1", "A 0", null), ("P 0", "P 1", 7));
        result.Steps[^1].Message.Should().Be("expected Status 1; Status 0. expected A 1; A 0. expected P 0; P 1");
    }

    [Fact]
    public void TableOfFields_ThatAllFit_IsOneConfirmation()
    {
        var result = Run("options", Registration + "\nAnd the answer carries:\n| Status | 0 |\n| Lifetime | 600 s |");

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        result.Purpose.Should().ContainSingle();
    }

    [Fact]
    public void TableOfFields_WithAnUnknownField_IsAFaultOfTheScenario() =>
        Run("options", Registration + "\nAnd the answer carries:\n| Colour | red |").Verdict.Should().Be(Verdict.Error);

    [Theory]
    [InlineData("MN1 keeps its home network prefixes", false, Verdict.Pass)]
    [InlineData("MN1 keeps its home network prefixes", true, Verdict.Fail)]
    [InlineData("MN1 gets other home network prefixes", true, Verdict.Pass)]
    [InlineData("MN1 gets other home network prefixes", false, Verdict.Fail)]
    public void Prefixes_AreComparedWithTheEarlierOnes(string step, bool others, Verdict expected)
    {
        _lma.Change = (number, answer) =>
            others && number == 2 ? With(answer, new HomeNetworkPrefixOption(ScriptedLma.PrefixOf(99))) : answer;

        Run("prefixes", $"Given MN1 is registered at MAG1\nWhen MAG1 refreshes MN1\nThen the LMA accepts the registration\nAnd {step}")
            .Verdict.Should()
            .Be(expected);
    }

    /// <summary>
    /// The first answer states fe80::1 and prefix 1. A mark that comes back proves the earlier session; another prefix or, where no trait
    /// contradicts it, another address proves a new one; all else proves nothing.
    /// </summary>
    [Theory]
    [InlineData("earlier", false, "fe80::1", 1, Verdict.Pass)]
    [InlineData("earlier", false, "fe80::1", 2, Verdict.Fail)]
    [InlineData("earlier", false, "fe80::2", 2, Verdict.Fail)]
    [InlineData("earlier", false, "fe80::2", 1, Verdict.Inconclusive)]
    [InlineData("earlier", false, null, 1, Verdict.Pass)]
    [InlineData("earlier", false, null, 2, Verdict.Fail)]
    [InlineData("earlier", false, null, 0, Verdict.Inconclusive)]
    [InlineData("earlier", false, "fe80::2", 0, Verdict.Fail)]
    [InlineData("earlier", true, "fe80::1", 2, Verdict.Inconclusive)]
    [InlineData("new", false, "fe80::2", 2, Verdict.Pass)]
    [InlineData("new", false, "fe80::1", 2, Verdict.Pass)]
    [InlineData("new", false, null, 2, Verdict.Pass)]
    [InlineData("new", false, "fe80::1", 1, Verdict.Inconclusive)]
    [InlineData("new", false, null, 1, Verdict.Inconclusive)]
    [InlineData("new", true, "fe80::1", 1, Verdict.Fail)]
    [InlineData("new", true, "fe80::2", 2, Verdict.Pass)]
    public void Session_IsToldByItsLinkLocalAddressAndItsPrefixes(
        string session,
        bool marked,
        string? address,
        int prefix,
        Verdict expected
    )
    {
        IPAddress? mark = null;
        _lma.Status = (number, update) =>
        {
            mark = number == 1 && marked ? update.Options.First<LinkLocalAddressOption>()!.Address : mark;
            return BindingStatus.ACCEPTED;
        };
        _lma.Change = (number, answer) =>
            number == 2 ? Stating(answer, address, prefix)
            : marked ? Stating(answer, "fe80::1", 1)
            : answer;
        var step = session == "new" ? "the session is a new one" : "the session is the earlier one";

        var result = Run(
            "session",
            $"Given MN1 is registered at MAG1{(marked ? " with Link-local Address = marked" : string.Empty)}\n"
                + $"When MAG1 refreshes MN1\nThen the LMA accepts the registration\nAnd {step}"
        );

        result.Verdict.Should().Be(expected, result.Reason);
        (result.Verdict == Verdict.Inconclusive)
            .Should()
            .Be(result.Reason.Contains("the session cannot be identified", StringComparison.Ordinal));

        BindingAcknowledgement Stating(BindingAcknowledgement answer, string? address, int prefix) =>
            answer with
            {
                Options = new MobilityOptionList([
                    .. answer
                        .Options.Where(option => option is not LinkLocalAddressOption || address is not null)
                        .Where(option => option is not HomeNetworkPrefixOption || prefix > 0)
                        .Select(option =>
                            option switch
                            {
                                LinkLocalAddressOption => new LinkLocalAddressOption(
                                    address == "fe80::1" ? mark ?? IPAddress.Parse("fe80::1") : IPAddress.Parse(address!)
                                ),
                                HomeNetworkPrefixOption => new HomeNetworkPrefixOption(ScriptedLma.PrefixOf(prefix)),
                                _ => option,
                            }
                        ),
                ]),
            };
    }

    [Theory]
    [InlineData("MN1 keeps its home network prefixes")]
    [InlineData("MN1 gets other home network prefixes")]
    [InlineData("no two mobile nodes share a home network prefix")]
    public void Prefixes_ThatAreMissing_AreNotCompared(string step)
    {
        _lma.Change = (_, answer) =>
            answer with
            {
                Options = new MobilityOptionList([.. answer.Options.Where(option => option is not HomeNetworkPrefixOption)]),
            };

        Run("prefixes", $"Given MN1 is registered at MAG1\nWhen MAG1 refreshes MN1\nThen the LMA accepts the registration\nAnd {step}")
            .Verdict.Should()
            .Be(Verdict.Inconclusive);
    }

    /// <summary>
    /// The first request is not answered. If it has opened a session, the next registration gets its link-local address back.
    /// </summary>
    [Theory]
    [InlineData("its own", 0, Verdict.Pass)]
    [InlineData("the mark", 0, Verdict.Fail)]
    [InlineData("none", 0, Verdict.Inconclusive)]
    [InlineData("its own", 130, Verdict.Inconclusive)]
    public void AbsenceOfASession_IsProbedByANewRegistration(string address, int status, Verdict expected)
    {
        IPAddress? mark = null;
        _lma.Status = (number, update) =>
        {
            mark = number == 1 ? update.Options.First<LinkLocalAddressOption>()!.Address : mark;
            return number == 1 ? null : (BindingStatus)status;
        };
        _lma.Change = (_, answer) =>
            answer with
            {
                Options = new MobilityOptionList([
                    .. answer
                        .Options.Where(option => option is not LinkLocalAddressOption || address != "none")
                        .Select(option =>
                            option is LinkLocalAddressOption && address == "the mark" ? new LinkLocalAddressOption(mark!) : option
                        ),
                ]),
            };

        Run(
            "session",
            """
            When MAG1 registers MN1 with Link-local Address = marked
            Then the LMA does not answer
            And a new registration of MN1 finds no mobility session
            """
        )
            .Verdict.Should()
            .Be(expected);

        _lma.Requests[1].Update.LifetimeUnits.Should().BeGreaterThan((ushort)0);
    }

    [Theory]
    [InlineData(false, false, Verdict.Pass)]
    [InlineData(true, false, Verdict.Pass)]
    [InlineData(true, true, Verdict.Fail)]
    public void PlainBindingUpdate_MayBeAnsweredAsByAHomeAgent(bool answers, bool proxy, Verdict expected)
    {
        _lma.Status = (_, _) => answers ? BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE : null;
        _lma.Change = (_, answer) => answer with { Flags = proxy ? BindingAcknowledgementFlags.ProxyRegistration : 0 };

        Run("flags", "When MAG1 registers MN1 with P = 0\nThen the LMA does not answer with P = 1").Verdict.Should().Be(expected);
    }

    /// <summary>An LMA may find the session by the options of the request that it has accepted, not by those of the last one.</summary>
    [Fact]
    public void Deregistration_AfterTheScenario_HasTheOptionsOfTheAcceptedRegistration()
    {
        _lma.Status = (number, _) => number == 2 ? null : BindingStatus.ACCEPTED;

        Run("status", "Given MN1 is registered at MAG1 with Access Technology Type = 4\nWhen MAG1 refreshes MN1");

        _lma.Requests.Should().HaveCount(3);
        ((int)_lma.Requests[2].Update.Options.First<AccessTechnologyTypeOption>()!.Value).Should().Be(4);
    }

    /// <summary>The number of a session goes with its node from MAG to MAG where no timestamp orders the requests.</summary>
    [Fact]
    public void SequenceNumbers_InPlaceOfTimestamps_RiseOverAllMags()
    {
        var lma = new ScriptedLma(new ScriptedBed(Sessions.Facts(claims: "sequence-number-scheme")));

        PhraseRuns.Run(
            lma.Bed,
            "status",
            """
            Given MN1 is registered at MAG1
            And MN1 hands off to MAG2
            And the LMA accepts the registration
            When MN1 hands off to MAG1
            Then the LMA accepts the registration
            """
        );

        lma.Requests.Should().HaveCount(4).And.NotContain(request => request.Update.Options.Has<TimestampOption>());
        lma.Requests.Zip(lma.Requests.Skip(1))
            .Should()
            .OnlyContain(pair => (short)(pair.Second.Update.SequenceNumber - pair.First.Update.SequenceNumber) > 0);
    }

    [Fact]
    public void ProvisionedPrefixes_AreAskedFor_ByTheNumberOfTheNodeAndItsKind()
    {
        var ixit = Sessions.Ixit() with { ProvisionedPrefixes = ["2001:db8:8001:{n}::/64", "2001:db8:8002:{n}::/64"] };
        var lma = new ScriptedLma(new ScriptedBed(new BedFacts("scripted", 1, TimeSpan.Zero, ixit, [])));

        PhraseRuns.Run(
            lma.Bed,
            "status",
            "Given MN2 is a two-prefix mobile node\nAnd MN1 is registered at MAG1\nAnd MN1 hands off to MAG2\nWhen MAG1 registers MN2"
        );

        Asked(0).Should().Equal("2001:db8:8001:1::/64");
        Asked(1).Should().Equal("2001:db8:8001:1::/64");
        Asked(2).Should().Equal("2001:db8:8001:2::/64", "2001:db8:8002:2::/64");

        IEnumerable<string> Asked(int request) =>
            lma.Requests[request].Update.Options.All<HomeNetworkPrefixOption>().Select(option => option.Prefix.ToString());
    }

    private static BindingAcknowledgement With<T>(BindingAcknowledgement answer, T replacement)
        where T : MobilityOption =>
        answer with
        {
            Options = new MobilityOptionList([.. answer.Options.Select(option => option is T ? replacement : option)]),
        };

    private ScenarioResult Run(string observed, string steps) => PhraseRuns.Run(_lma.Bed, observed, steps).Result;

    private Ipv6Prefix Prefix(int request) => _lma.Requests[request].Update.Options.First<HomeNetworkPrefixOption>()!.Prefix;
}
