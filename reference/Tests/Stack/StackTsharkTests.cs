using System.Globalization;
using System.Net;
using System.Xml.Linq;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.TunnelledNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// tshark reads every packet of nodes that resolve, probe, forward, fragment, tunnel and report, in all modes that it knows and both
/// families, as the stack means it, and finds nothing wrong with it. The checksums of IPv4 and UDP are verified, too.
/// </summary>
public sealed class StackTsharkTests
{
    /// <summary>tshark's PI_WARN; notes and chats are lower, errors higher.</summary>
    private const int Warning = 0x600000;

    /// <summary>tshark's PROTO_CHECKSUM_E_BAD and PROTO_CHECKSUM_E_GOOD.</summary>
    private const string BadChecksum = "0",
        GoodChecksum = "1";

    private static readonly string[] _options =
    [
        "-o",
        "ip.check_checksum:TRUE",
        "-o",
        "udp.check_checksum:TRUE",
        "-d",
        $"udp.port=={UdpPort.ProxyMobileIpv6Data},ip",
    ];

    /// <summary>Without the TLV header, which tshark does not know.</summary>
    private static IEnumerable<(TunnelMode Mode, int Version)> Modes =>
        TunnelledNetwork.Modes.Select(row => row.Data).Where(data => data.Item1 != TunnelMode.Ipv4UdpTlv);

    [Fact]
    public void PacketsThroughTunnels_AreReadAlike() => Agree(Modes.SelectMany(row => Through(row.Mode, row.Version)), atLeast: 200);

    [Fact]
    public void ProbesAnnouncementsAndProxies_AreReadAlike() => Agree([.. Conflict(), .. Proxy()], atLeast: 6);

    [Fact]
    public void FragmentsOfTheStack_AreOnePacketForTshark()
    {
        foreach (var (mode, version) in Modes)
        {
            var network = new TunnelledNetwork(mode, Ipv6Packet.MinimumMtu);
            var packet = Packet(version, 1280) is Ipv4Packet ipv4 ? ipv4 with { DontFragment = false } : Packet(version, 1280);
            network.Enter(packet);
            var frames = network
                .Network.On("core")
                .Where(seen => network.EntryAddress.Equals(seen.Ip?.Source) && network.ExitAddress.Equals(seen.Ip?.Destination))
                .ToList();
            frames.Should().HaveCount(2);

            var last = Tshark.Dissect(frames.Select(seen => seen.Frame.ToBytes()), _options)[1];

            Complaints(last).Should().BeEmpty("{0}", last);
            Statuses(last).Should().Contain(GoodChecksum).And.NotContain(BadChecksum, "{0}", last);
            Shown(last, version == 6 ? "icmpv6.type" : "icmp.type").Should().Equal(version == 6 ? "129" : "0");
            Shown(last, version == 6 ? "ipv6.dst" : "ip.dst").Should().Contain(FarAddress(version).ToString());
        }
    }

    private static void Agree(IEnumerable<VirtualNetwork.Seen> seen, int atLeast)
    {
        var frames = seen.ToList();
        frames.Should().HaveCountGreaterThanOrEqualTo(atLeast);

        var dissected = Tshark.Dissect(frames.Select(frame => frame.Frame.ToBytes()), _options);

        dissected.Should().HaveCount(frames.Count);
        foreach (var (frame, packet) in frames.Zip(dissected))
        {
            Complaints(packet).Should().BeEmpty("{0}", packet);
            Expected(frame).Should().Equal(Expected(frame).Select(field => (field.Name, Shown(packet, field.Name).First())), "{0}", packet);
            Statuses(packet).Should().NotContain(BadChecksum, "{0}", packet);
        }
    }

    /// <summary>Everything that happens between the hosts of one tunnel.</summary>
    private static IEnumerable<VirtualNetwork.Seen> Through(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        network.Near.Ping(FarAddress(version), 1, 1, network.Network.Now, ecn: Ecn.Ect0, data: new OctetString(Ipv4Example.Data(100)));
        network.Network.Settle();
        network.Far.Ping(NearAddress(version), 2, 2, network.Network.Now);
        network.Near.Ping(FarAddress(version), 3, 3, network.Network.Now, data: new OctetString(Ipv4Example.Data(12000)));
        network.Near.Ping(FarAddress(version), 4, 4, network.Network.Now, data: new OctetString(Ipv4Example.Data(2000)));
        network.Network.Settle();
        network.Near.Send(Packet(version) with { HopLimit = 1 }, network.Network.Now);
        network.Near.Send(Packet(version) with { HopLimit = 2 }, network.Network.Now);
        network.Near.Send(Packet(version) with { HopLimit = 3 }, network.Network.Now);
        network.Near.Send(Packet(version, 4000), network.Network.Now);
        foreach (var nowhere in version == 6 ? (string[])["2001:db8:9999::1", "2001:db8:8000::dead"] : ["10.0.0.1", "203.0.113.99"])
        {
            network.Near.Send(Packet(version, destination: IPAddress.Parse(nowhere)), network.Network.Now);
        }
        network.Near.Send(Packet(version, destination: EntryNearAddress(version)) with { Protocol = 253 }, network.Network.Now);
        network.Network.RunSeconds(5);
        return Segments(network.Network, "near", "core", "far");
    }

    private static IEnumerable<VirtualNetwork.Seen> Conflict()
    {
        var network = new VirtualNetwork();
        var role = new ScriptedRole().Ask(new RoleAction.AddAddress(Ipv4Example.Left, IPAddress.Parse("192.0.2.50"), PerformDad: true));
        network.Add(Ipv4Example.HostA, role);
        network.RunSeconds(20);
        return Segments(network, "left");
    }

    private static IEnumerable<VirtualNetwork.Seen> Proxy()
    {
        var network = new VirtualNetwork();
        var router = network.Add(Ipv4Example.Router);
        router.AddProxyNeighbor(Ipv4Example.Left, IpPrefix.Parse("203.0.113.0/24"));
        network.Add(Ipv4Example.HostA);
        network.Inject(
            "left",
            MacAddress.Broadcast,
            Ipv4Example.ArpRequest(Ipv4Example.AMac, Ipv4Example.A, IPAddress.Parse("203.0.113.9"))
        );
        return Segments(network, "left");
    }

    private static IEnumerable<VirtualNetwork.Seen> Segments(VirtualNetwork network, params IEnumerable<string> segments) =>
        segments.SelectMany(network.On);

    /// <summary>What the outermost header must say.</summary>
    private static IReadOnlyList<(string Name, string Value)> Expected(VirtualNetwork.Seen seen) =>
        seen.Ip switch
        {
            Ipv4Packet packet =>
            [
                ("ip.src", packet.Source.ToString()),
                ("ip.dst", packet.Destination.ToString()),
                ("ip.ttl", Text(packet.HopLimit)),
                ("ip.proto", Text(packet.Protocol)),
                ("ip.len", Text(packet.Length)),
                ("ip.dsfield.ecn", Text((int)packet.Ecn)),
                ("ip.id", $"0x{packet.Identification:x4}"),
                ("ip.flags.df", packet.DontFragment ? "1" : "0"),
                ("ip.flags.mf", packet.MoreFragments ? "1" : "0"),
            ],
            Ipv6Packet packet =>
            [
                ("ipv6.src", packet.Source.ToString()),
                ("ipv6.dst", packet.Destination.ToString()),
                ("ipv6.hlim", Text(packet.HopLimit)),
                ("ipv6.nxt", Text(packet.NextHeader)),
                ("ipv6.plen", Text(packet.Payload.Length)),
                ("ipv6.tclass.ecn", Text((int)packet.Ecn)),
            ],
            _ =>
            [
                ("arp.opcode", Text((int)seen.Arp!.Operation)),
                ("arp.src.hw_mac", seen.Arp.SenderHardware.ToString()),
                ("arp.src.proto_ipv4", seen.Arp.SenderAddress.ToString()),
                ("arp.dst.hw_mac", seen.Arp.TargetHardware.ToString()),
                ("arp.dst.proto_ipv4", seen.Arp.TargetAddress.ToString()),
            ],
        };

    /// <summary>Warnings and errors.</summary>
    private static IEnumerable<string> Complaints(XElement packet) =>
        packet
            .Descendants("field")
            .Where(field => (string?)field.Attribute("name") == "_ws.expert.severity")
            .Where(severity => int.Parse((string)severity.Attribute("show")!, CultureInfo.InvariantCulture) >= Warning)
            .Select(severity =>
                (string?)
                    severity
                        .Parent?.Elements("field")
                        .FirstOrDefault(f => (string?)f.Attribute("name") == "_ws.expert.message")
                        ?.Attribute("show")
                ?? "?"
            );

    /// <summary>What tshark says about each checksum.</summary>
    private static IEnumerable<string> Statuses(XElement packet) =>
        packet
            .Descendants("field")
            .Where(field => ((string?)field.Attribute("name"))?.EndsWith(".checksum.status", StringComparison.Ordinal) == true)
            .Select(field => (string)field.Attribute("show")!);

    private static IEnumerable<string> Shown(XElement packet, string field) =>
        packet
            .Descendants("field")
            .Where(found => (string?)found.Attribute("name") == field)
            .Select(found => (string)found.Attribute("show")!);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
