using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Nodes continue to work after malformed frames.</summary>
public sealed class MutatedFrameTests
{
    private const int Frames = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(5213)]
    public void MutatedFrames_NeverThrow_AndTheNodesStillWork(int seed)
    {
        var random = new Random(seed);
        var network = new VirtualNetwork();
        network.Add(Lma, LmaRole());
        var mag = network.Add(Mag, MagRole());
        var mn = network.Add(Mn);
        network.Add(Mn2);
        network.Add(Cn);
        network.Add(Roamer with { Interfaces = [Roamer.Interfaces[0] with { Link = Home, MacAddress = Mac(77) }] });
        var samples = Samples();

        for (var i = 0; i < Frames; i++)
        {
            var (segment, frame) = samples[random.Next(samples.Count)];
            network.Inject(segment, Mutate(frame, random));
            if (i % 10 == 0)
            {
                network.Run(TimeSpan.FromMilliseconds(random.Next(2000)));
            }
            network.Forget();
        }

        // Mutated messages may have changed the neighbour entries of the nodes; link down and up resets them.
        network.Unplug(mag, Access);
        network.Unplug(mn, Access);
        network.Plug(mag, Access, "access");
        network.Plug(mn, Access, "access");
        mn.Ping(MagLinkLocal, 9, 9, network.Now);
        network.Settle();
        mn.TryTakeEchoReply(out _).Should().BeTrue();
    }

    private static List<(string Segment, byte[] Frame)> Samples()
    {
        var linkLocal = MnMac.LinkLocalAddress();
        var sender = new SourceLinkLayerAddressOption(MnMac);
        byte[] homeAddress = [IpProtocol.MobilityHeader, 2, 1, 2, 0, 0, 201, 16, .. MnAddress.GetAddressBytes()];
        byte[] limit = [IpProtocol.Ipv6, 0, 4, 1, 4, 1, 1, 0, .. Echo(MnAddress, CnAddress).ToBytes()];
        var signal = new UnknownMobilityMessage(200, new OctetString(new byte[26]));
        return
        [
            Sample("access", MagAccessMac, Echo(MnAddress, CnAddress)),
            Sample("access", MagAccessMac, Echo(MnAddress, Mn2Address)),
            Sample("home", LmaHomeMac, Echo(CnAddress, MnAddress, 1400)),
            Sample("home", LmaHomeMac, Echo(CnAddress, LmaHomeAddress)),
            Sample("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress))),
            Sample("core", MagCoreMac, Wrap(LmaAddress, MagAddress, Echo(CnAddress, MnAddress))),
            Sample("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.DestinationOptions, limit)),
            Sample("core", LmaCoreMac, Packet(MagAddress, LmaAddress, signal)),
            Sample(
                "core",
                LmaCoreMac,
                new Ipv6Packet(
                    MagAddress,
                    LmaAddress,
                    IpProtocol.DestinationOptions,
                    (byte[])[.. homeAddress, .. signal.ToBytes(MnAddress, LmaAddress)]
                )
            ),
            Discovery("home", LmaHomeMac, CnAddress, LmaHomeAddress, new NeighborSolicitation(LmaHomeAddress, new NdOptionList(sender))),
            Discovery(
                "home",
                LmaHomeMac,
                CnAddress,
                LmaHomeAddress,
                new NeighborAdvertisement(CnAddress, false, true, true, new NdOptionList(new TargetLinkLayerAddressOption(CnMac)))
            ),
            Discovery("access", MagAccessMac, linkLocal, Ipv6Multicast.AllRouters, new RouterSolicitation(new NdOptionList(sender))),
            Discovery(
                "home",
                Mac(77),
                MagLinkLocal,
                Ipv6Multicast.AllNodes,
                new RouterAdvertisement(
                    64,
                    false,
                    false,
                    1800,
                    0,
                    0,
                    new NdOptionList(sender, new MtuOption(1400), Prefix(Hnp), Prefix(Hnp2))
                )
            ),
        ];
    }

    // The upper-layer checksum is corrected half of the time; otherwise most mutated packets would be dropped early.
    internal static byte[] Mutate(byte[] frame, Random random)
    {
        var mutated = frame.ToArray();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            // The MAC addresses are not mutated, so that the frames arrive.
            var at = random.Next(2 * MacAddress.Length, mutated.Length);
            mutated[at] = (byte)(random.Next(3) == 0 ? random.Next(256) : mutated[at] ^ (1 << random.Next(8)));
        }

        if (random.Next(2) == 0)
        {
            Mend(mutated);
        }
        return random.Next(5) == 0 ? mutated[..random.Next(mutated.Length + 1)] : mutated;
    }

    private static void Mend(byte[] frame)
    {
        MendIpv4(frame.AsSpan(Math.Min(frame.Length, EthernetFrame.HeaderLength)));
        if (
            !Ipv6Packet.TryParse(frame.AsMemory(EthernetFrame.HeaderLength), out var packet, out _)
            || !packet.TryGetUpperLayer(out var upper, out _)
        )
        {
            return;
        }

        var (offset, needed) = upper.Protocol switch
        {
            IpProtocol.Icmpv6 => (2, 4),
            IpProtocol.MobilityHeader => (4, 6),
            _ => (0, int.MaxValue),
        };
        if (upper.Payload.Length < needed)
        {
            return;
        }

        var message = frame.AsSpan(EthernetFrame.HeaderLength + upper.Offset, upper.Payload.Length);
        message.Slice(offset, 2).Clear();
        var checksum = InternetChecksum.ComputeWithPseudoHeader(packet.Source, packet.Destination, upper.Protocol, message);
        (message[offset], message[offset + 1]) = ((byte)(checksum >> 8), (byte)checksum);
    }

    /// <summary>Corrects the checksum of an IPv4 header that is complete.</summary>
    private static void MendIpv4(Span<byte> packet)
    {
        if (packet.Length < Ipv4Packet.MinimumHeaderLength || packet[0] >> 4 != 4)
        {
            return;
        }

        var header = packet[..Math.Min(packet.Length, 4 * (packet[0] & 0x0f))];
        if (header.Length >= Ipv4Packet.MinimumHeaderLength)
        {
            header.Slice(Ipv4Packet.ChecksumOffset, 2).Clear();
            var checksum = InternetChecksum.Compute(header);
            (header[Ipv4Packet.ChecksumOffset], header[Ipv4Packet.ChecksumOffset + 1]) = ((byte)(checksum >> 8), (byte)checksum);
        }
    }

    private static (string Segment, byte[] Frame) Sample(string segment, MacAddress destination, Ipv6Packet packet) =>
        (segment, new EthernetFrame(destination, Mac(250), EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes());

    private static (string Segment, byte[] Frame) Discovery(
        string segment,
        MacAddress mac,
        IPAddress source,
        IPAddress destination,
        Icmpv6Message message
    ) =>
        Sample(
            segment,
            mac,
            new Ipv6Packet(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = 255 }
        );

    private static Ipv6Packet Packet(IPAddress source, IPAddress destination, MobilityMessage message) =>
        new(source, destination, IpProtocol.MobilityHeader, message.ToBytes(source, destination));

    private static PrefixInformationOption Prefix(Ipv6Prefix prefix) => new(prefix, true, true, 3600, 3600);
}
