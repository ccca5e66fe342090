using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about a MAG under test: what the tester's nodes and LMA send, and the findings from what the MAG does.</summary>
public sealed class MagPhrasesTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(2);

    private const string AtMost = "Then the MAG sends at most MAX_UPDATE_RATE Proxy Binding Updates for MN1 in any second";

    private readonly ScriptedMag _mag = new(new ScriptedBed());

    [Theory]
    [InlineData("When MN1 attaches at link 1", "Neighbor Solicitation, Router Solicitation")]
    [InlineData("When MN1 attaches at link 1 by link up", "")]
    [InlineData("When MN1 attaches at link 1 by Router Solicitation", "Router Solicitation")]
    [InlineData("When MN1 attaches at link 1 by duplicate address detection", "Neighbor Solicitation")]
    public void Attachment_RaisesTheLink_AndSendsItsTriggers(string step, string sent)
    {
        _mag.RegistersAfter = null;

        Run("silence", $"{step}\nThen the MAG sends no Proxy Binding Update for MN1 for 1 s").Verdict.Should().Be(Verdict.Pass);

        string.Join(", ", OnLink()).Should().Be(sent);
        _mag.Carriers.Should().Equal((Ports.Access(1), true), (Ports.Access(1), false));
    }

    [Fact]
    public void Registration_IsAnsweredByTheLma_AndAdvertised()
    {
        var result = Run("advertisement", AdvertisedAfterAcceptance);

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        var answer = _mag.Answers[0];
        ((byte)answer.Status, answer.SequenceNumber, answer.LifetimeUnits).Should().Be((0, 101, 75));
        answer.Options.First<HomeNetworkPrefixOption>()!.Prefix.Should().Be(ScriptedLma.PrefixOf(1));
        answer.Options.First<LinkLocalAddressOption>()!.Address.IsIPv6LinkLocal.Should().BeTrue();
        answer.Options.Has<TimestampOption>().Should().BeTrue();
    }

    [Fact]
    public void Update_AtTheEndOfItsTime_IsInTime_AndOneTickLaterIsNot()
    {
        Registered(_answerWithin).Verdict.Should().Be(Verdict.Pass);

        var late = Registered(_answerWithin + _tick);
        late.Verdict.Should().Be(Verdict.Fail);
        late.Purpose.Single().Actual.Should().Be("nothing came within 2 s");

        static ScenarioResult Registered(TimeSpan after)
        {
            var mag = new ScriptedMag(new ScriptedBed()) { RegistersAfter = after };
            return Run(mag, "timing", "When MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1");
        }
    }

    /// <summary>The MAG registers the node as a node of the kind that it knows.</summary>
    [Fact]
    public void AbsenceOfUpdates_IsViolatedByOneUnderAnotherIdentifier() =>
        Run(
            "silence",
            "Given MN1 is a visitor mobile node\nWhen MN1 attaches at link 1\nThen the MAG sends no Proxy Binding Update for MN1 for 1 s"
        )
            .Verdict.Should()
            .Be(Verdict.Fail);

    [Fact]
    public void AbsenceOfUpdates_IsViolatedAtItsLastTick_AndNotLater()
    {
        Quiet(TimeSpan.FromSeconds(5)).Should().Be(Verdict.Fail);
        Quiet(TimeSpan.FromSeconds(5) + _tick).Should().Be(Verdict.Pass);

        static Verdict Quiet(TimeSpan after)
        {
            var mag = new ScriptedMag(new ScriptedBed()) { RegistersAfter = after };
            return Run(mag, "silence", "When MN1 attaches at link 1\nThen the MAG sends no Proxy Binding Update for MN1 for 5 s").Verdict;
        }
    }

    /// <summary>The MAG sends an update for every Router Solicitation, and one for that of the attachment.</summary>
    [Theory]
    [InlineData("MN1 sends 2 Router Solicitations", Verdict.Pass)]
    [InlineData("MN1 sends 3 Router Solicitations", Verdict.Fail)]
    [InlineData("MN1 sends 2 Router Solicitations\nAnd just under 1 s passes\nAnd MN1 sends a Router Solicitation", Verdict.Fail)]
    [InlineData("MN1 sends 2 Router Solicitations\nAnd 1 s passes\nAnd MN1 sends a Router Solicitation", Verdict.Pass)]
    public void RateOfUpdates_IsAtMostThreeInAnySecond(string asks, Verdict verdict) =>
        Run("timing", $"Given MN1 attaches at link 1\nWhen {asks}\n{AtMost}").Verdict.Should().Be(verdict);

    /// <summary>The MAG repeats its update for MN1 octet by octet.</summary>
    [Theory]
    [InlineData(20, Verdict.Fail)]
    [InlineData(50, Verdict.Fail)]
    [InlineData(200, Verdict.Fail)]
    [InlineData(350, Verdict.Pass)]
    public void RateOfUpdates_CountsCopies_ThatComeTooLateForANetworkThatDuplicates(int apart, Verdict verdict)
    {
        _mag.RepeatsAfter = TimeSpan.FromMilliseconds(apart);

        Run("timing", $"When MN1 attaches at link 1\n{AtMost}").Verdict.Should().Be(verdict);
    }

    [Fact]
    public void RateOfUpdates_OfAMagThatSendsNone_IsNotJudged()
    {
        _mag.RegistersAfter = null;

        Run("timing", $"Given MN1 attaches at link 1\nWhen MN1 sends 9 Router Solicitations\n{AtMost}")
            .Verdict.Should()
            .Be(Verdict.Inconclusive);
    }

    [Fact]
    public void Rejection_DiffersFromAnAcceptance_InItsStatusAlone()
    {
        Run(
            "advertisement",
            """
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES
            Then the MAG advertises no home network prefix to MN1
            """
        )
            .Verdict.Should()
            .Be(Verdict.Pass);

        var answer = _mag.Answers.Single();
        ((byte)answer.Status, answer.LifetimeUnits).Should().Be((130, 75));
        answer.Options.First<HomeNetworkPrefixOption>()!.Prefix.Should().Be(ScriptedLma.PrefixOf(1));
        answer.Options.First<LinkLocalAddressOption>()!.Address.IsIPv6LinkLocal.Should().BeTrue();
    }

    [Fact]
    public void ChangeToAnOptionThatTheUpdateDoesNotHave_IsNoFaultOfTheScenario()
    {
        var result = Run(
            "advertisement",
            AdvertisedAfterAcceptance.Replace("the request", "the request with option[Nonce Indices].Length = 3")
        );

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("the update has no Nonce Indices option");
    }

    [Fact]
    public void PrefixThatTheAnswerHasTwice_IsOnePrefix()
    {
        _mag.Prefixes = 2;

        Run("advertisement", AdvertisedAfterAcceptance).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void ValueOfAnOptionThatTheUpdateDoesNotHave_IsNotJudged()
    {
        var result = Run(
            "options",
            "When MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1 with:\n  | Nonce Indices | 0000 |"
        );

        (result.Verdict, result.Purpose.Count).Should().Be((Verdict.Inconclusive, 0), result.Reason);
    }

    [Theory]
    [InlineData("Proxy Binding Update", Verdict.Pass)]
    [InlineData("registration", Verdict.Fail)]
    public void Deregistration_IsAnUpdate_AndNoRegistration(string message, Verdict verdict)
    {
        _mag.DeregistersAfter = TimeSpan.FromSeconds(1);

        Run(
            "timing",
            $"""
            Given MN1 is attached at link 1 and registered with LMA1
            And MN1 detaches
            When MN1 attaches at link 1 by link up
            Then the MAG sends a {message} for MN1
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    /// <summary>The de-registration comes between the attachment and the registration for which the first step waits.</summary>
    [Theory]
    [InlineData(true, Verdict.Fail)]
    [InlineData(false, Verdict.Pass)]
    public void DeregistrationBeforeARegistration_IsNotPassedOver(bool again, Verdict verdict)
    {
        (_mag.DeregistersAfter, _mag.RegistersAfter) = (TimeSpan.FromSeconds(again ? 2 : 1), TimeSpan.FromSeconds(1.5));

        Run(
            "silence",
            """
            Given MN1 is attached at link 1 and registered with LMA1
            And MN1 detaches
            And 1.5 s passes
            When MN1 attaches at link 1
            Then the MAG sends a registration for MN1
            And the MAG sends no de-registration for MN1 for 5 s
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    /// <summary>The address is the source of the advertisement, or the MAG answers for it.</summary>
    [Theory]
    [InlineData("fe80::5e:ff:fe00:1", false, Verdict.Fail)]
    [InlineData("fe80::f1", true, Verdict.Fail)]
    [InlineData("fe80::f1", false, Verdict.Pass)]
    public void LinkLocalAddressOfANode_IsUsedByAdvertisingFromIt_OrAnsweringForIt(string router, bool answers, Verdict verdict)
    {
        var own = System.Net.IPAddress.Parse("fe80::5e:ff:fe00:1");
        _mag.Router = System.Net.IPAddress.Parse(router);
        _mag.Forward = (mag, packet) =>
        {
            if (answers)
            {
                var advertisement = new NeighborAdvertisement(own, Router: true, Solicited: false, Override: true, NdOptionList.Empty);
                mag.Bed.Deliver(mag.Bed.Now + _tick, Ports.Access(1), Messages.Icmp(_mag.Router!, Ipv6Multicast.AllNodes, advertisement));
            }
        };

        Run(
            "advertisement",
            """
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 accepts the request
            And 400 ms passes
            And MN1 sends a packet to CN1
            Then the MAG does not use the link-local address of MN1
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData("02:5e:00:00:00:01", Verdict.Pass)]
    [InlineData(null, Verdict.Fail)]
    public void LinkLayerDestinationOfAnAdvertisement_IsThatOfTheNode_OrThatOfAGroup(string? to, Verdict verdict)
    {
        _mag.AdvertisesTo = to is null ? null : MacAddress.Parse(to);

        Run("options", AdvertisedAfterAcceptance + " with:\n  | link-layer destination | that of the mobile node |")
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData("fe80::5e:ff:fe00:1", Verdict.Fail)]
    [InlineData("fe80::f1", Verdict.Pass)]
    public void SourceOfAnAdvertisement_IsNotThatOfTheNode(string router, Verdict verdict)
    {
        _mag.Router = System.Net.IPAddress.Parse(router);

        Run("options", AdvertisedAfterAcceptance + " with:\n  | source | not that of the mobile node |").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData("fe80::f1", true, Verdict.Pass)]
    [InlineData("fe80::f1", false, Verdict.Fail)]
    [InlineData(null, false, Verdict.Pass)]
    public void SourceOfAnAdvertisement_IsThatOfTheLma_OrWasTestedForDuplicates(string? router, bool tests, Verdict verdict)
    {
        (_mag.Router, _mag.TestsRouter) = (router is null ? null : IPAddress.Parse(router), tests);

        Run("options", AdvertisedAfterAcceptance + " with:\n  | source | named by the LMA or tested for duplicates |")
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData(0, 0, Verdict.Pass)]
    [InlineData(1800, 0, Verdict.Fail)]
    [InlineData(0, 1, Verdict.Fail)]
    public void LinkIsTornDown_IfNeitherTheRouterNorAPrefixIsLeft(ushort routerLifetime, uint validLifetime, Verdict verdict)
    {
        (_mag.RouterLifetime, _mag.ValidLifetime) = (routerLifetime, validLifetime);

        Run(
            "advertisement",
            """
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 accepts the request
            Then the MAG tears down the link to MN1
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData("02:1a:00:00:00:01", Verdict.Pass)]
    [InlineData("02:1a:00:00:00:02", Verdict.Fail)]
    public void LinkLayerSourceOfAnAdvertisement_IsComparedWithAnAddress(string expected, Verdict verdict) =>
        Run("options", AdvertisedAfterAcceptance + $" with:\n  | link-layer source | {expected} |").Verdict.Should().Be(verdict);

    [Theory]
    [InlineData("fe80::f1", Verdict.Pass)]
    [InlineData("fe80::f2", Verdict.Fail)]
    public void LinkLocalAddressOfAnUpdate_IsComparedWithTheSourceOfAdvertisements(string stated, Verdict verdict)
    {
        (_mag.Router, _mag.LinkLocalAddress) = (System.Net.IPAddress.Parse("fe80::f1"), System.Net.IPAddress.Parse(stated));

        Run(
            "options",
            """
            Given MN1 is attached at link 1 and registered with LMA1
            When MN1 sends a Router Solicitation
            Then the MAG sends a Proxy Binding Update for MN1 with:
              | Link-local Address | that of its advertisements |
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Fact]
    public void NodeThatReturnsWithoutAWord_SendsToTheRouterThatItKnew()
    {
        Run("forwarding", Returned(1)).Verdict.Should().Be(Verdict.Pass);

        var packet = _mag
            .Bed.Sent.Where(sent => sent.Port == Ports.Access(1))
            .Select(sent => Packet.Of(new(sent.Port, Testing.Bed.Direction.Sent, 1, default, sent.Octets)))
            .Last(packet => packet.Icmp!.IsEcho);
        packet.Ethernet!.Destination.Should().Be(Messages.Device);
        ScriptedLma.PrefixOf(1).Contains(packet.Ip!.Source).Should().BeTrue();
    }

    [Fact]
    public void NodeThatComesToAnotherLinkWithoutAWord_KnowsNoRouterThere()
    {
        var result = Run("forwarding", Returned(2));

        (result.Verdict, result.Purpose.Count).Should().Be((Verdict.Inconclusive, 0), result.Reason);
    }

    [Theory]
    [InlineData(null, 0, Verdict.Fail)]
    [InlineData(1, 0, Verdict.Pass)]
    [InlineData(0, 0, Verdict.Fail)]
    [InlineData(1, 1, Verdict.Fail)]
    public void ParameterProblem_MustPointAtTheOctet_WithCode0(int? octet, int code, Verdict verdict)
    {
        (_mag.Blames, _mag.BlamesWithCode) = ((uint?)octet, (byte)code);

        Blamed(string.Empty).Verdict.Should().Be(verdict);
    }

    /// <summary>The Mobility Header begins 8 octets later.</summary>
    [Theory]
    [InlineData(9, Verdict.Pass)]
    [InlineData(1, Verdict.Fail)]
    public void ParameterProblem_PointsIntoThePacket_NotIntoTheMobilityHeader(int octet, Verdict verdict)
    {
        _mag.Blames = (uint)octet;

        Blamed(" and Destination Options = 01 04 00000000").Verdict.Should().Be(verdict);
    }

    /// <summary>The octets of the IPv6 header that routers change may differ, and nothing else; the packet has 40 + 8 octets.</summary>
    [Theory]
    [InlineData(0, 48, Verdict.Pass, null)]
    [InlineData(7, 48, Verdict.Pass, null)]
    [InlineData(4, 48, Verdict.Fail, "octet 4 of the quoted packet is 0xff, but was sent as 0x00")]
    [InlineData(47, 48, Verdict.Fail, "octet 47 of the quoted packet is 0x??, but was sent as 0x??")]
    [InlineData(0, 47, Verdict.Fail, "it quotes 47 octets of 48")]
    [InlineData(0, 0, Verdict.Fail, "it quotes 0 octets of 48")]
    public void ParameterProblem_QuotesThePacketThatWasSent(int changed, int length, Verdict verdict, string? actual)
    {
        _mag.Blames = 1;
        _mag.Quotes = packet =>
        {
            packet[changed] ^= changed == 0 ? (byte)0x0f : (byte)0xff;
            return packet[..length];
        };

        var result = Blamed(string.Empty);

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Purpose.Single().Actual.Should().Match(actual ?? "it came");
    }

    [Fact]
    public void ParameterProblem_ToAnotherNode_DoesNotTellTheSender()
    {
        (_mag.Blames, _mag.BlameGoesTo) = (1, IPAddress.Parse("2001:db8:100::ff"));

        Blamed(string.Empty).Purpose.Single().Actual.Should().Be("it was sent to 2001:db8:100::ff, not to 2001:db8:100::1");
    }

    /// <summary>RFC 4861, Section 6.2.6: another advertisement to all nodes may have come just before.</summary>
    [Fact]
    public void Withdrawal_MayCome3SAfterTheTimeOfOtherAnswers_AndNotLater()
    {
        var latest = _answerWithin + TimeSpan.FromSeconds(3);
        Withdrawn(latest).Should().Be(Verdict.Pass);
        Withdrawn(latest + _tick).Should().Be(Verdict.Fail);

        static Verdict Withdrawn(TimeSpan after)
        {
            var mag = new ScriptedMag(new ScriptedBed()) { AdvertisesAfter = after, ValidLifetime = 0 };
            return Run(
                mag,
                "advertisement",
                """
                Given MN1 attaches at link 1
                And the MAG sends a Proxy Binding Update for MN1
                When LMA1 accepts the request
                Then the MAG withdraws the home network prefixes from MN1
                """
            ).Verdict;
        }
    }

    /// <summary>Another prefix that is withdrawn says nothing of that of the node.</summary>
    [Theory]
    [InlineData(0u, null, Verdict.Pass)]
    [InlineData(1u, null, Verdict.Fail)]
    [InlineData(0u, "2001:db8:bad::/64", Verdict.Fail)]
    public void WithdrawnPrefix_HasALifetimeOf0(uint lifetime, string? advertised, Verdict verdict)
    {
        (_mag.ValidLifetime, _mag.Advertises) = (lifetime, advertised is null ? null : Ipv6Prefix.Parse(advertised));

        Run(
            "advertisement",
            """
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 accepts the request
            Then the MAG withdraws the home network prefixes from MN1
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData(true, Verdict.Pass)]
    [InlineData(false, Verdict.Fail)]
    public void AutonomousFlag_IsReadFromThePrefix(bool set, Verdict verdict)
    {
        _mag.Autonomous = set;

        Run("options", AdvertisedAfterAcceptance + " with:\n  | autonomous | 1 |").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(true, false, "managed", "1", Verdict.Pass)]
    [InlineData(true, false, "other", "1", Verdict.Fail)]
    [InlineData(false, true, "managed", "1", Verdict.Fail)]
    [InlineData(false, true, "other", "1", Verdict.Pass)]
    [InlineData(false, true, "managed", "0", Verdict.Pass)]
    public void FlagsOfAddressConfiguration_AreReadFromTheAdvertisement(
        bool managed,
        bool other,
        string field,
        string expected,
        Verdict verdict
    )
    {
        (_mag.Managed, _mag.OtherConfig) = (managed, other);

        Run("options", $"{AdvertisedAfterAcceptance} with:\n  | {field} | {expected} |").Verdict.Should().Be(verdict);
    }

    /// <summary>A router may let the lifetime run down from the first time that it has advertised the prefix.</summary>
    [Theory]
    [InlineData(3600, Verdict.Pass)]
    [InlineData(3599, Verdict.Pass)]
    [InlineData(3601, Verdict.Fail)]
    [InlineData(3000, Verdict.Fail)]
    public void ValidLifetime_IsThatOfTheProfile_OrRunsDown(int lifetime, Verdict verdict)
    {
        _mag.ValidLifetime = (uint)lifetime;

        Run("options", AdvertisedAfterAcceptance + " with:\n  | valid lifetime | 3600 s |").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(false, Verdict.Pass)]
    [InlineData(true, Verdict.Fail)]
    public void FlagsOfAddressConfiguration_AreComparedWithThoseOnTheLinkBefore(bool changes, Verdict verdict)
    {
        const string Moved = """
            Given MN1 is attached at link 1 and registered with LMA1
            When MN1 moves to link 2
            Then the MAG advertises the home network prefixes to MN1 with:
              | managed | as on the link before |
              | other   | as on the link before |
            """;
        _mag.OtherConfig = true;
        _mag.ChangesOtherConfig = changes;

        Run("options", Moved).Verdict.Should().Be(verdict);
    }

    [Fact]
    public void Advertisement_OfAnotherPrefix_IsAViolation_ThatNamesBoth()
    {
        _mag.Advertises = Ipv6Prefix.Parse("2001:db8:bad::/64");

        var result = Run("advertisement", AdvertisedAfterAcceptance);

        var finding = result.Purpose.Single();
        (finding.Ok, finding.Expected, finding.Actual)
            .Should()
            .Be(
                (false, $"a Router Advertisement on link1 with {ScriptedLma.PrefixOf(1)}", "a Router Advertisement with 2001:db8:bad::/64")
            );
    }

    /// <summary>At the link layer, the advertisement is for another node on the link; or it withdraws the prefix.</summary>
    [Theory]
    [InlineData("02:5e:00:00:ee:01", 300, Verdict.Pass)]
    [InlineData("02:5e:00:00:00:01", 300, Verdict.Fail)]
    [InlineData(null, 300, Verdict.Fail)]
    [InlineData(null, 0, Verdict.Pass)]
    public void AbsenceOfAdvertisements_IsViolatedByThoseForTheNodeAlone(string? to, int validLifetime, Verdict verdict)
    {
        (_mag.AdvertisesTo, _mag.ValidLifetime) = (to is null ? null : MacAddress.Parse(to), (uint)validLifetime);

        Run(
            "advertisement",
            """
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 accepts the request
            Then the MAG advertises no home network prefix to MN1
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Fact]
    public void RouterOfANode_IsTheSourceOfTheAdvertisementToIt()
    {
        _mag.Router = System.Net.IPAddress.Parse("fe80::f1");

        Run("forwarding", AdvertisedAfterAcceptance + "\nWhen MN1 sends a packet to CN1\nThen the packet goes nowhere")
            .Verdict.Should()
            .Be(Verdict.Pass);

        Packet
            .Of(new(Ports.Access(1), Testing.Bed.Direction.Sent, 1, default, _mag.Bed.Sent[^1].Octets))
            .Ethernet!.Destination.Should()
            .Be(Messages.Device);
        OnLink().Should().Contain("Neighbor Solicitation");
    }

    [Fact]
    public void PacketOfANode_ThatKnowsNoRouter_IsNoEvidence()
    {
        _mag.AdvertisesTo = MacAddress.Parse("02:5e:00:00:ee:01");

        var result = Run(
            "forwarding",
            """
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 accepts the request
            And MN1 sends a packet to CN1
            Then the packet goes nowhere
            """
        );

        (result.Verdict, result.Purpose.Count).Should().Be((Verdict.Inconclusive, 0), result.Reason);
    }

    [Fact]
    public void Advertisement_AtTheEndOfItsTime_IsInTime_AndOneTickLaterIsNot()
    {
        Advertised(_answerWithin).Should().Be(Verdict.Pass);
        Advertised(_answerWithin + _tick).Should().Be(Verdict.Fail);

        static Verdict Advertised(TimeSpan after) =>
            Run(new ScriptedMag(new ScriptedBed()) { AdvertisesAfter = after }, "advertisement", AdvertisedAfterAcceptance).Verdict;
    }

    [Fact]
    public void TableOfFields_OfAnUpdate_IsJudgedToItsEnd()
    {
        var result = Run(
            "options",
            """
            When MN1 attaches at link 1
            Then the MAG sends a Proxy Binding Update for MN1 with:
              | Handoff Indicator      | 2        |
              | Home Network Prefix    | ALL_ZERO |
              | Access Technology Type | 4        |
            """
        );

        result
            .Purpose.Where(finding => !finding.Ok)
            .Select(finding => finding.Expected)
            .Should()
            .Equal("Handoff Indicator 2", "Access Technology Type 4");
    }

    [Fact]
    public void LmaThatTheTesterDoesNotPlay_IsAFaultOfTheScenario() =>
        Run("status", "Given LMA2 accepts registrations\nWhen MN1 attaches at link 1\nThen the MAG sends a Proxy Binding Update for MN1")
            .Verdict.Should()
            .Be(Verdict.Error);

    private const string AdvertisedAfterAcceptance = """
        Given MN1 attaches at link 1
        And the MAG sends a Proxy Binding Update for MN1
        When LMA1 accepts the request
        Then the MAG advertises the home network prefixes to MN1
        """;

    private static string Returned(int link) =>
        $"""
            Given MN1 is attached at link 1 and registered with LMA1
            And MN1 detaches
            And MN1 returns to link {link} without a word
            When MN1 sends a packet to CN1
            Then the packet goes nowhere
            """;

    /// <summary>The report about an acknowledgement with a wrong Header Len, whose Mobility Header has 8 octets.</summary>
    private ScenarioResult Blamed(string edits) =>
        Run(
            "malformed",
            $"""
            Given MN1 attaches at link 1
            And the MAG sends a Proxy Binding Update for MN1
            When LMA1 accepts the request with Header Len = 0 and truncate 8{edits}
            Then the MAG reports a Parameter Problem at octet 1
            """
        );

    private ScenarioResult Run(string observed, string steps) => Run(_mag, observed, steps);

    private static ScenarioResult Run(ScriptedMag mag, string observed, string steps) =>
        PhraseRuns.Run(mag.Bed, observed, steps, "TC-MAG-REG-BV-01").Result;

    private IEnumerable<string> OnLink() =>
        _mag
            .Bed.Sent.Where(sent => sent.Port == Ports.Access(1))
            .Select(sent => Packet.Of(new(sent.Port, Testing.Bed.Direction.Sent, 1, sent.At, sent.Octets)).Icmp!.Message);
}
