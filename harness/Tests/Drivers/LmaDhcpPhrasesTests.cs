using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about a DHCP server at an LMA under test: what the tester's clients and relay agents send, and the findings.</summary>
public sealed class LmaDhcpPhrasesTests
{
    private const string Registered = "Given MN1 is a dual mobile node\nAnd MN1 is registered at MAG1\n";
    private const string Leased = Registered + "And MN1 has its IPv4 home address by DHCP\n";

    private static readonly IPAddress _server = IPAddress.Parse("198.51.100.1"),
        _relay = IPAddress.Parse("198.51.100.161"),
        _home = IPAddress.Parse("198.18.0.1"),
        _other = IPAddress.Parse("198.18.7.7");

    private readonly ScriptedLma _lma;
    private readonly List<(DhcpMessage Message, IpPacket Packet)> _sent = [];

    /// <summary>What the server gives; null for no answer.</summary>
    private Func<DhcpMessage, (DhcpMessageType Type, IPAddress Address)?> _serve = asked =>
        (asked.Type == DhcpMessageType.Discover ? DhcpMessageType.Offer : DhcpMessageType.Ack, _home);

    public LmaDhcpPhrasesTests()
    {
        _lma = Lma(ReferenceDomains.LmaIpv4.Nodes.Select(node => node.Name == "MAG1" ? WithHome(node) : node));
    }

    [Theory]
    [InlineData("DHCPDISCOVER", "relayed, Remote ID 198.18.0.1, ciaddr 0.0.0.0")]
    [InlineData("DHCPREQUEST", "relayed, Remote ID 198.18.0.1, ciaddr 0.0.0.0")]
    [InlineData("DHCPREQUEST with state = REBINDING", "relayed, Remote ID 198.18.0.1, ciaddr 198.18.0.1")]
    [InlineData("DHCPREQUEST with state = INIT-REBOOT", "relayed, Remote ID 198.18.0.1, ciaddr 0.0.0.0")]
    [InlineData("DHCPREQUEST with state = RENEWING", "tunnelled, Remote ID none, ciaddr 198.18.0.1")]
    [InlineData("DHCPRELEASE", "tunnelled, Remote ID none, ciaddr 198.18.0.1")]
    [InlineData("DHCPDISCOVER with Agent Remote ID = another address", "relayed, Remote ID 198.18.255.1, ciaddr 0.0.0.0")]
    [InlineData("DHCPDISCOVER with no Relay Agent Information", "relayed, Remote ID none, ciaddr 0.0.0.0")]
    public void Message_IsRelayed_OrGoesThroughTheTunnel(string message, string expected)
    {
        var result = Run($"{Leased}When MN1 sends a {message}\nThen MN1 gets no DHCP message");

        Require(result, Verdict.Pass);
        var (sent, packet) = _sent[2];
        var isRelayed = sent is { Hops: 1 } && sent.RelayAddress.Equals(_relay);
        var remote = sent.Options.First<DhcpRelayAgentInformationOption>()?.SubOptions.OfType<RemoteIdSubOption>().Single().Address;
        $"{(isRelayed ? "relayed" : "tunnelled")}, Remote ID {remote?.ToString() ?? "none"}, ciaddr {sent.ClientAddress}"
            .Should()
            .Be(expected);
        (packet.Source, packet.Destination).Should().Be((isRelayed ? _relay : _home, _server));
    }

    [Theory]
    [InlineData("198.18.0.1", Verdict.Pass)]
    [InlineData("198.18.7.7", Verdict.Fail)]
    public void Offer_IsOfTheHomeAddress(string address, Verdict expected)
    {
        _serve = _ => (DhcpMessageType.Offer, IPAddress.Parse(address));

        Require(
            Run($"{Registered}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER with:\n| yiaddr | its IPv4 home address |\n"),
            expected
        );
    }

    [Theory]
    [InlineData("status", Verdict.Fail)]
    [InlineData("options", Verdict.Inconclusive)]
    public void SilentServer_IsChargedWithTheAnswerAlone(string observed, Verdict expected)
    {
        _serve = _ => null;

        Require(
            Run(
                $"{Registered}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER with:\n| yiaddr | its IPv4 home address |\n",
                observed
            ),
            expected
        );
    }

    [Theory]
    [InlineData(DhcpMessageType.Ack, "198.18.7.7", "", Verdict.Fail)]
    [InlineData(DhcpMessageType.Ack, "198.18.0.1", "", Verdict.Fail)]
    [InlineData(DhcpMessageType.Nak, "0.0.0.0", "", Verdict.Pass)]
    [InlineData(DhcpMessageType.Ack, "198.18.7.7", " with:\n| yiaddr | not its IPv4 home address |\n", Verdict.Fail)]
    [InlineData(DhcpMessageType.Ack, "198.18.0.1", " with:\n| yiaddr | not its IPv4 home address |\n", Verdict.Pass)]
    [InlineData(DhcpMessageType.Nak, "0.0.0.0", " with:\n| yiaddr | not its IPv4 home address |\n", Verdict.Pass)]
    public void AnswerThatMustNotCome_IsOneWithAllOfItsFields(DhcpMessageType type, string address, string fields, Verdict expected)
    {
        _serve = _ => (type, IPAddress.Parse(address));

        Require(Run($"{Registered}When MN1 sends a DHCPREQUEST with state = REBINDING\nThen MN1 gets no DHCPACK{fields}"), expected);
    }

    /// <summary>Draft -02, Section 3.1: the lease may come before the binding.</summary>
    [Theory]
    [InlineData("198.18.0.1", Verdict.Pass)]
    [InlineData("198.18.7.7", Verdict.Fail)]
    public void LeaseBeforeTheFirstRegistration_IsTheAddressToRegister(string registered, Verdict expected)
    {
        _lma.Change = (_, answer) =>
            answer with
            {
                Options = new MobilityOptionList(
                    answer.Options.Select(option =>
                        option is Ipv4HomeAddressReplyOption given
                            ? new Ipv4HomeAddressReplyOption(given.Status, given.PrefixLength, IPAddress.Parse(registered))
                            : option
                    )
                ),
            };

        var result = Run(
            "Given MN1 is a dual mobile node\nAnd MN1 has its IPv4 home address by DHCP\n"
                + "When MAG1 registers MN1 with IPv4 home address = assigned\nThen the LMA accepts the registration\n"
                + "And MN1 keeps its IPv4 home address",
            "prefixes"
        );

        Require(result, expected);

        _sent[0].Message.Options.First<DhcpRelayAgentInformationOption>().Should().BeNull("no address is assigned yet");
        _lma.Requests[0].Update.Options.First<Ipv4HomeAddressRequestOption>()!.HomeAddress.Should().Be(_home);
    }

    [Fact]
    public void GatewayWithoutAnAddressOnTheHomeLink_RelaysNothing()
    {
        var lma = Lma(ReferenceDomains.LmaIpv4.Nodes.Select(node => node.Name == "MAG1" ? Sessions.Ixit().Domain.Find("MAG1")! : node));

        var result = PhraseRuns
            .Run(lma.Bed, "status", $"{Registered}When MN1 sends a DHCPDISCOVER\nThen MN1 gets a DHCPOFFER", purpose: "rfc5844-9.9-k1")
            .Result;

        (result.Verdict, result.Reason)
            .Should()
            .Be(
                (
                    Verdict.Inconclusive,
                    "the purpose was not reached: the IXIT has no IPv4 address of MAG1 on the home link, from which it could relay"
                )
            );
    }

    private ScenarioResult Run(string steps, string observed = "status,options,silence") =>
        PhraseRuns.Run(_lma.Bed, observed, steps, purpose: "rfc5844-9.9-k1").Result;

    private static void Require(ScenarioResult result, Verdict expected) => result.Verdict.Should().Be(expected, result.Reason);

    private ScriptedLma Lma(IEnumerable<DomainNode> nodes)
    {
        var ixit = Sessions.Ixit();
        var bed = new ScriptedBed(
            Sessions.Facts() with
            {
                Ixit = ixit with
                {
                    Domain = ixit.Domain with { Nodes = [.. nodes.Select(node => node with { Interfaces = WithoutLinkLayer(node) })] },
                    Ipv4 = ReferenceSetup.Ipv4,
                    Kinds = Ixit.AllKinds,
                },
            }
        );
        return new ScriptedLma(bed)
        {
            ForwardIpv4 = (lma, packet) => Serve(lma, packet, reply => lma.Send(Ports.Home, reply)),
            Forward = (lma, from, outer) =>
            {
                if (from == Ports.Core && Ipv4Packet.TryParse(outer.Payload, out var inner, out Pmip.Wire.WireError? _))
                {
                    Serve(lma, inner, reply => lma.Send(Ports.Core, ScriptedLma.Tunnel(reply, $"{outer.Source}")));
                }
            },
        };
    }

    private void Serve(ScriptedLma lma, Ipv4Packet packet, Action<IpPacket> send)
    {
        if (!DhcpMessage.TryParse(packet.Payload.Span[UdpDatagram.HeaderLength..], out var asked, out _))
        {
            return;
        }

        _sent.Add((asked, packet));
        if (_sent.Count > 2 || _serve(asked) is not { } given)
        {
            return;
        }

        var isRelayed = !asked.RelayAddress.Equals(IPAddress.Any);
        var path = new UdpPath(_server, 67, isRelayed ? asked.RelayAddress : asked.ClientAddress, (ushort)(isRelayed ? 67 : 68));
        var reply = new DhcpMessage(
            DhcpOperation.BootReply,
            asked.TransactionId,
            [new DhcpMessageTypeOption(given.Type), new DhcpServerIdentifierOption(_server)]
        )
        {
            YourAddress = given.Address,
            RelayAddress = asked.RelayAddress,
            HardwareAddress = asked.HardwareAddress,
        };
        send(path.Wrap(reply.ToBytes()));
    }

    private static IReadOnlyList<DomainInterface> WithoutLinkLayer(DomainNode node) =>
        [.. node.Interfaces.Select(known => known with { LinkLayer = null })];

    private static DomainNode WithHome(DomainNode node) =>
        node with
        {
            Interfaces = [.. node.Interfaces, new DomainInterface(Ports.Home) { Addresses = [_relay] }],
        };
}
