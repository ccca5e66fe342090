using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about the DHCPv6 relay agent of a MAG: its messages to the server, and the answer to the client.</summary>
public sealed class MagDhcpv6Tests
{
    private const string Answered = """
        Given MN1 is attached at link 1 and registered with LMA1
        When MN1 sends a DHCPv6 Solicit
        Then the MAG relays the DHCPv6 message
        And the answer of the DHCPv6 server reaches MN1
        """;

    private static readonly IPAddress _magAddress = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _server = IPAddress.Parse("2001:db8:100::d1");
    private static readonly IPAddress _router = IPAddress.Parse("fe80::f1");

    private readonly ScriptedMag _mag = new(
        new ScriptedBed(
            Sessions.Facts() with
            {
                Ixit = Sessions.Ixit() with { Domain = ReferenceDomains.MagWithDhcp.WithoutLinkLayerAddresses() },
            }
        )
    )
    {
        Router = _router,
    };

    /// <summary>Whether the MAG sends a frame that has no IP header before it relays the message.</summary>
    private bool _isNoisy;

    private MacAddress _client;

    private ushort _port = Dhcpv6Layer.ClientPort;

    /// <summary>The destination of the answer; null for the client.</summary>
    private IPAddress? _to;

    public MagDhcpv6Tests()
    {
        var react = _mag.Bed.OnSend!;
        _mag.Bed.OnSend = (bed, port, octets) =>
        {
            Relay(bed, port, octets);
            react(bed, port, octets);
        };
    }

    [Fact]
    public void Message_IsRelayedToTheServer_AndItsAnswerToTheClient() => Run().Verdict.Should().Be(Verdict.Pass);

    [Fact]
    public void FrameWithoutIpHeader_IsNotTheMessage()
    {
        _isNoisy = true;

        Run().Verdict.Should().Be(Verdict.Pass);
    }

    [Theory]
    [InlineData(Dhcpv6Layer.ServerPort, null)]
    [InlineData(Dhcpv6Layer.ClientPort, "fe80::5213")]
    [InlineData(Dhcpv6Layer.ClientPort, "ff02::1:2")]
    public void Answer_GoesToTheClient(int port, string? to)
    {
        (_port, _to) = ((ushort)port, to is null ? null : IPAddress.Parse(to));

        Run().Verdict.Should().Be(Verdict.Fail);
    }

    private ScenarioResult Run() => PhraseRuns.Run(_mag.Bed, "forwarding", Answered, "TC-MAG-DHC-BV-01").Result;

    private void Relay(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        if ((packet.Upper as UdpLayer)?.Content is not Dhcpv6Layer message)
        {
            return;
        }

        if (message.IsRelayed)
        {
            var path = new UdpPath(_router, Dhcpv6Layer.ServerPort, _to ?? message.PeerAddress, _port);
            var answer = (Ipv6Packet)path.Wrap(message.First(9)!.Data.Octets);
            bed.Deliver(bed.Now.AddTicks(1), Ports.Access(1), Messages.Frame(answer, _client));
            return;
        }

        _client = packet.Ethernet!.Source;
        if (_isNoisy)
        {
            bed.Deliver(bed.Now.AddTicks(1), Ports.Core, [.. _client.ToArray(), .. _client.ToArray(), 0x88, 0xcc, 0, 0]);
        }

        var forward = new Dhcpv6RelayMessage(
            Dhcpv6MessageType.RelayForward,
            0,
            IPAddress.IPv6Any,
            packet.Ip!.Source,
            [new Dhcpv6RelayMessageOption(new OctetString(message.Part.Span))]
        );
        var toServer = new UdpPath(_magAddress, Dhcpv6Layer.ServerPort, _server, Dhcpv6Layer.ServerPort);
        bed.Deliver(bed.Now.AddTicks(1), Ports.Core, Messages.Frame((Ipv6Packet)toServer.Wrap(forward.ToBytes())));
    }
}
