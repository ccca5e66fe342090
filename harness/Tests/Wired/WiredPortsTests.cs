using Conformance.TestBeds;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tests;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Wired;

/// <summary>Ports on one end of a cable, a plain packet socket on the other.</summary>
public sealed class WiredPortsTests : IDisposable
{
    private static readonly PortId Core = new("core");
    private static readonly PortId Home = new("home");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NetworkNamespace here;
    private readonly NetworkNamespace there;
    private readonly List<IDisposable> opened = [];

    public WiredPortsTests()
    {
        Privilege.Require();
        here = NetworkNamespace.CreateAnonymous();
        there = NetworkNamespace.CreateAnonymous();
        here.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.AddVethPair(new VethEnd("nic0"), new VethEnd("far0") { Namespace = there });
        });
    }

    public void Dispose()
    {
        opened.Reverse<IDisposable>().ToList().ForEach(item => item.Dispose());
        here.Dispose();
        there.Dispose();
    }

    [Fact]
    public void Frames_ComeInOrderWithTheirTimes_AndSilenceIsSaidOnlyAfterTheTime()
    {
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0"));
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
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0"));
        var until = WiredPorts.Now;
        far.Send(Frame(1).Span);

        ports.TryReceive(until, out _).Should().BeFalse();

        Next(ports).At.Should().BeAfter(until);
    }

    [Fact]
    public void AFrameBehindLostOnes_IsNotHandedOut_AndWhatWasLostBeforeAScenarioIsNotItsLoss()
    {
        const int MoreThanThereIsRoomFor = 60_000;
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0"));
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
    public void ACableThatSomebodyPulled_EndsWhatCouldBeConcluded_AlsoWhenItIsBackIn()
    {
        var (ports, _) = Connected(new WiredPortSettings(Core, "nic0"));
        SetFar(up: false);
        SetFar(up: true);

        var listening = () => ports.TryReceive(WiredPorts.Now, out _);
        var sending = () => ports.Send(Core, Frame(1));

        listening.Should().Throw<BedLostException>().WithMessage("nic0, which port core is on, lost its link*");
        sending.Should().Throw<BedLostException>();
    }

    [Fact]
    public void AnInterfaceThatIsGone_IsNamed()
    {
        var (ports, _) = Connected(new WiredPortSettings(Core, "nic0"));
        there.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.Delete(netlink.Links.Get("far0").Index);
        });

        var listening = () => ports.TryReceive(WiredPorts.Now + Patience, out _);

        listening.Should().Throw<BedLostException>().WithMessage("nic0, which port core is on*");
    }

    [Fact]
    public void ACableThatTheTesterPulls_IsNoLoss_AndFramesPassWhenItIsComplete()
    {
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0"));

        Complete(ports, ports.SetCarrier(Core, up: false));
        ports.Send(Core, Frame(1));
        Complete(ports, ports.SetCarrier(Core, up: true));
        ports.Send(Core, Frame(2));

        NextOf(far).Bytes.Span[^1].Should().Be(2);
    }

    [Fact]
    public void TwoVlansOfOneInterface_AreTwoPorts()
    {
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0", Vlan: 100), new WiredPortSettings(Home, "nic0", Vlan: 200));

        ports.Send(Home, Frame(7));
        var sent = NextOf(far).Bytes;
        var answer = sent.ToArray();
        answer[11]++;
        far.Send(answer);
        far.Send(Frame(8).Span);
        var received = Next(ports);

        Convert.ToHexString(sent.Span[12..16]).Should().Be("810000C8");
        received.Port.Should().Be(Home);
        received.Bytes.ToArray().Should().Equal([.. answer[..12], .. answer[16..]]);
        ports.TryReceive(WiredPorts.Now, out _).Should().BeFalse("an untagged frame belongs to no port");
    }

    /// <summary>A loop, a switch port that returns what it gets, an interface that hears itself: none is an answer.</summary>
    [Fact]
    public void AFrameOfTheTestersOwn_ThatComesBack_IsNotHandedOut()
    {
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0"));
        ports.Send(Core, Frame(1));
        far.Send(NextOf(far).Bytes.Span);
        var answer = Frame(2).ToArray();
        answer[11]++;
        far.Send(answer);

        Next(ports).Bytes.Span[^1].Should().Be(2);

        ports.Lost.Should().BeNull();
    }

    [Fact]
    public void SomebodyElse_WhoSendsAsTheTester_EndsWhatCouldBeConcluded()
    {
        var (ports, far) = Connected(new WiredPortSettings(Core, "nic0"));
        ports.Send(Core, Frame(1));
        far.Send(Frame(2).Span);

        var listening = () => ports.TryReceive(WiredPorts.Now + Patience, out _);

        listening.Should().Throw<BedLostException>().WithMessage("somebody else on nic0, which port core is on, sends with a link-layer address of the tester's*");
    }

    [Fact]
    public void AnInterface_IsOfOneRunAtATime()
    {
        var (ports, _) = Connected(new WiredPortSettings(Core, "nic0"));
        var opening = () => here.Run(() => WiredPorts.Open([new WiredPortSettings(Core, "nic0")]).Dispose());

        opening.Should().Throw<BedUnavailableException>().WithMessage("nic0 is in use by another run*");
        opened.Remove(ports);
        ports.Dispose();
        opening.Should().NotThrow();
    }

    [Fact]
    public void AnMtuThatSomebodyChanges_EndsWhatCouldBeConcluded()
    {
        var (ports, _) = Connected(new WiredPortSettings(Core, "nic0"));
        here.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetMtu(netlink.Links.Get("nic0").Index, 1280);
        });

        ports.Lost.Should().Be("nic0, which port core is on, had an MTU of 1500 octets, and somebody has made it 1280");
    }

    private static ReadOnlyMemory<byte> Frame(byte mark) =>
        new EthernetFrame(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Parse("02:00:00:00:00:02"), 0x88b5, (byte[])[.. new byte[45], mark]).ToBytes();

    private static ReceivedFrame Next(WiredPorts ports)
    {
        ports.TryReceive(WiredPorts.Now + Patience, out var frame).Should().BeTrue();
        return frame!;
    }

    private static CapturedFrame NextOf(PacketPort port)
    {
        var until = KernelTime.Now + Patience;
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
        var until = WiredPorts.Now + Patience;
        while (!pending.IsComplete)
        {
            WiredPorts.Now.Should().BeBefore(until);
            ports.TryReceive(WiredPorts.Now, out _);
        }
    }

    private (WiredPorts Ports, PacketPort Far) Connected(params WiredPortSettings[] settings)
    {
        var far = there.Run(() =>
        {
            opened.Add(QuietInterface.Take("far0"));
            return PacketPort.Open("far0");
        });
        opened.Add(far);
        SetFar(up: true);
        var ports = here.Run(() => WiredPorts.Open(settings));
        opened.Add(ports);
        there.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.WaitUntilRunning(far.InterfaceIndex, KernelTime.Now + Patience).Should().BeTrue();
        });
        return (ports, far);
    }

    private void SetFar(bool up) => there.Run(() =>
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
