using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Data through an LMA under test in tunnels over IPv4: what is expected after a request, and what the MAG sends.</summary>
public sealed class LmaTransportDataTests
{
    private const string Rfc5844 = "rfc5844-9.9-k1",
        Draft04 = "ipv4-draft-04-9.9-k1",
        Draft02 = "ipv4-draft-02-9.9-k1";

    private static readonly IPAddress _lmaAddress = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress _mag = IPAddress.Parse("192.0.2.161");
    private static readonly IPAddress _nat = IPAddress.Parse("192.0.2.240");

    private readonly ScriptedLma _lma = new(
        new ScriptedBed(Sessions.Facts() with { Ixit = Ixit, Claims = [.. Sessions.Facts().Claims, "ipv4-draft-04-tlv-header"] })
    );

    private static Ixit Ixit =>
        Sessions.Ixit() with
        {
            Domain = Sessions.Ixit().Domain with { Nodes = Ipv4TransportDomains.Lma.WithoutLinkLayerAddresses().Nodes },
            Ipv4 = ReferenceSetup.Ipv4,
            Kinds = Ixit.AllKinds,
        };

    [Theory]
    [InlineData(Rfc5844, "IPv4", "", "IPv4")]
    [InlineData(Rfc5844, "IPv4", " with F = 1", "IPv4-UDP 5437 5437")]
    [InlineData(Rfc5844, "IPv4", " with source port = 49152", "IPv4")]
    [InlineData(Draft04, "IPv4", "", "IPv4")]
    [InlineData(Draft04, "IPv4", " with F = 1", "IPv4-UDP 4191 4191")]
    [InlineData(Draft04, "IPv4", " with F = 1 and source port = 49152", "IPv4-UDP 4191 49152")]
    [InlineData(Draft04, "IPv4 behind a NAT", "", "IPv4-UDP 4191 61000")]
    [InlineData(Draft04, "IPv4 behind a NAT", " with no IPv4 Care-of Address", "IPv4")]
    [InlineData(Draft04, "IPv4", " with IPv4 Care-of Address = 192.0.2.99", "IPv4-UDP 4191 4191")]
    [InlineData(Draft04, "IPv4", " with T = 1", "IPv4-UDP-TLV 4191 4191")]
    [InlineData(Draft02, "IPv4 behind a NAT with another port", "", "IPv4-UDP 4191 61001")]
    [InlineData(Draft02, "IPv4", " with T = 1", "IPv4")]
    public void RequestAndEdition_DecideTheTunnel(string purpose, string path, string edits, string form)
    {
        var words = form.Split(' ');
        var to = path.Contains("NAT", StringComparison.Ordinal) ? _nat : _mag;
        foreach (var (sent, verdict) in Forms(words, to))
        {
            var lma = new ScriptedLma(new ScriptedBed(_lma.Bed.Facts));
            lma.Forward = (_, port, packet) =>
            {
                if (port == Ports.Home)
                {
                    lma.Send(Ports.Core, sent(packet));
                }
            };
            var result = Run($"Given MAG1 signals over {path}\nAnd MN1 is registered at MAG1{edits}\n{ToNode}", purpose, lma);
            result
                .Verdict.Should()
                .Be(verdict, $"{result.Reason}, {(result.Purpose is [.., var last] ? last.Actual : "nothing was judged")}");
        }
    }

    [Theory]
    [InlineData(Rfc5844, "IPv4", "", "192.0.2.161", 0, 0, false)]
    [InlineData(Rfc5844, "IPv4", " with F = 1", "192.0.2.161", 5437, 5437, false)]
    [InlineData(Draft04, "IPv4 behind a NAT", "", "192.0.2.240", 61000, 4191, false)]
    [InlineData(Draft04, "IPv4", " with T = 1", "192.0.2.161", 4191, 4191, true)]
    public void PacketOfANode_ComesInTheNegotiatedTunnel(
        string purpose,
        string path,
        string edits,
        string source,
        int from,
        int to,
        bool hasTlv
    )
    {
        var came = new List<Packet>();
        _lma.ForwardFromIpv4 = (lma, packet) =>
        {
            var tunnelled = Packet.Of(
                new Frame(
                    Ports.Core,
                    Direction.Sent,
                    1,
                    lma.Bed.Now,
                    new EthernetFrame(default, default, 0x0800, packet.ToBytes()).ToBytes()
                )
            );
            came.Add(tunnelled);
            var octets = tunnelled.Frame.Bytes[tunnelled.Inner!.IpOffset..];
            Ipv6Packet.TryParse(octets, out var inner, out _).Should().BeTrue();
            lma.Send(Ports.Home, inner!);
        };

        var result = Run(
            $"Given MAG1 signals over {path}\nAnd MN1 is registered at MAG1{edits}\nWhen MN1 sends a packet to CN1 with outer ECN = CE\n"
                + "Then packets from MN1 reach CN1",
            purpose
        );

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        (came[0].Ip!.Source.ToString(), came[0].Ip!.Destination, came[0].Ip!.Ecn).Should().Be((source, _lmaAddress, Ecn.Ce));
        (came[0].Udp?.SourcePort ?? 0, came[0].Udp?.DestinationPort ?? 0, came[0].Udp?.Tlv is not null).Should().Be((from, to, hasTlv));
    }

    [Fact]
    public void LaterRequest_MovesTheTunnel_AndTheEarlierEndGetsNothing()
    {
        const string Steps =
            "Given MAG1 signals over IPv4 behind a NAT\nAnd MN1 is registered at MAG1\n"
            + "And MAG1 signals over IPv4 behind a NAT with another port\n"
            + "When MAG1 refreshes MN1\nThen the LMA accepts the registration\nAnd packets for MN1 arrive at MAG1 only";
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Core, Udp(packet, _nat, 4191, 61001));
        Run(Steps, Draft04).Verdict.Should().Be(Verdict.Pass);

        var stale = new ScriptedLma(new ScriptedBed(_lma.Bed.Facts));
        stale.Forward = (lma, _, packet) => lma.Send(Ports.Core, Udp(packet, _nat, 4191, 61000));
        Run(Steps, Draft04, stale)
            .Purpose.Single(finding => !finding.Ok)
            .Actual.Should()
            .Be("it came in a tunnel of IPv4-UDP from 192.0.2.1 port 4191 to 192.0.2.240 port 61000");
    }

    [Theory]
    [InlineData("IPv4-UDP", "5437", "5437", "0", "192.0.2.1", Verdict.Pass)]
    [InlineData("IPv4", "5437", "5437", "0", "LMA1", Verdict.Fail)]
    [InlineData("IPv4-UDP", "5436", "5437", "0", "LMA1", Verdict.Fail)]
    [InlineData("IPv4-UDP", "5437", "5436", "0", "LMA1", Verdict.Fail)]
    [InlineData("IPv4-UDP", "5437", "5437", "1", "LMA1", Verdict.Fail)]
    [InlineData("IPv4-UDP", "5437", "5437", "0", "MAG1", Verdict.Fail)]
    public void FieldsOfTheTunnel_AreCompared(string encapsulation, string from, string to, string df, string source, Verdict verdict)
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Core, Udp(packet, _mag, 5437, 5437));

        Run(
            $"Given MAG1 signals over IPv4\nAnd MN1 is registered at MAG1 with F = 1\n{ToNode}\nAnd the forwarded packet carries:\n"
                + $"| encapsulation | {encapsulation} |\n| outer source port | {from} |\n| outer destination port | {to} |\n"
                + $"| outer DF | {df} |\n| outer source | {source} |\n| outer destination | MAG1 |\n| outer protocol | 17 UDP |",
            Rfc5844,
            observed: "options"
        )
            .Verdict.Should()
            .Be(verdict);
    }

    private const string ToNode = "When CN1 sends a packet to MN1\nThen packets for MN1 arrive at MAG1 only";

    /// <summary>Packets in every form, with the verdict that follows.</summary>
    private static IEnumerable<(Func<Ipv6Packet, IpPacket> Sent, Verdict Verdict)> Forms(string[] wanted, IPAddress to)
    {
        var (from, port) = wanted.Length > 1 ? (Number(wanted[1]), Number(wanted[2])) : ((ushort)4191, (ushort)4191);
        yield return (packet => new Ipv4Packet(_lmaAddress, to, 41, packet.ToBytes()), Of("IPv4"));
        yield return (packet => Udp(packet, to, from, port), Of("IPv4-UDP"));
        yield return (packet => Udp(packet, to, from, (ushort)(port + 7)), Verdict.Fail);
        yield return (packet => Tlv(packet, to, from, port), Of("IPv4-UDP-TLV"));
        yield return (packet => ScriptedLma.Tunnel(packet, "2001:db8:100::a1"), Verdict.Fail);

        Verdict Of(string form) => form == wanted[0] ? Verdict.Pass : Verdict.Fail;

        static ushort Number(string text) => ushort.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Ipv4Packet Udp(IpPacket inner, IPAddress to, ushort from, ushort port) => InUdp(inner.ToBytes(), to, from, port);

    private static Ipv4Packet Tlv(IpPacket inner, IPAddress to, ushort from, ushort port) =>
        InUdp([2, (byte)inner.Length, 0, 0, .. inner.ToBytes()], to, from, port);

    private static Ipv4Packet InUdp(byte[] content, IPAddress to, ushort from, ushort port) =>
        new(_lmaAddress, to, Ipv4Protocol.Udp, new UdpDatagram(from, port, content).ToBytes(_lmaAddress, to));

    private ScenarioResult Run(string steps, string purpose, ScriptedLma? lma = null, string observed = "forwarding") =>
        PhraseRuns.Run((lma ?? _lma).Bed, observed, steps, "TC-LMA-V4TUN-BV-01", purpose).Result;
}
