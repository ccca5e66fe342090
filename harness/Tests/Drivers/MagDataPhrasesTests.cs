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

/// <summary>Phrases about data packets through a MAG under test: what is sent, and the findings from where it arrives.</summary>
public sealed class MagDataPhrasesTests
{
    private const string Between = "When MN1 sends a packet to MN2\nThen packets from MN1 to MN2 go through the tunnel to LMA1 only";

    private static readonly IPAddress _router = IPAddress.Parse("2001:db8:100::a1");

    private static readonly BedFacts _facts = Sessions.Facts() with
    {
        Ixit = Sessions.Ixit() with { Domain = ReferenceDomains.Mag.WithoutLinkLayerAddresses() },
    };

    private readonly ScriptedMag _mag = new(new ScriptedBed(_facts)) { Router = IPAddress.Parse("fe80::f1") };

    [Theory]
    [InlineData(true, false, Verdict.Pass)]
    [InlineData(true, true, Verdict.Fail)]
    [InlineData(false, true, Verdict.Fail)]
    [InlineData(false, false, Verdict.Fail)]
    public void PacketBetweenMobileNodes_MustComeInTheTunnel_AndNowhereElse(bool tunnelled, bool delivered, Verdict verdict)
    {
        _mag.Forward = (mag, packet) =>
        {
            if (tunnelled)
            {
                mag.Send(Ports.Core, ScriptedMag.Tunnel(packet));
            }

            if (delivered)
            {
                mag.Send(Ports.Access(2), packet);
            }
        };

        var result = Run(Between);

        result.Verdict.Should().Be(verdict, result.Reason);
    }

    [Fact]
    public void PacketOfAMobileNode_ForAnother_ComesInTheTunnel_WithTheAddressesOfBoth()
    {
        Ipv6Packet? inner = null;
        _mag.Forward = (mag, packet) => _ = Ipv6Packet.TryParse(packet.Payload, out inner, out WireError? _);

        var result = Run("When a packet of MN1 for MN2 arrives through LMA1's tunnel\nThen the packet goes nowhere");

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);

        ScriptedLma.PrefixOf(1).Contains(inner!.Source).Should().BeTrue();
        ScriptedLma.PrefixOf(2).Contains(inner.Destination).Should().BeTrue();
    }

    [Theory]
    [InlineData(1, Icmpv6Layer.TimeExceeded, 0, true, Verdict.Pass)]
    [InlineData(2, Icmpv6Layer.TimeExceeded, 0, true, Verdict.Fail)]
    [InlineData(1, Icmpv6Layer.TimeExceeded, 1, true, Verdict.Fail)]
    [InlineData(1, Icmpv6Layer.DestinationUnreachable, 0, true, Verdict.Fail)]
    [InlineData(1, Icmpv6Layer.TimeExceeded, 0, false, Verdict.Fail)]
    public void IcmpError_MustReachTheNode_AboutItsPacket(int link, int type, int code, bool aboutIt, Verdict verdict)
    {
        _mag.Forward = (mag, packet) =>
        {
            var quoted = new OctetString((aboutIt ? packet : packet with { Payload = packet.Payload[..^1] }).ToBytes());
            Icmpv6Message error =
                type == Icmpv6Layer.TimeExceeded ? new TimeExceeded((byte)code, quoted) : new DestinationUnreachable((byte)code, quoted);
            mag.Send(
                Ports.Access(link),
                new(_router, packet.Source, IpProtocol.Icmpv6, error.ToBytes(_router, packet.Source)) { HopLimit = 255 }
            );
        };

        Run("When MN1 sends a packet to CN1 with inner Hop Limit = 1\nThen MN1 receives the ICMPv6 error Time Exceeded")
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData("another address of MN2", true)]
    [InlineData("MN2", false)]
    public void PacketBetweenMobileNodes_IsForTheNamedAddress_ForWhichItsNodeAnswers(string addressee, bool another)
    {
        Ipv6Packet? sent = null;
        _mag.Forward = (mag, packet) =>
        {
            sent ??= packet;
            var solicitation = new NeighborSolicitation(packet.Destination, NdOptionList.Empty);
            mag.Bed.Deliver(
                mag.Bed.Now,
                Ports.Access(2),
                Messages.Icmp(IPAddress.Parse("fe80::f1"), Ipv6Multicast.SolicitedNode(packet.Destination), solicitation)
            );
        };

        Run($"When MN1 sends a packet to {addressee}\nThen the packet goes nowhere");

        ScriptedLma.PrefixOf(2).Contains(sent!.Destination).Should().BeTrue();
        sent.Destination.ToString().EndsWith(":5213", StringComparison.Ordinal).Should().Be(another);
        _mag.Bed.Sent.Where(octets => octets.Port == Ports.Access(2))
            .Select(octets => Packet.Of(new(octets.Port, Direction.Sent, 1, octets.At, octets.Octets)).Neighbor)
            .Should()
            .Contain(neighbor =>
                neighbor!.Type == NeighborDiscoveryLayer.NeighborAdvertisement && neighbor.Target.Equals(sent.Destination)
            );
    }

    [Theory]
    [InlineData("MN1")]
    [InlineData("another address of MN1")]
    public void MobileNode_AnswersForTheAddressOfAPacketForIt(string addressee)
    {
        IPAddress? solicited = null;
        _mag.Forward = (mag, packet) =>
        {
            _ = Ipv6Packet.TryParse(packet.Payload, out var inner, out _);
            solicited = inner!.Destination;
            var solicitation = new NeighborSolicitation(solicited, NdOptionList.Empty);
            mag.Bed.Deliver(
                mag.Bed.Now,
                Ports.Access(1),
                Messages.Icmp(IPAddress.Parse("fe80::1"), Ipv6Multicast.SolicitedNode(solicited), solicitation)
            );
        };

        Run($"When half INITIAL_BINDACK_TIMEOUT passes\nThen packets for {addressee} arrive at MN1");

        solicited.Should().NotBeNull();
        _mag.Bed.Sent.Where(sent => sent.Port == Ports.Access(1))
            .Select(sent => Packet.Of(new(sent.Port, Direction.Sent, 1, sent.At, sent.Octets)).Neighbor)
            .Should()
            .Contain(neighbor => neighbor!.Type == NeighborDiscoveryLayer.NeighborAdvertisement && neighbor.Target.Equals(solicited));
    }

    /// <summary>Without a tunnel, the packet is on its way to the LMA as well; delivered, or gone, it is not.</summary>
    [Theory]
    [InlineData("core", Verdict.Pass)]
    [InlineData("link2", Verdict.Fail)]
    [InlineData(null, Verdict.Fail)]
    public void PacketTowardsTheLma_MustComeOnTheCoreLink_InAnyForm(string? port, Verdict verdict)
    {
        _mag.Forward = (mag, packet) =>
        {
            if (port is not null)
            {
                mag.Send(new PortId(port), packet with { HopLimit = 63 });
            }
        };

        Run(Between.Replace("through the tunnel to", "towards", StringComparison.Ordinal)).Verdict.Should().Be(verdict);
    }

    private ScenarioResult Run(string steps) =>
        PhraseRuns
            .Run(
                _mag.Bed,
                "forwarding",
                "Given MN1 is attached at link 1 and registered with LMA1\n"
                    + "And MN2 is attached at link 2 and registered with LMA1\n"
                    + steps,
                "TC-MAG-FWD-BV-01"
            )
            .Result;
}
