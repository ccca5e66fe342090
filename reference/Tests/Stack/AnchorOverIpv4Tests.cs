using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// A local mobility anchor on the simulated stack that a MAG reaches over IPv4: messages and packets as they are on the link.
/// </summary>
public sealed class AnchorOverIpv4Tests
{
    private const ushort PortOfGateway = 49152;

    private static readonly IPAddress _anchor4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _gateway4 = IPAddress.Parse("198.51.100.161");
    private static readonly IPAddress _nat = IPAddress.Parse("198.51.100.240");

    private readonly VirtualNetwork _network = new();

    public static TheoryData<Ipv4Edition, BindingUpdateFlags, bool, TunnelMode> Negotiations =>
        new()
        {
            { Ipv4Edition.Rfc5844, default, false, TunnelMode.Ipv4 },
            { Ipv4Edition.Rfc5844, BindingUpdateFlags.ForcingUdp, false, TunnelMode.Ipv4Udp },
            { Ipv4Edition.Draft04, default, false, TunnelMode.Ipv4 },
            { Ipv4Edition.Draft04, default, true, TunnelMode.Ipv4Udp },
            { Ipv4Edition.Draft04, BindingUpdateFlags.TlvHeader, true, TunnelMode.Ipv4UdpTlv },
            { Ipv4Edition.Draft02, default, true, TunnelMode.Ipv4Udp },
        };

    [Theory]
    [MemberData(nameof(Negotiations))]
    public void Packets_PassInTheTunnelThatWasNegotiated(Ipv4Edition edition, BindingUpdateFlags flags, bool isBehindNat, TunnelMode mode)
    {
        var anchor = Start(edition);
        var (source, port) = (isBehindNat ? _nat : _gateway4, PortOfGateway);
        var request = Request(edition, source, port);
        Arrive(source, request, Update(edition, flags));

        var answer = _network.Ip("core").OfType<Ipv4Packet>().Single(packet => packet.Source.Equals(_anchor4));
        SignalingTransport.TryUnwrap(answer.ToBytes(), MobilityPorts.Default, out var signaling, out _).Should().BeTrue();
        (signaling!.Transport, signaling.ChecksumError).Should().Be((request.Reversed, null));
        BindingAcknowledgement.TryParse(signaling.MobilityHeader.Span, out var message, out _).Should().BeTrue();
        ((BindingAcknowledgement)message!).Status.Should().Be(BindingStatus.ACCEPTED);

        var home = new IPAddress([.. anchor.Snapshot().Bindings[0].Binding.HomeNetworkPrefixes[0].Network.GetAddressBytes()[..15], 7]);
        _network.Forget();
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, home));
        var outer = _network.Ip("core").OfType<Ipv4Packet>().Should().ContainSingle().Subject;
        (outer.Source, outer.Destination).Should().Be((_anchor4, source));
        var ports = edition == Ipv4Edition.Rfc5844 ? (5437, 5437) : (4191, (int)PortOfGateway);
        if (mode == TunnelMode.Ipv4)
        {
            outer.Protocol.Should().Be(IpProtocol.Ipv6);
        }
        else
        {
            UdpDatagram.TryReadPorts(outer.Payload.Span, out var from, out var to).Should().BeTrue();
            (from, to).Should().Be(((ushort)ports.Item1, (ushort)ports.Item2));
            TlvHeader.IsAt(outer.Payload.Span[UdpDatagram.HeaderLength..]).Should().Be(mode == TunnelMode.Ipv4UdpTlv);
        }

        _network.Forget();
        var (local, remote) = ((ushort)ports.Item2, (ushort)ports.Item1);
        Encapsulation back =
            mode == TunnelMode.Ipv4
                ? new Ipv4Encapsulation(source, _anchor4)
                : new Ipv4UdpEncapsulation(source, _anchor4, local, remote) { HasTlvHeader = mode == TunnelMode.Ipv4UdpTlv };
        _network.Inject("core", LmaCoreMac, back.Around(Echo(home, CnAddress).ToBytes()));
        _network.Ip("home").Should().ContainSingle(packet => packet.Source.Equals(home) && packet.Destination.Equals(CnAddress));
    }

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, true)]
    [InlineData(Ipv4Edition.Draft04, false)]
    [InlineData(Ipv4Edition.Draft02, false)]
    public void ChecksumOfTheMobilityHeader_MattersInTheDraftsOnly(Ipv4Edition edition, bool isAnswered)
    {
        var anchor = Start(edition);
        var request = Request(edition, _gateway4, PortOfGateway);
        var octets = request.Complete(Update(edition, default));
        octets[MobilityHeader.ChecksumOffset] ^= 0x55;
        var packet = request switch
        {
            Ipv4UdpIpv6Signaling draft => Datagram(
                draft.DatagramOf(new Ipv6Packet(draft.Inner.Source, draft.Inner.Destination, MobilityHeader.Protocol, octets).ToBytes())
            ),
            _ => Datagram(new UdpDatagram(PortOfGateway, 5436, octets).ToBytes(_gateway4, _anchor4)),
        };

        _network.Inject("core", LmaCoreMac, packet);

        anchor.Snapshot().Bindings.Should().HaveCount(isAnswered ? 1 : 0);
    }

    /// <summary>RFC 4213, Section 3.2.2: the tunnel takes what every link of IPv6 carries, in fragments of IPv4.</summary>
    [Fact]
    public void ReportOfASmallPath_LowersTheTunnel_ToTheMinimumMtu()
    {
        var anchor = Start(Ipv4Edition.Rfc5844);
        Arrive(_gateway4, Request(Ipv4Edition.Rfc5844, _gateway4, PortOfGateway), Update(Ipv4Edition.Rfc5844, default));
        var home = new IPAddress([.. anchor.Snapshot().Bindings[0].Binding.HomeNetworkPrefixes[0].Network.GetAddressBytes()[..15], 7]);
        _network.Forget();
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, home));
        var outer = _network.Ip("core").OfType<Ipv4Packet>().Single();
        var report = new Icmpv4FragmentationNeeded(1296, new OctetString(outer.ToBytes()));
        _network.Inject("core", LmaCoreMac, new Ipv4Packet(_nat, _anchor4, Ipv4Protocol.Icmp, report.ToBytes()));
        _network.Forget();

        _network.Inject("home", LmaHomeMac, Echo(CnAddress, home, dataLength: 1280 - 48));
        _network.Ip("core").OfType<Ipv4Packet>().Should().HaveCount(2).And.OnlyContain(fragment => !fragment.DontFragment);

        _network.Inject("home", LmaHomeMac, Echo(CnAddress, home, dataLength: 1281 - 48));
        _network.Ip("core").OfType<Ipv4Packet>().Should().HaveCount(2);
        _network.Icmp<PacketTooBig>("home").Should().ContainSingle().Which.Mtu.Should().Be(1280);
    }

    private static Ipv4Packet Datagram(byte[] datagram) => new(_gateway4, _anchor4, Ipv4Protocol.Udp, datagram);

    private LocalMobilityAnchor Start(Ipv4Edition edition)
    {
        var settings = AnchorFixture.Settings with
        {
            AuthorizedMobileAccessGateways = [MagAddress, _gateway4],
            Ipv4Transport = new Ipv4AnchorTransport
            {
                Edition = edition,
                Address = _anchor4,
                AcceptForcedIPv4UDPEncapsulationRequest = true,
                SupportsTlvHeader = true,
            },
        };
        var anchor = new LocalMobilityAnchor(settings, new Random(1));
        _network.Add(
            Lma with
            {
                VerifyReversePathOfTunnels = true,
                Interfaces =
                [
                    Lma.Interfaces[0] with
                    {
                        Addresses = [new ConfiguredAddress(LmaAddress), new ConfiguredAddress(_anchor4, 24)],
                    },
                    Lma.Interfaces[1],
                ],
            },
            anchor
        );
        _network.Add(Cn);
        return anchor;
    }

    private static SignalingTransport Request(Ipv4Edition edition, IPAddress source, ushort port) =>
        edition == Ipv4Edition.Rfc5844
            ? new Ipv4UdpSignaling(source, _anchor4, port, 5436)
            : new Ipv4UdpIpv6Signaling(source, _anchor4, port, 4191, new Ipv6Signaling(MagAddress, LmaAddress));

    private BindingUpdate Update(Ipv4Edition edition, BindingUpdateFlags flags) =>
        (
            AnchorFixture.Valid with
            {
                Flags = Ipv4TransportAnchor.Proxy | flags,
                Extra = edition == Ipv4Edition.Rfc5844 ? [] : [new Ipv4CareOfAddressOption(_gateway4)],
            }
        ).ToMessage(_network.Now.Utc);

    /// <summary>Sends a message, and answers the question for the link-layer address of its source.</summary>
    private void Arrive(IPAddress source, SignalingTransport path, BindingUpdate update)
    {
        _network.Inject("core", LmaCoreMac, path.ToPacket(path.Complete(update)));
        _network.Inject("core", LmaCoreMac, new ArpPacket(ArpOperation.Reply, MagCoreMac, source, LmaCoreMac, _anchor4));
    }
}
