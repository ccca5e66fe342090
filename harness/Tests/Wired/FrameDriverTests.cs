using System.Net;
using System.Net.Sockets;
using Conformance.FramePorts;
using Conformance.FramePorts.Pcap;
using Conformance.TestBeds.Wired;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Wired;

/// <summary>What every driver of frame ports does. Both open the ends of one cable, at once where they are compared.</summary>
public sealed class FrameDriverTests : IDisposable
{
    private const int Seed = 21;
    private const int ShortestFrame = EthernetFrame.HeaderLength,
        LongestFrame = EthernetFrame.HeaderLength + 1500;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly int?[] _untagged = [null];

    private readonly NetworkNamespace _here;
    private readonly NetworkNamespace _there;
    private readonly List<IDisposable> _opened = [];

    public FrameDriverTests()
    {
        Privilege.Require();
        _here = NetworkNamespace.CreateAnonymous();
        _there = NetworkNamespace.CreateAnonymous();
        _here.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.AddVethPair(new VethEnd("nic0"), new VethEnd("far0") { Namespace = _there });
        });
    }

    public static TheoryData<string> Names => [.. FrameDrivers.Names];

    public void Dispose()
    {
        _opened.Reverse<IDisposable>().ToList().ForEach(item => item.Dispose());
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void BothDriversOnOneCable_ReceiveAStreamOfAllSizesAlike_AndNothingThatLeaves()
    {
        var (packetPlace, packet) = Open("packet", _here, "nic0");
        var (pcapPlace, pcap) = Open("pcap", _here, "nic0");
        var (_, far) = Open("packet", _there, "far0");
        Connect(packet, far);
        var sent = Stream().ToList();

        var (byPacket, byPcap) = (new List<PortFrame>(), new List<PortFrame>());
        foreach (var burst in sent.Chunk(100))
        {
            foreach (var frame in burst)
            {
                far.Send(frame);
                pcap.Send(frame);
                packet.Send(frame);
            }

            byPacket.AddRange(Take(packetPlace, packet, burst.Length));
            byPcap.AddRange(Take(pcapPlace, pcap, burst.Length));
        }

        foreach (var received in new[] { byPacket, byPcap })
        {
            received.Select(frame => Convert.ToHexString(frame.Bytes.Span)).Should().Equal(sent.Select(Convert.ToHexString));
            received.Select(frame => frame.At).Should().BeInAscendingOrder();
        }

        byPcap
            .Zip(byPacket, (one, other) => (one.At - other.At).Duration())
            .Max()
            .Should()
            .BeLessThan(TimeSpan.FromMilliseconds(50), "both have the kernel's time of a frame");
        packet.TryReceive(out _).Should().BeFalse("what leaves the interface does not come back");
        pcap.TryReceive(out _).Should().BeFalse("what leaves the interface does not come back");
        (packet.ReadDropped(), pcap.ReadDropped()).Should().Be((0, 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStreamThatADriverSends_ArrivesAsItIs(string name)
    {
        var (_, near) = Open(name, _here, "nic0");
        var (farPlace, far) = Open("packet", _there, "far0");
        Connect(near, far);
        foreach (var burst in Stream().Chunk(100))
        {
            burst.ToList().ForEach(frame => near.Send(frame));

            Take(farPlace, far, burst.Length)
                .Select(frame => Convert.ToHexString(frame.Bytes.Span))
                .Should()
                .Equal(burst.Select(Convert.ToHexString));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WithOneVlan_ItsFirstFrameComesWithItsTag(string name)
    {
        var (place, near) = Open(name, _here, "nic0", 10);
        var (_, far) = Open("packet", _there, "far0");
        Connect(near, far);

        far.Send(Frame(0x81, 0x00, 0x00, 0x0a, 0x88, 0xb5, 1));

        Take(place, near, 1).Single().Bytes.ToArray().Should().Equal(Frame(0x81, 0x00, 0x00, 0x0a, 0x88, 0xb5, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FramesThatNobodyTakes_AreCountedWhenTheyAreLost(string name)
    {
        const int MoreThanThereIsRoomFor = 60_000;
        var (_, near) = Open(name, _here, "nic0");
        var (_, far) = Open("packet", _there, "far0");
        Connect(near, far);
        near.ReadDropped().Should().Be(0);
        for (var sent = 0; sent < MoreThanThereIsRoomFor; sent++)
        {
            far.Send(Frame(0x88, 0xb5));
        }

        // The first call may say that the port was down until now.
        near.TryReceive(out var first);
        var kept = first is null ? 0 : 1;
        while (near.TryReceive(out _))
        {
            kept++;
        }

        near.Doubt.Should().BeNull();
        near.ReadDropped().Should().Be(MoreThanThereIsRoomFor - kept).And.BePositive();
        near.ReadDropped().Should().Be(MoreThanThereIsRoomFor - kept, "a reading does not reset the number");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ALinkThatIsLostForAMoment_IsCounted(string name)
    {
        var (place, near) = Open(name, _here, "nic0");
        var (_, far) = Open("packet", _there, "far0");
        Connect(near, far);
        place.TakeChange();
        var before = near.ReadLink();

        far.SetUp(false);
        far.SetUp(true);
        near.WaitUntilRunning(FrameClock.Now + _patience);
        var after = near.ReadLink();

        before.Should().Match<LinkView>(link => link.IsUp && link.HasCarrier && link.IsRunning && link.Mtu == 1500);
        after.IsRunning.Should().BeTrue();
        after.CarrierLosses.Should().BeGreaterThan(before.CarrierLosses);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void APortThatWasDown_GoesOnWhenItIsUpAgain(string name)
    {
        var (place, near) = Open(name, _here, "nic0");
        var (farPlace, far) = Open("packet", _there, "far0");
        Connect(near, far);

        near.SetUp(false);
        near.TryReceive(out _).Should().BeFalse();
        near.ReadLink().IsUp.Should().BeFalse();
        near.Invoking(port => port.Send(Frame(0x88, 0xb5, 1))).Should().Throw<FramePortException>();
        Connect(near, far);
        far.Send(Frame(0x88, 0xb5, 2));
        near.Send(Frame(0x88, 0xb5, 3));

        Take(place, near, 1).Single().Bytes.Span[^1].Should().Be(2);
        Take(farPlace, far, 1).Single().Bytes.Span[^1].Should().Be(3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnInterfaceThatIsDeleted_IsGone(string name)
    {
        var (place, near) = Open(name, _here, "nic0");
        place.TakeChange();
        _here.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.Delete(netlink.Links.Get("nic0").Index);
        });

        near.Invoking(port => port.ReadLink()).Should().Throw<FramePortException>().Which.IsGone.Should().BeTrue();
        near.Invoking(port => port.Send(Frame(0x88, 0xb5))).Should().Throw<FramePortException>();
        place.TakeChange().Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Waiting_EndsWithAFrameWithTheTimeOrAnInterruption(string name)
    {
        var (place, near) = Open(name, _here, "nic0");
        var (_, far) = Open("packet", _there, "far0");
        Connect(near, far);
        while (place.TakeChange()) { }

        var until = FrameClock.Now + TimeSpan.FromMilliseconds(120);
        do
        {
            place.Wait(until);
            place.TakeChange();
        } while (FrameClock.Now < until);
        far.Send(Frame(0x88, 0xb5));
        Take(place, near, 1).Should().ContainSingle();

        var started = FrameClock.Now;
        place.Interrupt();
        place.Wait(started + _patience);
        (FrameClock.Now - started).Should().BeLessThan(_patience / 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AChecksumThatTheSenderLeftToADevice_IsUnfinished(string name)
    {
        var (place, near) = Open(name, _here, "nic0");
        near.SetUp(true);
        _there.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var link = netlink.Links.Get("far0").Index;
            netlink.Links.SetUp(link);
            netlink.Links.WaitUntilRunning(link, KernelTime.Now + _patience);
            netlink.Addresses.Add(link, IPAddress.Parse("192.0.2.1"), 24);
        });
        near.WaitUntilRunning(FrameClock.Now + _patience);
        _there.Run(() =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
            socket.SendTo("unfinished"u8, new IPEndPoint(IPAddress.Parse("192.0.2.255"), 9));
        });

        var until = FrameClock.Now + _patience;
        PortFrame? found = null;
        while (found is null && FrameClock.Now < until)
        {
            place.Wait(until);
            place.TakeChange();
            while (near.TryReceive(out var frame))
            {
                found = frame.Bytes.Span.IndexOf("unfinished"u8) >= 0 ? frame : found;
            }
        }

        found!.IsUnfinished.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AfterwardsTheInterface_IsAsItWasBefore(string name)
    {
        var before = _here.Run(() =>
            (InterfaceOffloads.Read("nic0"), Arp(), File.ReadAllText("/proc/sys/net/ipv6/conf/nic0/disable_ipv6"))
        );

        using (var place = _here.Run(() => FrameDrivers.Find(name).Enter()))
        using (var port = _here.Run(() => place.Open("nic0", _untagged)))
        {
            port.SwitchedOff.Should().Contain("TransmitChecksum");
            _here.Run(() => (InterfaceOffloads.Read("nic0") & Offloads.TransmitChecksum, Arp())).Should().Be((Offloads.None, false));
            _here.Run(() => File.ReadAllText("/proc/sys/net/ipv6/conf/nic0/disable_ipv6")).Trim().Should().Be("1");
        }

        _here
            .Run(() => (InterfaceOffloads.Read("nic0"), Arp(), File.ReadAllText("/proc/sys/net/ipv6/conf/nic0/disable_ipv6")))
            .Should()
            .Be(before);
    }

    [Fact]
    public void AnOpeningThatFails_LeavesTheInterfaceAsItWas()
    {
        const int notAVlan = 5000;
        var before = _here.Run(State);
        using var place = _here.Run(() => FrameDrivers.Find("pcap").Enter());

        _here.Invoking(inside => inside.Run(() => place.Open("nic0", [notAVlan]))).Should().Throw<FramePortException>();

        _here.Run(State).Should().Be(before);

        static (Offloads, LinkFlags, string) State()
        {
            using var netlink = RouteNetlink.Open();
            return (
                InterfaceOffloads.Read("nic0"),
                netlink.Links.Get("nic0").Flags,
                File.ReadAllText("/proc/sys/net/ipv6/conf/nic0/disable_ipv6")
            );
        }
    }

    [Theory]
    [InlineData(new int[] { 0 }, null)]
    [InlineData(new int[] { 10 }, "vlan 10")]
    [InlineData(new int[] { 10, 20 }, "vlan")]
    [InlineData(new int[] { 0, 20 }, null)]
    public void TheFilterOfLibpcap_KeepsEveryFrameOfAPort(int[] vlans, string? filter) =>
        PcapPlace.FilterOf([.. vlans.Select(vlan => vlan == 0 ? (int?)null : vlan)]).Should().Be(filter);

    private static bool Arp()
    {
        using var netlink = RouteNetlink.Open();
        return !netlink.Links.Get("nic0").Flags.HasFlag(LinkFlags.NoArp);
    }

    private static IEnumerable<byte[]> Stream()
    {
        var random = new Random(Seed);
        var sizes = Enumerable.Range(ShortestFrame, LongestFrame - ShortestFrame + 1).ToArray();
        random.Shuffle(sizes);
        foreach (var size in sizes)
        {
            var frame = new byte[size];
            random.NextBytes(frame);

            // Neither a group address nor a length or type that the kernel would treat in another way.
            (frame[0], frame[6], frame[12], frame[13]) = (0x02, 0x02, 0x88, 0xb5);
            yield return frame;
        }
    }

    private static byte[] Frame(params byte[] content) =>
        [0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2, .. content[..^1], .. new byte[50], content[^1]];

    private static void Connect(IFramePort near, IFramePort far)
    {
        near.SetUp(true);
        far.SetUp(true);
        near.WaitUntilRunning(FrameClock.Now + _patience);
        far.WaitUntilRunning(FrameClock.Now + _patience);
        near.ReadLink().IsRunning.Should().BeTrue();
    }

    private static List<PortFrame> Take(IFramePlace place, IFramePort port, int count)
    {
        var taken = new List<PortFrame>();
        var until = FrameClock.Now + _patience;
        while (taken.Count < count && FrameClock.Now < until)
        {
            if (port.TryReceive(out var frame))
            {
                taken.Add(frame);
                continue;
            }

            place.TakeChange();
            place.Wait(until);
        }

        return taken;
    }

    private (IFramePlace Place, IFramePort Port) Open(string driver, NetworkNamespace inside, string name, params int?[] vlans)
    {
        var place = inside.Run(() => FrameDrivers.Find(driver).Enter());
        _opened.Add(place);
        var port = inside.Run(() => place.Open(name, vlans is [] ? _untagged : vlans));
        _opened.Add(port);
        return (place, port);
    }
}
