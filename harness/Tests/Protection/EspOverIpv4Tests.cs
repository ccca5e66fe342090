using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>An association of IPv4 addresses: ESP is around UDP (RFC 5844, Section 4.3.1).</summary>
public sealed class EspOverIpv4Tests
{
    private static readonly IPAddress _mag = IPAddress.Parse("192.0.2.161"),
        _lma = IPAddress.Parse("192.0.2.1");

    private static readonly Ixit _ixit = WithIpv4(EspNetwork.Ixit("LMA1"));

    private static readonly Ipv4Packet _datagram = new(
        _mag,
        _lma,
        Ipv4Protocol.Udp,
        new UdpDatagram(49152, 5436, new byte[12]).ToBytes(_mag, _lma)
    );

    [Fact]
    public void Datagram_IsProtected_AndReadBack()
    {
        var peer = new EspPeer(new HandMade(ixit: _ixit, keys: EspNetwork.Keys).Session);

        var sent = peer.Protect(_datagram);

        peer.Covers(_datagram).Should().BeTrue();
        (sent.Protocol, sent.Source, sent.Destination).Should().Be((IpProtocol.Esp, _mag, _lma));
        var layers = Read(sent).Layers.ToList();
        layers[2].Should().BeOfType<EspLayer>().Which.Association!.SecurityParametersIndex.Should().Be(EspNetwork.ToLma);
        layers[3].Should().BeOfType<UdpLayer>().Which.DestinationPort.Should().Be(5436);
        layers[3].As<UdpLayer>().HasRightChecksum.Should().BeTrue();
        layers[1].As<Ipv4Layer>().Protocol.Should().Be(IpProtocols.Udp);
    }

    [Fact]
    public void PacketThatIsNotAuthentic_IsNotOpened()
    {
        var peer = new EspPeer(new HandMade(ixit: _ixit, keys: EspNetwork.Keys).Session);

        var stack = Read(peer.Protect(_datagram, EspForm.WrongKey));

        stack.Innermost.Should().BeOfType<PayloadLayer>();
        stack.Ip!.Esp!.Association.Should().BeNull();
        stack.Ip.Protocol.Should().Be(IpProtocols.Esp);
    }

    /// <summary>
    /// An association is found by its addresses: that of the IPv4 addresses does not protect a packet between IPv6 addresses.
    /// </summary>
    [Fact]
    public void Associations_AreOfTheAddressesOfTheirFamily()
    {
        var peer = new EspPeer(new HandMade(ixit: _ixit, keys: EspNetwork.Keys).Session);

        peer.Covers(EspNetwork.Update()).Should().BeFalse();
        peer.Protect(EspNetwork.Update()).Should().Be(EspNetwork.Update());
        FluentActions.Invoking(() => peer.Protect(EspNetwork.Update(), EspForm.OtherSpi)).Should().Throw<StepFailedException>();
    }

    [Fact]
    public void TunnelMode_HasTheWholeIpv4Packet()
    {
        var peer = new EspPeer(new HandMade(ixit: _ixit, keys: EspNetwork.Keys).Session);

        Read(peer.Protect(_datagram, EspForm.TunnelMode)).Layers.OfType<Ipv4Layer>().Should().HaveCount(2);
    }

    [Fact]
    public void SideFile_NamesTheFamily()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "esp_sa");

        EspSideFile.Write(path, [EspAssociations.Of(_ixit.Domain, EspNetwork.Keys)!]);

        File.ReadAllLines(path).Should().Contain(line => line.StartsWith("\"IPv4\",\"192.0.2.161\",\"192.0.2.1\",\"0x00001001\""));
    }

    private static PacketStack Read(Ipv4Packet packet) =>
        PacketStack.Of(Beds.Messages.Frame(packet), EspAssociations.Of(_ixit.Domain, EspNetwork.Keys));

    /// <summary>The network with IPv4 addresses that end as the IPv6 addresses do, and with associations of them.</summary>
    private static Ixit WithIpv4(Ixit ixit) =>
        ixit with
        {
            Domain = ixit.Domain with
            {
                Nodes = [.. ixit.Domain.Nodes.Select(WithIpv4)],
                Associations = [.. ixit.Domain.Associations.Select(known => known with { IsIpv4 = true })],
            },
        };

    private static DomainNode WithIpv4(DomainNode node) =>
        node with
        {
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    known with
                    {
                        Addresses = [.. known.Addresses, new IPAddress([192, 0, 2, known.Addresses[0].GetAddressBytes()[^1]])],
                    }
                ),
            ],
        };
}
