using System.Net;
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

/// <summary>
/// Phrases about the MTU of the tunnel of an LMA: its correspondents send into it. The path has 1500 octets, or what the core router has
/// reported.
/// </summary>
public sealed class LmaPathMtuTests
{
    private const string Mag1 = "2001:db8:100::a1";
    private const string Found = "Given MN1 is registered at MAG1\nAnd MN1 finds the MTU of the tunnel\n";
    private const string Report = "And a core router reports Packet Too Big about the last tunnelled packet with MTU = ";
    private const string Arrive = "\nThen packets for MN1 arrive at MAG1 only";
    private const string TooBig = "\nThen CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU";

    private static readonly IPAddress _core = IPAddress.Parse("2001:db8:100::1"),
        _home = IPAddress.Parse("2001:db8:200::1");

    private readonly ScriptedLma _lma;
    private int _path = 1500;

    public LmaPathMtuTests() =>
        _lma = new(new ScriptedBed())
        {
            Forward = (lma, port, packet) =>
            {
                if (port == Ports.Core)
                {
                    _path = packet.NextHeader == IpProtocol.Icmpv6 ? Math.Min(_path, Mtu(packet)) : _path;
                    return;
                }

                if (packet.ToBytes().Length + 40 <= _path)
                {
                    lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));
                }
                else
                {
                    Refuse(packet);
                }
            },
        };

    /// <summary>What is sent for packets that do not fit into the tunnel.</summary>
    private Action<Ipv6Packet> Refuse { get; set; } = _ => { };

    [Theory]
    [InlineData("the tunnel MTU", 1460)]
    [InlineData("the tunnel MTU + 1", 1461)]
    public void MtuOfTheTunnel_IsFoundByTheCorrespondent(string size, int octets)
    {
        Run($"{Found}When CN1 sends a packet to MN1 with inner size = {size}{Arrive}");

        Sizes().TakeLast(2).Should().Equal(1460, octets);
    }

    [Fact]
    public void Report_GoesToTheLma_AndCounts()
    {
        Run($"{Found}{Report}the path MTU - 100\nWhen CN1 sends a packet to MN1 with inner size = the tunnel MTU{Arrive}")
            .Verdict.Should()
            .Be(Verdict.Pass);

        _path.Should().Be(1400);
        Sizes()[^1].Should().Be(1360);
    }

    [Theory]
    [InlineData(1460u, Verdict.Pass)]
    [InlineData(1280u, Verdict.Pass)]
    [InlineData(1279u, Verdict.Fail)]
    [InlineData(1461u, Verdict.Fail)]
    public void ErrorOfTheTunnelMtu_StatesWhatFits(uint mtu, Verdict expected)
    {
        Refuse = packet => _lma.Send(Ports.Home, Error(packet, mtu));

        var result = Run($"{Found}When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1{TooBig}");

        result.Verdict.Should().Be(expected);
        result.Purpose[^1].Actual.Should().Be($"Packet Too Big, code 0, MTU {mtu}, to 2001:db8:200::c1 on home");
    }

    /// <summary>RFC 1981, Section 3: after a report, a node may send no packets above 1280 octets.</summary>
    [Theory]
    [InlineData(1280u, Verdict.Pass)]
    [InlineData(1281u, Verdict.Fail)]
    [InlineData(1460u, Verdict.Fail)]
    public void Packet_ThatDoesNotArrive_IsAboveTheLeastMtuOfTheTunnel(uint mtu, Verdict expected)
    {
        Refuse = packet => _lma.Send(Ports.Home, Error(packet, mtu));

        Run($"{Found}When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1{Arrive}, unless the tunnel has the least MTU")
            .Verdict.Should()
            .Be(expected);
    }

    [Fact]
    public void Packet_ThatArrives_IsFoundWhateverTheLeastMtuOfTheTunnel() =>
        Run($"{Found}When CN1 sends a packet to MN1 with inner size = the tunnel MTU{Arrive}, unless the tunnel has the least MTU")
            .Verdict.Should()
            .Be(Verdict.Pass);

    /// <summary>A packet that every link carries comes in fragments: the whole one counts, and the first one alone is nothing.</summary>
    [Theory]
    [InlineData(2, Verdict.Pass)]
    [InlineData(1, Verdict.Fail)]
    public void Packet_InFragmentsOfTheTunnel_Arrives(int fragments, Verdict expected)
    {
        Refuse = packet => Fragments(packet).Take(fragments).ToList().ForEach(fragment => _lma.Send(Ports.Core, fragment));
        const string Steps = $"{Found}{Report}1300\nWhen CN1 sends a packet to MN1 with inner size = 1280";

        Run(Steps + Arrive).Verdict.Should().Be(expected);
    }

    [Fact]
    public void Packet_InFragmentsOfTheTunnel_HasGoneSomewhere()
    {
        Refuse = packet => Fragments(packet).ForEach(fragment => _lma.Send(Ports.Core, fragment));

        Run($"{Found}When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1\nThen the packet goes nowhere")
            .Verdict.Should()
            .Be(Verdict.Fail);
    }

    /// <summary>
    /// The LMA knows a small path from before. A report of it, as a number, says nothing new, and the fragments show the path.
    /// </summary>
    [Fact]
    public void MtuOfTheTunnel_IsFoundByAPacketInFragments()
    {
        _path = 1300;
        Refuse = packet =>
        {
            if (packet.ToBytes().Length > 1280)
            {
                _lma.Send(Ports.Home, Error(packet, 1280));
            }
            else
            {
                Fragments(packet).ForEach(fragment => _lma.Send(Ports.Core, fragment));
            }
        };

        Run($"{Found}{Report}1300\nWhen CN1 sends a packet to MN1 with inner size = 1280{Arrive}").Verdict.Should().Be(Verdict.Pass);
        Sizes().Should().EndWith([1460, 1280, 1280]);
    }

    [Fact]
    public void Packet_ThatTheHomeLinkDoesNotTake_IsNotSent() =>
        Run($"{Found}When CN1 sends a packet to MN1 with inner size = 1501{Arrive}").Verdict.Should().Be(Verdict.Inconclusive);

    private static int Mtu(Ipv6Packet report) => (report.Payload.Span[6] << 8) | report.Payload.Span[7];

    private static Ipv6Packet Error(Ipv6Packet about, uint mtu)
    {
        var report = new PacketTooBig(mtu, new OctetString(about.ToBytes().AsSpan(0, 1232)));
        return new(_home, about.Source, IpProtocol.Icmpv6, report.ToBytes(_home, about.Source));
    }

    private static List<Ipv6Packet> Fragments(Ipv6Packet packet)
    {
        const int First = 1200;
        var octets = packet.ToBytes();
        return
        [
            .. new[] { (0, octets[..First]), (First, octets[First..]) }.Select(piece =>
            {
                var header = new FragmentHeader(IpProtocol.Ipv6, (ushort)(piece.Item1 / 8), MoreFragments: piece.Item1 == 0, 5213);
                return new Ipv6Packet(_core, IPAddress.Parse(Mag1), header.Type, header.Before(piece.Item2));
            }),
        ];
    }

    private ScenarioResult Run(string steps) => PhraseRuns.Run(_lma.Bed, "forwarding", steps, "TC-LMA-MTU-BV-01").Result;

    /// <summary>The sizes of the data packets of CN1.</summary>
    private List<int> Sizes() =>
        [
            .. _lma
                .Bed.Sent.Where(sent => sent.Port == Ports.Home)
                .Select(sent => Packet.Of(new(sent.Port, Direction.Sent, 1, sent.At, sent.Octets)))
                .Where(packet => packet.Icmp?.IsEcho == true)
                .Select(packet => packet.Frame.Bytes.Length - EthernetLayer.HeaderLength),
        ];
}
