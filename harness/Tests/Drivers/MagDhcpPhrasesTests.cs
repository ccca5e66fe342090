using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about DHCP and ARP at a MAG under test: what the tester's clients and its server send, and the findings.</summary>
public sealed class MagDhcpPhrasesTests
{
    private const string Attached = "Given MN1 is a dual mobile node\nAnd MN1 is attached at link 1 and registered with LMA1\n";
    private const string Relayed = Attached + "When MN1 sends a DHCPDISCOVER\nThen the DHCPDISCOVER comes to the DHCP server";
    private const string HasRelayed = Attached + "And MN1 sends a DHCPDISCOVER\nAnd the DHCPDISCOVER comes to the DHCP server";

    /// <summary>The address that the tester's LMA assigns to the first mobile node after that of the bookend.</summary>
    private static readonly IPAddress _address = IPAddress.Parse("198.18.64.2");
    private static readonly IPAddress _other = IPAddress.Parse("198.18.7.7");
    private static readonly DhcpMessageType[] _answers = [DhcpMessageType.Offer, DhcpMessageType.Ack];

    private readonly ScriptedIpv4Mag _mag = new("dhcp-server") { OnDhcp = Serve };

    [Theory]
    [InlineData("DHCPDISCOVER", "0.0.0.0 255.255.255.255 ciaddr 0.0.0.0 asks none of none")]
    [InlineData("DHCPREQUEST", "0.0.0.0 255.255.255.255 ciaddr 0.0.0.0 asks 198.18.64.2 of 198.18.0.1")]
    [InlineData("DHCPREQUEST with state = RENEWING", "198.18.64.2 198.18.0.1 ciaddr 198.18.64.2 asks none of none")]
    [InlineData("DHCPREQUEST with state = REBINDING", "198.18.64.2 255.255.255.255 ciaddr 198.18.64.2 asks none of none")]
    [InlineData("DHCPREQUEST with state = INIT-REBOOT", "0.0.0.0 255.255.255.255 ciaddr 0.0.0.0 asks 198.18.64.2 of none")]
    [InlineData("DHCPDECLINE", "0.0.0.0 255.255.255.255 ciaddr 0.0.0.0 asks 198.18.64.2 of 198.18.0.1")]
    [InlineData("DHCPRELEASE", "198.18.64.2 198.18.0.1 ciaddr 198.18.64.2 asks none of 198.18.0.1")]
    [InlineData("DHCPINFORM", "198.18.64.2 255.255.255.255 ciaddr 198.18.64.2 asks none of none")]
    [InlineData(
        "DHCPREQUEST with state = RENEWING; ciaddr = another address; destination = 198.18.0.9",
        "198.18.255.1 198.18.0.9 ciaddr 198.18.255.1 asks none of none"
    )]
    [InlineData(
        "DHCPREQUEST with Requested IP Address = a foreign address; no Server Identifier",
        "0.0.0.0 255.255.255.255 ciaddr 0.0.0.0 asks 203.0.113.99 of none"
    )]
    public void Client_SendsWhatItsStateDemands(string message, string expected)
    {
        var result = Run(
            "status",
            $"{Attached}And MN1 has its IPv4 home address by DHCP\nWhen MN1 sends a {message}\nThen MN1 gets no DHCP message"
        );

        result.Steps.Should().NotBeEmpty(result.Reason);
        var sent = _mag.Messages[2];
        $"{_mag.LastPath.Source} {_mag.LastPath.Destination} ciaddr {sent.ClientAddress} "
            .Should()
            .Be(expected[..(expected.IndexOf("asks", StringComparison.Ordinal))]);
        var asked = sent.Options.First<DhcpRequestedAddressOption>()?.Address.ToString() ?? "none";
        var server = sent.Options.First<DhcpServerIdentifierOption>()?.Address.ToString() ?? "none";
        $"asks {asked} of {server}".Should().Be(expected[expected.IndexOf("asks", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Offer_OfTheAssignedAddress_Passes() =>
        Run("options", $"{Attached}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER with:\n| yiaddr | its IPv4 home address |\n")
            .Verdict.Should()
            .Be(Verdict.Pass);

    [Theory]
    [InlineData("yiaddr", "its IPv4 home address", true)]
    [InlineData("yiaddr", "another address", false)]
    [InlineData("yiaddr", "not another address", true)]
    [InlineData("Subnet Mask", "that of the home network", true)]
    [InlineData("Router", "the default router", true)]
    [InlineData("Router", "198.18.0.2", false)]
    [InlineData("Interface MTU", "1460", true)]
    [InlineData("Interface MTU", "1461", false)]
    [InlineData("IP Address Lease Time", "absent", true)]
    [InlineData("IP Address Lease Time", "present", false)]
    [InlineData("Server Identifier", "an address", true)]
    [InlineData("siaddr", "an address", false)]
    public void Field_OfAnOffer_IsCompared(string field, string expected, bool ok) =>
        Run("options", $"{Attached}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER with:\n| {field} | {expected} |\n")
            .Verdict.Should()
            .Be(ok ? Verdict.Pass : Verdict.Fail);

    [Theory]
    [InlineData("source", "198.18.0.1", true)]
    [InlineData("source", "198.18.0.2", false)]
    [InlineData("link-layer destination", "that of the mobile node", true)]
    public void Source_OfAnOffer_IsCompared(string field, string expected, bool ok) =>
        Run("source", $"{Attached}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER with:\n| {field} | {expected} |\n")
            .Verdict.Should()
            .Be(ok ? Verdict.Pass : Verdict.Fail);

    [Fact]
    public void Answer_OfAnotherTransaction_IsNone()
    {
        _mag.OnDhcp = (mag, asked) => mag.Answer(asked with { TransactionId = asked.TransactionId + 1 }, DhcpMessageType.Offer, _address);

        Offered().Verdict.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void AnotherMessage_IsNamedInTheReason()
    {
        _mag.OnDhcp = (mag, asked) => mag.Answer(asked, DhcpMessageType.Nak, IPAddress.Any);

        Offered().Reason.Should().Contain("a DHCPNAK came instead");
    }

    [Fact]
    public void Message_ThatIsDropped_IsRepeated_AsAClientDoes()
    {
        _mag.OnDhcp = (mag, asked) =>
        {
            if (mag.Messages.Count == 2)
            {
                Serve(mag, asked);
            }
        };

        Offered().Verdict.Should().Be(Verdict.Pass);
        _mag.Messages.Select(message => message.TransactionId).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Message_IsRepeatedTwice_AndNotMore()
    {
        _mag.OnDhcp = (_, _) => { };

        Offered().Verdict.Should().Be(Verdict.Fail);
        _mag.Messages.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(false, Verdict.Pass)]
    [InlineData(true, Verdict.Fail)]
    public void Offer_BeforeTheAcknowledgement_IsOutOfOrder(bool early, Verdict verdict)
    {
        _mag.OnDhcp = (mag, asked) =>
        {
            if (early || mag.Answers.Count > 1)
            {
                Serve(mag, asked);
            }
        };

        Run(
            "order",
            "Given LMA1 ignores registrations\nAnd MN1 is a dual mobile node\nAnd MN1 attaches at link 1\n"
                + "And the MAG sends an IPv4 registration for MN1\nAnd MN1 sends a DHCPDISCOVER\n"
                + "And half INITIAL_BINDACK_TIMEOUT passes\nWhen LMA1 accepts the request\nThen MN1 gets a DHCPOFFER"
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData("no DHCPOFFER", Verdict.Fail)]
    [InlineData("no DHCPNAK", Verdict.Pass)]
    [InlineData("no DHCP message", Verdict.Fail)]
    public void Absence_IsThatOfAType_OrOfAll(string reply, Verdict verdict) =>
        Run("silence", $"{Attached}When MN1 sends a DHCPDISCOVER\nThen MN1 gets {reply}").Verdict.Should().Be(verdict);

    [Fact]
    public void UnaskedRefusal_HasAnyTransaction()
    {
        _mag.OnDhcp = (mag, asked) =>
        {
            Serve(mag, asked);
            if (asked.Type == DhcpMessageType.Request)
            {
                mag.Answer(asked with { TransactionId = 5 }, DhcpMessageType.Nak, IPAddress.Any);
            }
        };

        Run(
            "status",
            $"{Attached}And MN1 sends a DHCPDISCOVER\nAnd MN1 gets a DHCPOFFER\nWhen MN1 sends a DHCPREQUEST\nThen MN1 gets a DHCPNAK"
        )
            .Verdict.Should()
            .Be(Verdict.Pass);
    }

    [Fact]
    public void Relayed_ComesToTheServer_WithTheAddressInItsRemoteId()
    {
        _mag.OnDhcp = (mag, asked) => mag.Relay(asked, _address);

        Run("options", $"{Relayed} with:\n| Agent Remote ID | its IPv4 home address |\n| giaddr | not 0.0.0.0 |\n| hops | 1 |\n")
            .Verdict.Should()
            .Be(Verdict.Pass);
    }

    [Theory]
    [InlineData("Agent Remote ID | its IPv4 home address")]
    [InlineData("Relay Agent Information | present")]
    public void Relayed_WithoutTheOption_IsAViolation(string row)
    {
        _mag.OnDhcp = (mag, asked) => mag.Relay(asked);

        Run("options", $"{Relayed} with:\n| {row} |\n").Verdict.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void Server_AnswersTheRelay_WithItsOption()
    {
        (DhcpMessage Message, UdpPath Path)? answer = null;
        _mag.OnDhcp = (mag, asked) => mag.Relay(asked, _address);
        _mag.OnAnswer = (mag, message, path) =>
        {
            answer = (message, path);
            mag.ToNode(message);
        };

        Run("status", $"{HasRelayed}\nWhen the DHCP server answers with a DHCPOFFER\nThen MN1 gets a DHCPOFFER")
            .Verdict.Should()
            .Be(Verdict.Pass);

        var (sent, path) = answer!.Value;
        (sent.YourAddress, sent.RelayAddress).Should().Be((_address, ScriptedIpv4Mag.Router));
        path.Should().Be(new UdpPath(ScriptedIpv4Mag.Server, 67, ScriptedIpv4Mag.Router, 67));
        var option = sent.Options.OfType<DhcpRelayAgentInformationOption>().Single();
        option.SubOptions.Select(sub => sub.Code).Should().Equal(1, 2);
        sent.Options[sent.Options.Count - 1].Should().Be(option);
    }

    /// <summary>Codes of RFC 3527, RFC 5010 and RFC 5107, with data that they cannot have.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(5, 10, 0)]
    [InlineData(10)]
    [InlineData(11, 198, 18, 0)]
    public void Server_LeavesOutASubOptionThatIsNotWellFormed(byte code, params int[] data)
    {
        const byte Unused = 200;
        DhcpMessage? answer = null;
        _mag.OnDhcp = (mag, asked) =>
        {
            var wrong = new UnknownRelayAgentSubOption(Unused, new OctetString([.. data.Select(octet => (byte)octet)]));
            var relayed = asked with
            {
                RelayAddress = ScriptedIpv4Mag.Router,
                Options = new DhcpOptionList(
                    asked.Options.Append(new DhcpRelayAgentInformationOption([RemoteIdSubOption.ForAddress(_address), wrong]))
                ),
            };
            byte[] octets = [.. relayed.ToBytes()];
            octets[Array.LastIndexOf(octets, Unused)] = code;
            mag.ToCore(new UdpPath(ScriptedIpv4Mag.Router, 67, ScriptedIpv4Mag.Server, 67).Wrap(octets));
        };
        _mag.OnAnswer = (mag, message, _) => mag.ToNode(answer = message);

        Run("status", $"{HasRelayed}\nWhen the DHCP server answers with a DHCPOFFER\nThen MN1 gets a DHCPOFFER")
            .Verdict.Should()
            .Be(Verdict.Pass);

        answer!.Options.OfType<DhcpRelayAgentInformationOption>().Single().SubOptions.Select(sub => sub.Code).Should().Equal(2);
    }

    [Theory]
    [InlineData("DHCPOFFER with yiaddr = another address", "198.18.255.1")]
    [InlineData("DHCPOFFER with yiaddr = MN1's", "198.18.64.2")]
    [InlineData("DHCPNAK", "0.0.0.0")]
    public void Server_AnswersAsTheScenarioSays(string answer, string address)
    {
        DhcpMessage? sent = null;
        _mag.OnDhcp = (mag, asked) => mag.Relay(asked, _address);
        _mag.OnAnswer = (_, message, _) => sent = message;

        Run("silence", $"{HasRelayed}\nWhen the DHCP server answers with a {answer}\nThen MN1 gets no DHCPOFFER")
            .Verdict.Should()
            .Be(Verdict.Pass);

        sent!.YourAddress.Should().Be(IPAddress.Parse(address));
    }

    [Theory]
    [InlineData(false, Verdict.Pass)]
    [InlineData(true, Verdict.Fail)]
    public void Message_ThatMustNotBePassedOn_IsSoughtOnEveryPath(bool passesOn, Verdict verdict)
    {
        _mag.OnDhcp = (mag, asked) =>
        {
            if (passesOn)
            {
                mag.ToCore(new UdpPath(_address, 68, _other, 67).Wrap(asked.ToBytes()));
            }
        };

        Run("silence", $"{Attached}When MN1 sends a DHCPDISCOVER\nThen the MAG does not pass the DHCPDISCOVER on")
            .Verdict.Should()
            .Be(verdict);
    }

    [Fact]
    public void Configuration_WorksWithARelay()
    {
        _mag.OnDhcp = (mag, asked) => mag.Relay(asked, _address);
        _mag.OnAnswer = (mag, message, _) => mag.ToNode(message);

        Run("silence", $"{Attached}When MN1 has its IPv4 home address by DHCP\nThen MN1 gets no DHCPNAK").Verdict.Should().Be(Verdict.Pass);
    }

    [Theory]
    [InlineData("the default router", "an ARP Reply with:\n| link-layer address | that of the MAG |\n", true, Verdict.Pass)]
    [InlineData("the default router", "an ARP Reply", false, Verdict.Fail)]
    [InlineData("another host of its home network", "an ARP Reply", true, Verdict.Pass)]
    public void ArpReply_IsRequired(string target, string reply, bool answers, Verdict verdict)
    {
        _mag.OnArp = _ => answers ? Messages.Device : null;

        Run("status,options", $"{Attached}When MN1 asks by ARP for {target}\nThen MN1 gets {reply}").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(true, Verdict.Fail)]
    [InlineData(false, Verdict.Pass)]
    public void ArpReply_IsForbidden(bool answers, Verdict verdict)
    {
        _mag.OnArp = _ => answers ? Messages.Device : null;

        Run("silence", $"{Attached}When MN1 asks by ARP for its own address\nThen MN1 gets no ARP Reply").Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(1, Verdict.Pass)]
    [InlineData(2, Verdict.Fail)]
    public void LinkLayerAddress_IsComparedWithThatOnTheLinkBefore(byte second, Verdict verdict)
    {
        _mag.OnArp = port => new MacAddress([2, 0, 0, 0, 0, port == Testing.Peers.Ports.Access(1) ? (byte)1 : second]);

        Run(
            "advertisement",
            $"{Attached}And MN1 asks by ARP for the default router\nAnd MN1 gets an ARP Reply\nAnd MN1 detaches\n"
                + "And MN1 is attached at link 2 and registered with LMA1\nWhen MN1 asks by ARP for the default router\n"
                + "Then MN1 gets an ARP Reply with:\n| link-layer address | as on the link before |\n"
        )
            .Verdict.Should()
            .Be(verdict);
    }

    private ScenarioResult Offered() => Run("status", $"{Attached}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER");

    private static void Serve(ScriptedIpv4Mag mag, DhcpMessage asked)
    {
        if (asked.Type is DhcpMessageType.Discover or DhcpMessageType.Request && mag.Messages.Count <= 2)
        {
            mag.Answer(asked, _answers[asked.Type == DhcpMessageType.Discover ? 0 : 1], _address);
        }
    }

    private ScenarioResult Run(string observed, string steps)
    {
        var result = PhraseRuns.Run(_mag.Bed, observed, steps, "TC-MAG-DHCPS-BV-01", "rfc5844-9.9-k1").Result;
        result.Verdict.Should().NotBe(Verdict.Error, result.Reason);
        return result;
    }
}
