using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Packets that a MAG under test tunnels in fragments, and its reports about packets that it drops.</summary>
public sealed class MagErrorsTests
{
    private static readonly IPAddress _magAddress = IPAddress.Parse("2001:db8:100::a1");

    private static readonly BedFacts _facts = Sessions.Facts() with
    {
        Ixit = Sessions.Ixit() with { Domain = ReferenceDomains.Mag.WithoutLinkLayerAddresses() },
    };

    private readonly ScriptedMag _mag = new(new ScriptedBed(_facts)) { Router = IPAddress.Parse("fe80::f1") };

    /// <summary>
    /// The parts of a tunnelled packet of 1320 octets, 1280 without the header: where they begin, end, and if more follow.
    /// </summary>
    [Theory]
    [InlineData("0-1232+ 1232-1280", Verdict.Pass)]
    [InlineData("1232-1280 0-1232+", Verdict.Pass)]
    [InlineData("0-640+ 1232-1280 640-1232+", Verdict.Pass)]
    [InlineData("0-1232+ 0-1232+ 1232-1280", Verdict.Pass)]
    [InlineData("0-1280", Verdict.Pass)]
    [InlineData("0-1232+", Verdict.Fail)]
    [InlineData("1232-1280", Verdict.Fail)]
    [InlineData("0-1232+ 1240-1280", Verdict.Fail)]
    [InlineData("0-1232+ 1232-1280+", Verdict.Fail)]
    [InlineData("0-1232+ 1232-1272", Verdict.Fail)]
    public void PacketInFragments_HasCome_WhenAllOfItHas(string parts, Verdict verdict)
    {
        _mag.Forward = (mag, packet) => Fragment(mag, ScriptedMag.Tunnel(packet), parts, hopByHop: false);

        Tunnelled(1280).Verdict.Should().Be(verdict);
    }

    [Fact]
    public void FragmentsOfAPacket_MayHaveAHeaderThatEveryNodeReads()
    {
        _mag.Forward = (mag, packet) => Fragment(mag, ScriptedMag.Tunnel(packet), "0-1232+ 1232-1280", hopByHop: true);

        Tunnelled(1280).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void PacketInFragments_IsNotNowhere()
    {
        _mag.Forward = (mag, packet) => Fragment(mag, ScriptedMag.Tunnel(packet), "0-48+ 48-64", hopByHop: false);

        Run("Given MN1 is attached at link 1 and registered with LMA1\nWhen MN1 sends a packet to CN1\nThen the packet goes nowhere")
            .Verdict.Should()
            .Be(Verdict.Fail);
    }

    /// <summary>An error goes to the node that has sent the packet that the error quotes: with its tunnel header, or without.</summary>
    [Theory]
    [InlineData(1, "2001:db8:200::c1", false, Verdict.Pass)]
    [InlineData(1, "2001:db8:100::1", true, Verdict.Pass)]
    [InlineData(1, "2001:db8:200::c1", true, Verdict.Fail)]
    [InlineData(1, "2001:db8:100::1", false, Verdict.Fail)]
    [InlineData(3, "2001:db8:200::c1", false, Verdict.Fail)]
    [InlineData(null, "2001:db8:200::c1", false, Verdict.Pass)]
    public void ErrorAboutADroppedPacket_GoesToItsSource_OrDoesNotCome(int? type, string to, bool quotesTunnel, Verdict verdict)
    {
        _mag.Forward = (mag, packet) =>
        {
            var quoted = packet.ToBytes().AsSpan(quotesTunnel ? 0 : Ipv6Packet.HeaderLength);
            byte[] octets = [(byte)(type ?? 0), 0, 0, 0, 0, 0, 0, 0, .. quoted];
            if (type is not null)
            {
                mag.Send(Ports.Core, new(_magAddress, IPAddress.Parse(to), IpProtocol.Icmpv6, octets) { HopLimit = 64 });
            }
        };

        Run(
            """
            Given MN1 is attached at link 1 and registered with LMA1
            When a packet for a prefix that is assigned to nobody arrives
            Then no ICMPv6 error is sent but Destination Unreachable to the source of the packet that it quotes
            """
        )
            .Verdict.Should()
            .Be(verdict);
    }

    private ScenarioResult Tunnelled(int size) =>
        Run(
            "Given MN1 is attached at link 1 and registered with LMA1\n"
                + $"When MN1 sends a packet to CN1 with inner size = {size}\nThen packets from MN1 reach CN1"
        );

    private ScenarioResult Run(string steps) => PhraseRuns.Run(_mag.Bed, "forwarding", steps, "TC-MAG-MTU-BV-01").Result;

    private static void Fragment(ScriptedMag mag, Ipv6Packet packet, string parts, bool hopByHop)
    {
        foreach (var part in parts.Split(' '))
        {
            var (more, bounds) = (part.EndsWith('+'), part.TrimEnd('+').Split('-'));
            var (from, to) = (int.Parse(bounds[0], null), int.Parse(bounds[1], null));
            var header = new FragmentHeader(packet.NextHeader, (ushort)(from / 8), more, Identification: 0x52130001);
            byte[] fragment = header.Before(packet.Payload.Span[from..to]);
            mag.Send(
                Ports.Core,
                hopByHop
                    ? packet with
                    {
                        NextHeader = 0,
                        Payload = new([44, 0, 1, 4, 0, 0, 0, 0, .. fragment]),
                    }
                    : packet with
                    {
                        NextHeader = 44,
                        Payload = new(fragment),
                    }
            );
        }
    }
}
