using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about events in the network around the implementation under test.</summary>
public sealed class NetworkPhrasesTests
{
    private readonly ScriptedLma _lma = new(new ScriptedBed());

    /// <summary>
    /// RFC 4861, Sections 4.2 and 6.1.2: type, code, checksum, Cur Hop Limit, flags, Router Lifetime, Reachable Time, Retrans Timer, and
    /// the Source Link-Layer Address option.
    /// </summary>
    [Fact]
    public void CoreRouter_SendsAValidRouterAdvertisementToAllNodes()
    {
        Advertise().Verdict.Should().Be(Verdict.Pass);

        var (port, sent) = _lma.Data.First();
        port.Should().Be(Ports.Core);
        (sent.Source.ToString(), sent.Destination.ToString()).Should().Be(("fe80::7e:ff:fe00:ff", "ff02::1"));
        (sent.HopLimit, sent.NextHeader).Should().Be((255, IpProtocol.Icmpv6));
        var octets = sent.Payload.ToArray();
        octets[..2].Should().Equal(134, 0);
        octets[4..].Should().Equal(Convert.FromHexString("4000000400000000000000000101027E000000FF"));
        Packet.Of(new Frame(port, Direction.Sent, 1, _lma.Bed.Now, Messages.Frame(sent))).Ip!.HasRightChecksum.Should().BeTrue();
    }

    [Fact]
    public void CoreRouter_AnswersForItsAddress()
    {
        var router = System.Net.IPAddress.Parse("fe80::7e:ff:fe00:ff");
        _lma.Forward = (lma, port, packet) =>
        {
            if (port == Ports.Core && packet.Destination.Equals(Ipv6Multicast.AllNodes))
            {
                var device = System.Net.IPAddress.Parse("fe80::1");
                var solicitation = new NeighborSolicitation(router, new NdOptionList(new SourceLinkLayerAddressOption(Messages.Device)));
                lma.Bed.Deliver(lma.Bed.Now + TimeSpan.FromTicks(1), port, Messages.Icmp(device, router, solicitation));
            }
        };

        Advertise();

        _lma.Data.Select(sent => Packet.Of(new Frame(sent.Port, Direction.Sent, 1, _lma.Bed.Now, Messages.Frame(sent.Packet))))
            .Should()
            .Contain(packet =>
                packet.Neighbor != null
                && packet.Neighbor.Type == NeighborDiscoveryLayer.NeighborAdvertisement
                && packet.Neighbor.Target.Equals(router)
            );
    }

    private ScenarioResult Advertise() =>
        PhraseRuns
            .Run(
                _lma.Bed,
                "status",
                """
                Given MN1 is registered at MAG1
                And a router on the core link advertises itself
                When MAG1 refreshes MN1
                Then the LMA accepts the registration
                """,
                "TC-LMA-REF-BV-01"
            )
            .Result;
}
