using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about a mobile node under test: what its peers answer, and the findings from its updates and packets.</summary>
public sealed class MobileNodePhrasesTests
{
    private const string Rfc5648 = "rfc5648-9.9-k1";

    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(1);

    private readonly ScriptedMobileNode _device = new();

    [Fact]
    public void RegisteredLink_IsBound_AndAnsweredThroughARoutingHeader()
    {
        var result = Run(
            "status",
            """
            When the MN gets a link at link 1
            Then the MN sends a Binding Update for link 1 to the HA with:
              | option[Binding Identifier].BID | the BID of link 1 |
            And the MN has a binding for link 1 at the HA
            """
        );

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        var answer = _device.Answers[0];
        answer.Ip!.Source.Should().Be(ScriptedMobileNode.HomeAgent);
        answer.Ip.RoutedTo.Should().Be(ScriptedMobileNode.Home);
        answer.Mobility!.HasRightChecksum.Should().BeTrue();
        Parsed(answer).Status.Should().Be((BindingStatus)0);
        Parsed(answer).LifetimeUnits.Should().Be(10);
        Parsed(answer).Options.All<BindingIdentityOption>().Should().ContainSingle().Which.BindingId.Should().Be(1);
    }

    [Fact]
    public void SilentDevice_FailsNoStatement()
    {
        _device.IsDead = true;

        var result = Run("status", "When the MN gets a link at link 1\nThen the MN sends a Binding Update to the HA");

        result.Breakdown.Should().Be(Breakdown.Dead);
        result.Purpose.Should().NotContain(finding => !finding.Ok);
    }

    [Fact]
    public void DeviceThatRegistersNothing_FailsThePreambleWithoutAFinding()
    {
        var isFirst = true;
        var usual = _device.Register;
        _device.Register = update =>
        {
            var given = isFirst ? [] : usual(update);
            isFirst = false;
            return given;
        };

        var result = Run("status", "Given the MN has registered link 1\nWhen the MN loses link 1\nThen the MN has no binding at the HA");

        result.Verdict.Should().Be(Verdict.Inconclusive, result.Reason);
    }

    [Theory]
    [InlineData(1, Verdict.Fail)]
    [InlineData(25, Verdict.Pass)]
    public void Update_MayRefreshABinding_NearItsEndAlone(int seconds, Verdict expected)
    {
        _device.Register = update =>
            [
                (TimeSpan.FromSeconds(1), update),
                (TimeSpan.FromSeconds(1 + seconds), update with { SequenceNumber = (ushort)(update.SequenceNumber + 50) }),
            ];

        var result = Run(
            "silence",
            """
            Given the MN has registered link 1
            When CN1 sends packets to the MN
            Then the MN sends no Binding Update to the HA for 30 s
            """
        );

        result.Verdict.Should().Be(expected, result.Reason);
    }

    [Theory]
    [InlineData("Lifetime = 400 s", 0, 100)]
    [InlineData("Status = ADMINISTRATIVELY_PROHIBITED", 129, 10)]
    [InlineData("Sequence Number = one after the last", 0, 10)]
    public void Answer_IsChangedAsATableSays(string change, int status, int units)
    {
        Run(
            "status",
            $"Given the HA answers the next update with:\n  | {change} |\n"
                + "When the MN gets a link at link 1\nThen the MN sends a Binding Update to the HA"
        );

        var answer = Parsed(_device.Answers[0]);
        ((int)answer.Status).Should().Be(status);
        answer.LifetimeUnits.Should().Be((ushort)units);
    }

    [Fact]
    public void EndOfABindingOfAnEarlierScenario_IsAnsweredAsUsual_AndSaysNothingOfItsLink()
    {
        const ushort Earlier = 2;
        var end = new BindingIdentifierOption(Earlier, 0, SimultaneousHomeAndForeign: false, CareOfAddress: null);
        _device.Register = update =>
            [
                (TimeSpan.FromSeconds(1), update with { LifetimeUnits = 0, Options = new MobilityOptionList([end]) }),
                (TimeSpan.FromSeconds(2), update with { SequenceNumber = _device.NextNumber }),
            ];

        var result = Run(
            "status",
            """
            Given the HA answers the next update with:
              | Status = ADMINISTRATIVELY_PROHIBITED |
            When the MN gets a link at link 1
            Then the MN sends a Binding Update for link 1 to the HA with:
              | option[Binding Identifier].BID | the BID of link 1 |
            """
        );

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        _device.Answers.Take(2).Select(answer => (int)Parsed(answer).Status).Should().Equal(133, 129);
    }

    [Theory]
    [InlineData(1, Verdict.Pass)]
    [InlineData(2, Verdict.Fail)]
    public void Replies_HaveToComeOverTheLinkThatIsLeft(int link, Verdict expected)
    {
        _device.ReplyOn = port => port == Ports.Access(2) ? Ports.Access(link) : port;

        var result = Run(
            "forwarding",
            """
            Given the MN has registered link 1 and link 2
            When CN1 sends packets to the MN over link 2
            Then packets of the MN to CN1 come over link 1 only
            """
        );

        result.Verdict.Should().Be(expected, result.Reason);
    }

    /// <summary>A mobile node that has kept the address of a link need not show it there, and registers it over any link.</summary>
    [Fact]
    public void CareOfAddressNamedOverAnotherLink_IsKnown()
    {
        var usual = _device.Register;
        _device.Register = update =>
        {
            _device.Register = second =>
            {
                _device.Send(1, TimeSpan.FromSeconds(1), ScriptedMobileNode.HomeAgent, second, home: true);
                return [];
            };
            return usual(update);
        };
        _device.ReplyOn = _ => Ports.Access(1);

        var result = Run(
            "forwarding",
            """
            Given the MN has registered link 1
            And the MN is at link 2
            And the MN sends a Binding Update for link 2 to the HA
            When CN1 sends packets to the MN over link 2
            Then packets of the MN to CN1 come over link 1 only
            """
        );

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
    }

    [Theory]
    [InlineData(false, Verdict.Pass)]
    [InlineData(true, Verdict.Fail)]
    public void UpdateToTheCorrespondentNode_IsTakenWithTheRightAuthenticatorAlone(bool isWrong, Verdict expected)
    {
        _device.OnMessage = Optimiser(isWrong);

        var result = Run(
            "session",
            """
            Given the MN has registered link 1
            When CN1 sends packets to the MN
            Then the MN sends a Home Test Init
            And the MN sends a Care-of Test Init from link 1
            And the MN has a binding for link 1 at the CN
            """
        );

        result.Verdict.Should().Be(expected, result.Reason);
    }

    /// <summary>A mobile node that proves its care-of address, and registers it when it has both tokens.</summary>
    private static Action<ScriptedMobileNode, Packet, MobilityOctets> Optimiser(bool isWrong)
    {
        MobilityOctets? home = null;
        return (device, packet, message) =>
        {
            switch (message.Type)
            {
                case MobilityOctets.BindingAcknowledgementType when packet.Ip!.Source.Equals(ScriptedMobileNode.HomeAgent):
                    var to = ScriptedMobileNode.Correspondent;
                    var init = new HomeTestInit(1, MobilityOptionList.Empty).ToBytes(ScriptedMobileNode.Home, to);
                    device.Tunnel(Ports.Access(1), new Ipv6Packet(ScriptedMobileNode.Home, to, IpProtocol.MobilityHeader, init));
                    device.Send(1, TimeSpan.FromSeconds(2), to, new CareOfTestInit(2, MobilityOptionList.Empty), home: false);
                    break;
                case MobilityOctets.HomeTestType:
                    home = message;
                    break;
                case MobilityOctets.CareOfTestType:
                    Prove(device, home!, message, isWrong);
                    break;
                default:
                    break;
            }
        };
    }

    private static void Prove(ScriptedMobileNode device, MobilityOctets home, MobilityOctets careOf, bool isWrong)
    {
        var update = new BindingUpdate(
            device.NextNumber,
            BindingUpdateFlags.Acknowledge,
            LifetimeUnits: 10,
            new MobilityOptionList([
                new NonceIndicesOption(home.NonceIndex, careOf.NonceIndex),
                new BindingAuthorizationDataOption(new OctetString(new byte[12])),
            ])
        );
        var address = device.CareOfOn(1);
        var octets = update.ToBytes(ScriptedMobileNode.Home, ScriptedMobileNode.Correspondent);
        var key = BindingManagementKey.ForRegistration(home.KeygenToken, careOf.KeygenToken);
        BindingAuthorization.Fill(key, address, ScriptedMobileNode.Correspondent, octets);
        octets[^1] ^= (byte)(isWrong ? 1 : 0);
        MobilityHeader.FillChecksum(ScriptedMobileNode.Home, ScriptedMobileNode.Correspondent, octets);
        var header = new Conformance.Testing.Edits.MessageDraft
        {
            IsAcknowledgement = false,
            Edition = WireEdition.Rfc5648,
            HomeAddress = ScriptedMobileNode.Home,
        };
        var packet = header.Behind(address, ScriptedMobileNode.Correspondent, IpProtocol.MobilityHeader, octets);
        device.Deliver(Ports.Access(1), _soon, packet.ToBytes());
    }

    private static BindingAcknowledgement Parsed(Packet packet)
    {
        MobilityMessage.TryParse(packet.Mobility!.Span, WireEdition.Rfc5648, out var message, out _).Should().BeTrue();
        return (BindingAcknowledgement)message!;
    }

    private ScenarioResult Run(string observed, string steps) =>
        PhraseRuns.Run(_device.Bed, observed, steps, "TC-MN-REG-BV-01", Rfc5648).Result;
}
