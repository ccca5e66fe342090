using Conformance.TestBeds;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Wired;

/// <summary>Wired ports over packet sockets.</summary>
public sealed class PacketWiredPortsTests() : WiredPortsContract("packet");

/// <summary>Wired ports over libpcap.</summary>
public sealed class PcapWiredPortsTests() : WiredPortsContract("pcap");

/// <summary>What wired ports do with every driver. A plain packet socket is at the other end of the cable.</summary>
public abstract class WiredPortsContract : IDisposable
{
    private static readonly PortId _core = new("core");
    private static readonly PortId _home = new("home");
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly string _driver;
    private readonly NetworkNamespace _here;
    private readonly NetworkNamespace _there;
    private readonly List<IDisposable> _opened = [];

    private protected WiredPortsContract(string driver)
    {
        Privilege.Require();
        _driver = driver;
        _here = NetworkNamespace.CreateAnonymous();
        _there = NetworkNamespace.CreateAnonymous();
        _here.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.AddVethPair(new VethEnd("nic0"), new VethEnd("far0") { Namespace = _there });
        });
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _opened.Reverse<IDisposable>().ToList().ForEach(item => item.Dispose());
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void Frames_ComeInOrderWithTheirTimes_AndSilenceIsSaidOnlyAfterTheTime()
    {
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0"));
        var before = WiredPorts.Now;
        far.Send(Frame(1).Span);
        far.Send(Frame(2).Span);

        var first = Next(ports);
        var second = Next(ports);
        var until = WiredPorts.Now + TimeSpan.FromMilliseconds(20);
        ports.TryReceive(until, out _).Should().BeFalse();

        first.Bytes.Span[^1].Should().Be(1);
        second.Bytes.Span[^1].Should().Be(2);
        first.At.Should().BeAfter(before).And.BeOnOrBefore(second.At);
        WiredPorts.Now.Should().BeAfter(until);
    }

    [Fact]
    public void AFrameAfterTheTimeAskedFor_WaitsForTheNextQuestion()
    {
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0"));
        var until = WiredPorts.Now;
        far.Send(Frame(1).Span);

        ports.TryReceive(until, out _).Should().BeFalse();

        Next(ports).At.Should().BeAfter(until);
    }

    [Fact]
    public void AFrameAfterLostFrames_IsNotDelivered_AndEarlierLossesDoNotAffectTheScenario()
    {
        const int MoreThanThereIsRoomFor = 60_000;
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0"));
        for (var sent = 0; sent < MoreThanThereIsRoomFor; sent++)
        {
            far.Send(Frame(1).Span);
        }

        var receiving = () => ports.TryReceive(WiredPorts.Now, out _);
        receiving.Should().Throw<BedLostException>().WithMessage("* frames were lost on nic0 *");

        for (var sent = 0; sent < MoreThanThereIsRoomFor; sent++)
        {
            far.Send(Frame(1).Span);
        }

        ports.Forget();
        far.Send(Frame(2).Span);
        Next(ports).Bytes.Span[^1].Should().Be(2);
    }

    [Fact]
    public void AnUnpluggedCable_EndsTheRun_EvenIfItIsPluggedInAgain()
    {
        var (ports, _) = Connected(new WiredPortSettings(_core, "nic0"));
        SetFar(up: false);
        SetFar(up: true);

        var listening = () => ports.TryReceive(WiredPorts.Now, out _);
        var sending = () => ports.Send(_core, Frame(1));

        listening.Should().Throw<BedLostException>().WithMessage("nic0, which port core is on, lost its link*");
        sending.Should().Throw<BedLostException>();
    }

    [Fact]
    public void AnInterfaceThatIsGone_IsNamed()
    {
        var (ports, _) = Connected(new WiredPortSettings(_core, "nic0"));
        _there.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.Delete(netlink.Links.Get("far0").Index);
        });

        var listening = () => ports.TryReceive(WiredPorts.Now + _patience, out _);

        listening.Should().Throw<BedLostException>().WithMessage("nic0, which port core is on*");
    }

    [Fact]
    public void ACableThatTheTesterPulls_IsNoLoss_AndFramesPassWhenItIsComplete()
    {
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0"));

        Complete(ports, ports.SetCarrier(_core, up: false));
        ports.Send(_core, Frame(1));
        Complete(ports, ports.SetCarrier(_core, up: true));
        ports.Send(_core, Frame(2));

        NextOf(far).Bytes.Span[^1].Should().Be(2);
    }

    [Fact]
    public void TwoVlansOfOneInterface_AreTwoPorts()
    {
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0", Vlan: 100), new WiredPortSettings(_home, "nic0", Vlan: 200));

        ports.Send(_home, Frame(7));
        var sent = NextOf(far).Bytes;
        var answer = sent.ToArray();
        answer[11]++;
        far.Send(answer);
        far.Send(Frame(8).Span);
        var received = Next(ports);

        Convert.ToHexString(sent.Span[12..16]).Should().Be("810000C8");
        received.Port.Should().Be(_home);
        received.Bytes.ToArray().Should().Equal([.. answer[..12], .. answer[16..]]);
        ports.TryReceive(WiredPorts.Now, out _).Should().BeFalse("an untagged frame belongs to no port");
    }

    /// <summary>A returned frame (loop, reflecting switch port, interface that receives its own frames) is not an answer.</summary>
    [Fact]
    public void AFrameOfTheTester_ThatComesBack_IsNotDelivered()
    {
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0"));
        ports.Send(_core, Frame(1));
        far.Send(NextOf(far).Bytes.Span);
        var answer = Frame(2).ToArray();
        answer[11]++;
        far.Send(answer);

        Next(ports).Bytes.Span[^1].Should().Be(2);

        ports.Lost.Should().BeNull();
    }

    [Fact]
    public void AnotherSender_WithAnAddressOfTheTester_EndsTheRun()
    {
        var (ports, far) = Connected(new WiredPortSettings(_core, "nic0"));
        ports.Send(_core, Frame(1));
        far.Send(Frame(2).Span);

        var listening = () => ports.TryReceive(WiredPorts.Now + _patience, out _);

        listening
            .Should()
            .Throw<BedLostException>()
            .WithMessage("another node on nic0, which port core is on, sends with a link-layer address of the tester: *");
    }

    [Fact]
    public void AnInterface_IsOfOneRunAtATime()
    {
        var (ports, _) = Connected(new WiredPortSettings(_core, "nic0"));
        var opening = () => _here.Run(() => WiredPorts.Open([new WiredPortSettings(_core, "nic0")], FrameDrivers.Find(_driver)).Dispose());

        opening.Should().Throw<BedUnavailableException>().WithMessage("nic0 is in use by another run*");
        _opened.Remove(ports);
        ports.Dispose();
        opening.Should().NotThrow();
    }

    [Fact]
    public void AChangedMtu_EndsTheRun()
    {
        var (ports, _) = Connected(new WiredPortSettings(_core, "nic0"));
        _here.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetMtu(netlink.Links.Get("nic0").Index, 1280);
        });

        ports.Lost.Should().Be("nic0, which port core is on, had an MTU of 1500 octets, which was changed to 1280");
    }

    private static ReadOnlyMemory<byte> Frame(byte mark) =>
        new EthernetFrame(
            MacAddress.Parse("02:00:00:00:00:01"),
            MacAddress.Parse("02:00:00:00:00:02"),
            0x88b5,
            (byte[])[.. new byte[45], mark]
        ).ToBytes();

    private static ReceivedFrame Next(WiredPorts ports)
    {
        ports.TryReceive(WiredPorts.Now + _patience, out var frame).Should().BeTrue();
        return frame!;
    }

    private static CapturedFrame NextOf(PacketPort port)
    {
        var until = KernelTime.Now + _patience;
        while (true)
        {
            if (port.TryReceive(out var frame))
            {
                return frame;
            }

            Readiness.Wait([port], until).Should().NotBeEmpty();
        }
    }

    private static void Complete(WiredPorts ports, IPending pending)
    {
        var until = WiredPorts.Now + _patience;
        while (!pending.IsComplete)
        {
            WiredPorts.Now.Should().BeBefore(until);
            ports.TryReceive(WiredPorts.Now, out _);
        }
    }

    private (WiredPorts Ports, PacketPort Far) Connected(params WiredPortSettings[] settings)
    {
        var far = _there.Run(() =>
        {
            _opened.Add(QuietInterface.Take("far0"));
            return PacketPort.Open("far0");
        });
        _opened.Add(far);
        SetFar(up: true);
        var ports = _here.Run(() => WiredPorts.Open(settings, FrameDrivers.Find(_driver)));
        _opened.Add(ports);
        _there.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.WaitUntilRunning(far.InterfaceIndex, KernelTime.Now + _patience).Should().BeTrue();
        });
        return (ports, far);
    }

    private void SetFar(bool up) =>
        _there.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var index = netlink.Links.Get("far0").Index;
            if (up)
            {
                netlink.Links.SetUp(index);
            }
            else
            {
                netlink.Links.SetDown(index);
            }
        });
}
