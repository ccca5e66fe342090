using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.TunnelledNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Nodes of both families, at the ends of a tunnel of each mode, continue to work after malformed frames.</summary>
public sealed class MutatedTunnelFrameTests
{
    private const int Frames = 4_000;

    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    public void MutatedFrames_NeverThrow_AndTheNodesStillWork(TunnelMode mode)
    {
        var random = new Random(5844);
        var network = new TunnelledNetwork(mode);
        var samples = Samples(network);

        for (var i = 0; i < Frames; i++)
        {
            var (segment, frame) = samples[random.Next(samples.Count)];
            network.Network.Inject(segment, MutatedFrameTests.Mutate(frame, random));
            if (i % 10 == 0)
            {
                network.Network.Run(TimeSpan.FromMilliseconds(random.Next(2000)));
            }
            network.Network.Forget();
        }

        // Neighbours, path MTUs and fragments that mutated messages have left are forgotten.
        network.Network.Run(TimeSpan.FromMinutes(10));
        foreach (var (node, link) in network.Links)
        {
            network.Network.Unplug(node, link);
            network.Network.Plug(node, link, link.Name);
        }
        foreach (var version in (int[])[4, 6])
        {
            network.Near.Ping(FarAddress(version), 9, 9, network.Network.Now);
            network.Network.Settle();
            network.Near.TryTakeEchoReply(out _).Should().BeTrue();
        }
    }

    private static List<(string Segment, byte[] Frame)> Samples(TunnelledNetwork network)
    {
        var samples = new List<(string, byte[])>();
        foreach (var version in (int[])[4, 6])
        {
            var outer = network.Outer(Packet(version));
            var quoted = new OctetString(outer.ToBytes());
            samples.Add(Sample("near", EntryNearMac, Packet(version)));
            samples.Add(Sample("near", EntryNearMac, Packet(version, 1600)));
            samples.Add(Sample("near", EntryNearMac, Packet(version, destination: EntryNearAddress(version))));
            samples.Add(Sample("core", ExitCoreMac, outer));
            samples.AddRange(ReassemblyTests.Split(outer, 64).Select(fragment => Sample("core", ExitCoreMac, fragment)));
            samples.Add(
                Sample(
                    "core",
                    EntryCoreMac,
                    outer is Ipv6Packet
                        ? new Ipv6Packet(
                            network.CoreRouter,
                            network.EntryAddress,
                            IpProtocol.Icmpv6,
                            new PacketTooBig(1400, quoted).ToBytes(network.CoreRouter, network.EntryAddress)
                        )
                        : new Ipv4Packet(
                            network.CoreRouter,
                            network.EntryAddress,
                            Ipv4Protocol.Icmp,
                            new Icmpv4FragmentationNeeded(1400, quoted).ToBytes()
                        )
                )
            );
        }
        var options = (Ipv4Packet)Packet(4) with { Options = new OctetString([1, 7, 3, 4, 0x94, 4, 0, 0]) };
        samples.Add(Sample("near", EntryNearMac, options));
        samples.Add(Arp(ArpOperation.Request, IPAddress.Any));
        samples.Add(Arp(ArpOperation.Request, NearAddress(4)));
        samples.Add(Arp(ArpOperation.Reply, NearAddress(4)));
        return samples;
    }

    private static (string Segment, byte[] Frame) Arp(ArpOperation operation, IPAddress sender)
    {
        var arp = new ArpPacket(operation, ExampleNodes.Mac(0x15), sender, default, EntryNearAddress(4));
        return ("near", new EthernetFrame(EntryNearMac, arp.SenderHardware, ArpPacket.EtherType, arp.ToBytes()).ToBytes());
    }

    private static (string Segment, byte[] Frame) Sample(string segment, MacAddress destination, IpPacket packet)
    {
        var etherType = packet is Ipv4Packet ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType;
        return (segment, new EthernetFrame(destination, ExampleNodes.Mac(250), etherType, packet.ToBytes()).ToBytes());
    }
}
