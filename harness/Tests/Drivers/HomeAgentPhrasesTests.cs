using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about a home agent under test: the updates that they send, and the findings from its answers and packets.</summary>
public sealed class HomeAgentPhrasesTests
{
    private const string Rfc5648 = "rfc5648-9.9-k1",
        Draft04 = "mcoa-draft-04-9.9-k1",
        Rfc6275 = "rfc6275-9.9-k1";

    private const string ThreeAnswers = """
        When MN1 registers CoA1 as BID 1 and CoA2 as BID 2
        Then the HA accepts BID 1
        """;

    private readonly ScriptedHomeAgent _device = new();

    [Fact]
    public void PlainRegistration_HasHomeAddressAndAlternateCareOfAddress_AndIsEndedAfterTheScenario()
    {
        var result = Run("status", "When MN1 registers CoA2\nThen the HA accepts the registration", Rfc6275);

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        var (packet, update) = _device.Updates[0];
        packet.Ip!.Source.Should().Be(ScriptedHomeAgent.CareOf(1, 2));
        packet.Ip.HomeAddress.Should().Be(ScriptedHomeAgent.HomeAddress(1));
        packet.Mobility!.HasRightChecksum.Should().BeTrue();
        update
            .Flags.Should()
            .Be(BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration | BindingUpdateFlags.LinkLocalCompatibility);
        update.Options.Should().Equal(new AlternateCareOfAddressOption(ScriptedHomeAgent.CareOf(1, 2)));
        update.LifetimeUnits.Should().Be(75);
        _device.Updates.Should().HaveCount(2);
        _device.Updates[1].Update.LifetimeUnits.Should().Be(0);
        _device.Updates[1].Update.SequenceNumber.Should().Be((ushort)(update.SequenceNumber + 1));
    }

    [Theory]
    [InlineData("registers CoA1 as BID 1", Rfc5648, "1 2001:db8:100::5e1:1")]
    [InlineData("registers CoA1 as BID 1", Draft04, "1")]
    [InlineData("registers CoA1 as BID 1 from CoA3", Draft04, "1 C 2001:db8:100::5e1:1")]
    [InlineData("registers CoA1 as BID 1 and CoA2 as BID 2", Draft04, "1 C 2001:db8:100::5e1:1, 2 C 2001:db8:100::5e2:1")]
    [InlineData("registers CoA1 as BID 1 with O = 1", Draft04, "1 O")]
    [InlineData("registers the home link as BID 3", Rfc5648, "3 H 2001:db8:200::5e00:1")]
    [InlineData("refreshes BID 7", Rfc5648, "7")]
    [InlineData("removes BID 7 and BID 8", Rfc5648, "7, 8")]
    public void Bids_AreInTheLayoutOfTheEdition(string step, string purpose, string expected)
    {
        Run("status", $"When MN1 {step}\nThen the HA accepts the registration", purpose);

        var edition = purpose == Draft04 ? WireEdition.McoaDraft04 : WireEdition.Rfc5648;
        MobilityMessage.TryParse(_device.Updates[0].Packet.Mobility!.Span, edition, out var message, out _).Should().BeTrue();
        string.Join(", ", ((BindingUpdate)message!).Options.All<BindingIdentityOption>().Select(Words)).Should().Be(expected);

        static string Words(BindingIdentityOption option) =>
            string.Join(
                ' ',
                new[]
                {
                    $"{option.BindingId}",
                    option is BindingUniqueIdentifierOption { CareOfAddress: not null } ? "C" : string.Empty,
                    option is BindingUniqueIdentifierOption { Overwrite: true } ? "O" : string.Empty,
                    option is BindingIdentifierOption { SimultaneousHomeAndForeign: true } ? "H" : string.Empty,
                    $"{option.CareOfAddress}",
                }.Where(word => word.Length > 0)
            );
    }

    [Fact]
    public void UpdateFromHome_HasNoHomeAddressOption_AndANodeOfRfc5648KeepsItsLinkLayerAddressToTheUpdate()
    {
        Run("status", "When MN1 registers the home link as BID 3\nThen the HA accepts BID 3");

        var (packet, update) = _device.Updates[0];
        (packet.Frame.Port, packet.Ip!.HomeAddress).Should().Be((Ports.Home, null));
        packet.Ip.Source.Should().Be(ScriptedHomeAgent.HomeAddress(1));
        var named = update.Options.First<MobilityHeaderLinkLayerAddressOption>()!;
        named.Address.Span.SequenceEqual(packet.Ethernet!.Source.ToArray()).Should().BeTrue();
    }

    [Theory]
    [InlineData(0, 0, Verdict.Pass)]
    [InlineData(4, 0, Verdict.Pass)]
    [InlineData(4, 167, Verdict.Fail)]
    [InlineData(0, 167, Verdict.Fail)]
    [InlineData(129, 0, Verdict.Fail)]
    public void StatusOfABid_IsThatOfItsOption_UnlessThatIs0(int status, int ofOption, Verdict verdict)
    {
        _device.Answer = (number, update) =>
            ScriptedHomeAgent.Accept(update, number == 1 ? (BindingStatus)status : 0, number == 1 ? (BindingStatus)ofOption : 0);

        Run("status", ThreeAnswers).Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(167, 0, Verdict.Pass)]
    [InlineData(4, 167, Verdict.Pass)]
    [InlineData(0, 167, Verdict.Pass)]
    [InlineData(0, 0, Verdict.Fail)]
    [InlineData(133, 0, Verdict.Fail)]
    public void Rejection_MayBeInTheAcknowledgementOrInTheOptions(int status, int ofOption, Verdict verdict)
    {
        _device.Answer = (_, update) => ScriptedHomeAgent.Accept(update, (BindingStatus)status, (BindingStatus)ofOption);

        Run("status", "When MN1 refreshes BID 1\nThen the HA rejects it with status MCOA_UNKNOWN_COA").Verdict.Should().Be(verdict);
    }

    [Fact]
    public void AnswerWithoutTheBid_ProvesNothing()
    {
        _device.Answer = (_, update) => ScriptedHomeAgent.Accept(update) with { Options = [] };

        var result = Run("status", ThreeAnswers);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("does not say what became of BID 1");
    }

    [Theory]
    [InlineData("the HA accepts the registration", "status", Verdict.Fail)]
    [InlineData("the HA does not answer", "silence", Verdict.Pass)]
    public void Silence_CountsAgainstADeviceThatIsAlive(string step, string observed, Verdict verdict)
    {
        _device.Answer = (_, _) => null;

        Run(observed, $"When MN1 registers CoA1\nThen {step}").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData("tunnel 1", Verdict.Pass)]
    [InlineData("tunnel 2", Verdict.Fail)]
    [InlineData("tunnel 1 twice", Verdict.Fail)]
    [InlineData("other source", Verdict.Fail)]
    [InlineData("home", Verdict.Fail)]
    [InlineData("nothing", Verdict.Fail)]
    public void PacketsForANode_HaveToComeAtTheNamedPlace_Once(string what, Verdict verdict)
    {
        _device.Forward = (device, packet) => Forward(device, packet, what);

        var result = Run("forwarding", "When MN1 registers CoA1 as BID 1\nThen packets for MN1 arrive at CoA1 only");

        result.Verdict.Should().Be(verdict, result.Reason);
        _device
            .Data.Select(packet => packet.Stack.Layers.OfType<Testing.Octets.Layers.UdpLayer>().Last().SourcePort)
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("nothing", Verdict.Pass)]
    [InlineData("tunnel 1", Verdict.Fail)]
    [InlineData("home", Verdict.Fail)]
    public void PacketsForANode_ThatGoNowhere_ComeOutNowhere(string what, Verdict verdict)
    {
        _device.Forward = (device, packet) => Forward(device, packet, what);

        Run("session", "When MN1 removes all its bindings\nThen packets for MN1 go nowhere").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData("accepted", true, Verdict.Pass)]
    [InlineData("accepted", false, Verdict.Fail)]
    [InlineData("dropped", true, Verdict.Fail)]
    [InlineData("dropped", false, Verdict.Pass)]
    public void TunnelledPackets_AreAcceptedIfTheyComeOut(string treatment, bool comes, Verdict verdict)
    {
        _device.Forward = (device, packet) =>
        {
            if (comes && Ipv6Packet.TryParse(ScriptedHomeAgent.Inner(packet), out var inner, out _))
            {
                device.Send(Ports.Core, inner);
            }
        };

        Run("forwarding", $"When MN1 registers CoA1\nThen tunnelled packets of MN1 from CoA1 are {treatment}").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData("defends", true, Verdict.Pass)]
    [InlineData("defends", false, Verdict.Fail)]
    [InlineData("does not defend", true, Verdict.Fail)]
    [InlineData("does not defend", false, Verdict.Pass)]
    public void Defence_IsShownByAnswersOnTheHomeLink(string words, bool answers, Verdict verdict)
    {
        _device.Defends = address => answers && address.Equals(ScriptedHomeAgent.HomeAddress(1));

        Run("advertisement", $"When MN1 registers CoA1\nThen the HA {words} the home address of MN1").Verdict.Should().Be(verdict);
    }

    [Fact]
    public void Announcements_AreNoDefence()
    {
        _device.Announces = address => address.Equals(ScriptedHomeAgent.HomeAddress(1));

        var result = Run("advertisement", "When MN1 registers CoA1\nThen the HA defends the home address of MN1");

        result.Verdict.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void RejectionWithStatus135_GivesTheNextNumber()
    {
        _device.Answer = (number, update) =>
            ScriptedHomeAgent.Accept(update, number == 1 ? BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW : 0) with
            {
                SequenceNumber = number == 1 ? (ushort)700 : update.SequenceNumber,
            };

        Run("status", "Given MN1 registers CoA1\nWhen MN1 registers CoA1\nThen the HA accepts the registration");

        _device.Updates[1].Update.SequenceNumber.Should().Be(701);
    }

    private ScenarioResult Run(string observed, string steps, string purpose = Rfc5648) =>
        PhraseRuns.Run(_device.Bed, observed, steps, "TC-HA-REG-BV-01", purpose).Result;

    private static void Forward(ScriptedHomeAgent device, Packet packet, string what)
    {
        var words = what.Split(' ');
        switch (words[0])
        {
            case "tunnel":
                device.Tunnel(packet, ScriptedHomeAgent.CareOf(1, words[1][0] - '0'));
                if (words.Length > 2)
                {
                    // Another frame: an identical one may be a duplicate of the network.
                    device.Tunnel(packet, ScriptedHomeAgent.CareOf(1, 9));
                }

                break;
            case "other":
                device.Tunnel(packet, ScriptedHomeAgent.CareOf(1, 1), from: ScriptedHomeAgent.CareOf(1, 9));
                break;
            case "home" when Ipv6Packet.TryParse(ScriptedHomeAgent.Inner(packet), out var inner, out _):
                device.Send(Ports.Home, inner, MacAddress.Parse("02:5e:00:00:00:01"));
                break;
            default:
                break;
        }
    }
}
