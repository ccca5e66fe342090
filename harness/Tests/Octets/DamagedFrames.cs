using System.Net;
using Conformance.Harness.Tests.Capture;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Octets;

/// <summary>Damaged frames: truncated, altered, or random.</summary>
internal static class DamagedFrames
{
    public static IEnumerable<byte[]> Frames(int count)
    {
        var random = new Random(4711);
        var good = Good().ToList();
        for (var i = 0; i < count; i++)
        {
            var frame = random.Next(8) == 0 ? Chance(random) : (byte[])good[random.Next(good.Count)].Clone();
            for (var changes = random.Next(6); changes > 0 && frame.Length > 0; changes--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }

            yield return random.Next(3) == 0 ? frame[..random.Next(frame.Length + 1)] : frame;
        }
    }

    /// <summary>A random IPv6 packet: every next header in turn, with lengths that do not fit.</summary>
    private static byte[] Chance(Random random)
    {
        var frame = new byte[random.Next(200)];
        random.NextBytes(frame);
        if (frame.Length > 20)
        {
            (frame[12], frame[13], frame[14]) = (0x86, 0xdd, 0x60);
            byte[] protocols = [0, 6, 17, 41, 43, 44, 51, 58, 59, 60, 135];
            frame[20] = protocols[random.Next(protocols.Length)];
        }

        return frame;
    }

    private static IEnumerable<byte[]> Good()
    {
        foreach (var frame in Octets.Frames.All())
        {
            yield return frame;
        }

        var node = IPAddress.Parse("2001:db8:8000::1");
        var echo = new Ipv6Packet(
            CapturedPackets.Lma,
            node,
            IpProtocol.Icmpv6,
            new EchoRequest(1, 2, new OctetString(new byte[20])).ToBytes(CapturedPackets.Lma, node)
        ).ToBytes();
        MobilityOption[] options =
        [
            MobileNodeIdentifierOption.ForNai("mn1@pmip.example"),
            new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
            new TimestampOption(new Timestamp(ulong.MaxValue)),
            new LinkLocalAddressOption(IPAddress.Parse("fe80::1")),
            new AlternateCareOfAddressOption(CapturedPackets.Mag),
        ];
        yield return CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(options));
        yield return CapturedPackets.Frame(
            CapturedPackets.Lma,
            CapturedPackets.Mag,
            CapturedPackets.Acknowledgement(BindingStatus.ACCEPTED, options)
        );
        yield return CapturedPackets.Frame(CapturedPackets.Lma, CapturedPackets.Mag, IpProtocol.Ipv6, echo);
        yield return CapturedPackets.Frame(CapturedPackets.Lma, CapturedPackets.Mag, new PacketTooBig(1280, new OctetString(echo)));
        yield return CapturedPackets.Frame(
            CapturedPackets.Mag,
            Ipv6Multicast.AllNodes,
            new RouterAdvertisement(
                64,
                false,
                false,
                1800,
                0,
                0,
                new NdOptionList(
                    new PrefixInformationOption(Ipv6Prefix.Parse("2001:db8:8000::/64"), true, true, 600, 600),
                    new MtuOption(1460)
                )
            )
        );
    }
}
