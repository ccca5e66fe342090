using System.Buffers.Binary;
using System.Globalization;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.Testing.Capture;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using FluentAssertions;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Node;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Lab;

/// <summary>Tests the lab through the program, its output and its exit codes.</summary>
public sealed class LabTests
{
    /// <summary>The autoconfigured address, from the first prefix of the LMA's pool and the link-layer address.</summary>
    private const string Address = "2001:db8:8000:0:5e:ff:fe00:ff01";
    private const string Correspondent = "2001:db8:200::c1";

    /// <summary>The first address of the LMA's pool.</summary>
    private const string Ipv4Address = "198.18.0.2";
    private const string Ipv4Correspondent = "198.51.100.193";

    public LabTests() => Privilege.Require();

    [Fact]
    public void MobileNode_AttachedAndMoved_KeepsItsAddressAndIsReached_AndDownLeavesNothing()
    {
        var capture = Path.GetTempFileName();
        using var lab = RunningLab.Start(RunningLab.NewName(), "--capture", capture);
        lab.Namespaces.Should().Contain($"pmip-{lab.Name}-{lab.Process.Id.ToString(CultureInfo.InvariantCulture)}-mn1");

        var attached = lab.Ask("attach", "mn1", "link1");
        attached.Error.Should().BeEmpty();
        attached.Output.Should().Contain("on link1 of MAG1").And.Contain(Address);
        const string FromMag1ToLma1 = "├───────┼──────→│";
        lab.WaitFor("PBU seq 1, ").Should().Contain(FromMag1ToLma1, "the PBU passes MAG2 in the drawing");
        lab.WaitFor("PBA seq 1, 0 ACCEPTED").Should().Contain("│←──────┼───────┤");
        lab.WaitFor("binding 2001:db8:8000::/64 at MAG1");
        lab.WaitFor("Router Advertisement, prefix 2001:db8:8000::/64");
        lab.WaitFor($"address {Address}/64");

        Reaches(lab, port: 9).Should().BeTrue();
        Reaches(lab, port: 10).Should().BeTrue("all neighbour addresses are resolved now");
        const string ThroughTheTunnel = "├──────→╞═══════╪══════→";
        lab.WaitFor("→ 10").Should().Contain(ThroughTheTunnel, "the tunnel is between MAG1 and LMA1");

        var moved = lab.Ask("move", "mn1", "link2");
        moved.Output.Should().Contain("on link2 of MAG2").And.Contain(Address);
        lab.WaitFor("binding 2001:db8:8000::/64 at MAG2");
        Reaches(lab, port: 9).Should().BeTrue();

        var state = lab.Ask("state").Output;
        state.Should().Contain($"{Address}/64");
        state
            .Split('\n')
            .Should()
            .ContainSingle(line => line.Contains("binding", StringComparison.Ordinal))
            .Which.Should()
            .Contain("MAG2 2001:db8:100::a2");

        lab.Ask("detach", "mn1").ExitCode.Should().Be(ExitCode.Success);
        lab.WaitFor("lifetime 0 (de-registration)");
        lab.WaitFor("binding 2001:db8:8000::/64 deleted");

        lab.Ask("down").ExitCode.Should().Be(ExitCode.Success);
        lab.WaitFor("The lab has ended.");
        lab.Process.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        lab.Process.ExitCode.Should().Be(ExitCode.Success);
        lab.Namespaces.Should().BeEmpty();
        Directory.Exists($"/run/pmip-{lab.Name}").Should().BeFalse();
        PcapngReader
            .Read(capture)
            .Frames.Should()
            .Contain(frame =>
                PacketStack.Of(frame.Bytes).Words(AddressNames.Instance).Head.StartsWith("PBU seq 1", StringComparison.Ordinal)
            );
        File.Delete(capture);
    }

    [Fact]
    public void UnderEsp_MobileNodeIsReachedThroughAHandoff_AndNoSignallingIsInClear()
    {
        var capture = Path.GetTempFileName();
        using var lab = RunningLab.Start(RunningLab.NewName(), "--capture", capture, "--security", "esp");

        lab.Ask("attach", "mn1", "link1").Output.Should().Contain("on link1 of MAG1").And.Contain(Address);
        lab.WaitFor("binding 2001:db8:8000::/64 at MAG1");
        Reaches(lab, port: 9).Should().BeTrue();
        lab.Ask("move", "mn1", "link2").Output.Should().Contain("on link2 of MAG2").And.Contain(Address);
        lab.WaitFor("binding 2001:db8:8000::/64 at MAG2");
        Reaches(lab, port: 9).Should().BeTrue("the tunnel to MAG2 is under ESP");

        lab.Ask("down").ExitCode.Should().Be(ExitCode.Success);
        lab.Process.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        Directory.Exists($"/run/pmip-{lab.Name}").Should().BeFalse("the keys are removed");
        var packets = PcapngReader.Read(capture).Frames.Select(frame => ToPacket(frame.Bytes)).OfType<Ipv6Packet>().ToList();
        packets.Should().NotContain(packet => packet.NextHeader == IpProtocol.MobilityHeader);
        packets
            .Where(packet => packet.NextHeader == IpProtocol.Esp)
            .Select(packet => BinaryPrimitives.ReadUInt32BigEndian(packet.Payload.Span))
            .Distinct()
            .Should()
            .BeEquivalentTo([0x1001u, 0x2001u, 0x1002u, 0x2002u, 0x1012u, 0x2012u]);
        File.Delete(capture);

        static Ipv6Packet? ToPacket(ReadOnlyMemory<byte> bytes) =>
            EthernetFrame.TryParse(bytes, out var frame, out _) && Ipv6Packet.TryParse(frame.Payload, out var packet, out _)
                ? packet
                : null;
    }

    [Fact]
    public void OverIpv4_MobileNodeHasItsAddressByDhcp_RenewsItAfterAHandoff_AndATransferSurvives()
    {
        DebianProgram.Require("udhcpc", "udhcpc");
        DebianProgram.Require("iperf3", "iperf3");
        var resolution = File.ReadAllText("/etc/resolv.conf");
        using var lab = RunningLab.Start(RunningLab.NewName(), "--domain", "ipv4");
        lab.Ask("attach", "mn1", "link1").Output.Should().Contain("on link1 of MAG1").And.Contain(Address);

        lab.Ask("exec", "mn1", "--", "udhcpc", "-n", "-q", "-i", "wlan0")
            .Error.Should()
            .Contain($"lease of {Ipv4Address} obtained from 198.18.0.1");
        lab.WaitFor("DHCPACK").Should().Contain("│←──────┤", "MAG1 answers");
        Ping(lab).Should().Be(ExitCode.Success);
        const string ThroughTheTunnel = "├──────→╞═══════╪══════→├";
        lab.WaitFor("Echo Request seq 1").Should().Contain(ThroughTheTunnel, "the tunnel is between MAG1 and LMA1");
        lab.Ask("state").Output.Should().Contain($"2001:db8:8000::/64, {Ipv4Address}/16");

        using var client = new DebianProgram(lab.Begin("mn1", "udhcpc", "-f", "-i", "wlan0"));
        client.WaitFor($"lease of {Ipv4Address} obtained");
        using var server = lab.Begin("cn1", "iperf3", "--server", "--one-off");
        using var transfer = lab.Begin("mn1", "sh", "-c", $"until iperf3 -c {Ipv4Correspondent} -n 1M -b 2M; do sleep 0.1; done");
        lab.WaitFor("TCP PSH ACK");
        lab.Ask("move", "mn1", "link2").Output.Should().Contain("on link2 of MAG2").And.Contain($"{Ipv4Address}/16");
        Ping(lab).Should().Be(ExitCode.Success);

        lab.Ask("exec", "mn1", "--", "kill", "-USR1", client.Id.ToString(CultureInfo.InvariantCulture));
        client.WaitFor("sending renew to server 198.18.0.1");
        client.WaitFor($"lease of {Ipv4Address} obtained");
        transfer.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        transfer.StandardOutput.ReadToEnd().Should().Contain("iperf Done.");
        File.ReadAllText("/etc/resolv.conf").Should().Be(resolution, "the client has a file of its own");
    }

    [Fact]
    public void WithSeveralCareOfAddresses_BindingsPathsAndFlowsAreShown_WhileLinksComeAndGo()
    {
        const string home = "2001:db8:200::5e00:1",
            onLink1 = "2001:db8:101:0:1a:ff:fe00:51";
        using var lab = RunningLab.Start(RunningLab.NewName(), "--domain", "mcoa");
        lab.Namespaces.Should().HaveCount(5, "MN1, AR1, HA1, CN1 and the tester");

        lab.Ask("attach", "mn1", "link1").Output.Should().Contain($"on link1 of AR1, reachable at {home} by {onLink1} (BID 1)");
        lab.WaitFor("BU seq ").Should().Contain("├──────→├──────→│", "MN1 sends it by AR1 to HA1");
        lab.WaitFor("binding BID 1 at link1");
        lab.Ask("attach", "mn1", "link2").Output.Should().Contain("on link2 of AR1").And.Contain("(BID 2)");
        lab.WaitFor("binding BID 2 at link2");
        PingFromHome(lab).Should().Be(ExitCode.Success);
        lab.WaitFor(" ↔ CN1: ").Should().Contain("echo ");
        var state = lab.Ask("state").Output.Split('\n');
        state.Should().ContainSingle(line => line.Contains("path BID 1") && line.Contains(onLink1) && line.Contains("link1 (AR1)"));
        state.Should().ContainSingle(line => line.Contains("path BID 2") && line.Contains("HA1 "));
        state.Should().ContainSingle(line => line.Contains("flow") && line.Contains("↔ CN1"));
        state.Should().ContainSingle(line => line.Contains("HA1") && line.Contains("BID 1 link1 ") && line.Contains("BID 2 link2 "));

        lab.Ask("detach", "mn1", "link1").Output.Should().Contain("mn1 is on link2.");
        lab.WaitFor("binding BID 1 removed");
        lab.Ask("detach", "mn1", "link1").Output.Should().Contain("mn1 is not on link1.");
        lab.Ask("attach", "mn1", "link2")
            .Output.Should()
            .MatchRegex(@"mn1 is on link2( already\.| of AR1, reachable )", "CN1 may still know link1");
        PingFromHome(lab).Should().Be(ExitCode.Success);
        lab.WaitFor(" ↔ CN1: link2, ").Should().Contain("echo ");
        lab.Ask("move", "mn1", "home").Output.Should().Contain($"on home of HA1, reachable at {home} after");
        PingFromHome(lab).Should().Be(ExitCode.Success);
        lab.WaitFor(" ↔ CN1: home, directly");
        lab.Ask("detach", "mn1").Output.Should().Contain("mn1 is on no link.");
        lab.Ask("attach", "mn1", "link9").Error.Should().Contain("link3 (of ar1), home (of ha1)");
    }

    [Fact]
    public void SeveralCareOfAddresses_UnderEsp_AreRefused()
    {
        var outcome = Shell.Run("lab", "up", "--name", RunningLab.NewName(), "--domain", "mcoa", "--security", "esp");

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("--security esp is for the domains ipv6 and ipv4");
    }

    [Fact]
    public void Exec_EndsWithTheExitCodeOfTheProgram_OrSaysThatThereIsNone()
    {
        using var lab = RunningLab.Start(RunningLab.NewName());

        lab.Ask("exec", "cn1", "--", "sh", "-c", "exit 7").ExitCode.Should().Be(7);
        lab.Ask("exec", "lma1", "--", "cat", "/proc/net/dev").Output.Should().Contain("core").And.Contain("home");
        var missing = lab.Ask("exec", "mn1", "--", "no-such-program");
        missing.ExitCode.Should().Be(127);
        missing.Error.Should().Contain("no-such-program");
    }

    [Fact]
    public void SecondLab_SaysThatOneIsRunning_AndWrongNamesAreAnsweredWithWhatThereIs()
    {
        using var lab = RunningLab.Start(RunningLab.NewName());

        var second = lab.Ask("up");
        second.ExitCode.Should().Be(ExitCode.CannotRun);
        second.Error.Should().Contain("running already");
        lab.Ask("attach", "mn7", "link1").Error.Should().Contain("there is no node 'mn7'").And.Contain("mag2");
        lab.Ask("attach", "mag1", "link1").Error.Should().Contain("the mobile node is mn1");
        lab.Ask("move", "mn1", "link7").Error.Should().Contain("there is no access link 'link7'").And.Contain("link2");
        lab.Namespaces.Should().HaveCount(6, "the running lab is not disturbed");
    }

    [Fact]
    public void KilledLab_IsRemovedByTheNext()
    {
        var name = RunningLab.NewName();
        using var killed = RunningLab.Start(name);
        killed.Kill();
        killed.Namespaces.Should().NotBeEmpty();

        using (var next = RunningLab.Start(name))
        {
            next.Namespaces.Should()
                .HaveCount(6)
                .And.OnlyContain(made =>
                    made.Contains($"-{next.Process.Id.ToString(CultureInfo.InvariantCulture)}-", StringComparison.Ordinal)
                );
            next.Kill();
        }

        killed.Ask("down").Output.Should().Contain("there is nothing to remove");
        killed.Namespaces.Should().BeEmpty();
        Directory.Exists($"/run/pmip-{name}").Should().BeFalse();
    }

    [Fact]
    public void TerminatedLab_EndsInOrder()
    {
        using var lab = RunningLab.Start(RunningLab.NewName());

        // The kill command of a shell is available on every machine.
        using var kill = System.Diagnostics.Process.Start(
            "/bin/sh",
            ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {lab.Process.Id}")]
        );
        lab.WaitFor("The lab has ended.");

        lab.Process.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        lab.Process.ExitCode.Should().Be(ExitCode.Success);
        lab.Namespaces.Should().BeEmpty();
    }

    [Fact]
    public void Commands_WithoutALab_SayHowToStartOne()
    {
        var name = RunningLab.NewName();

        var outcome = Shell.Run("lab", "state", "--name", name);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("no lab is running").And.Contain("lab up");
    }

    /// <summary>The first packets after a move may be lost, while the correspondent node has the earlier care-of address.</summary>
    private static int PingFromHome(RunningLab lab) =>
        lab.Ask("exec", "mn1", "--", "ping", "-6", "-c", "5", "-i", "0.2", "-W", "5", "2001:db8:100::c1").ExitCode;

    private static int Ping(RunningLab lab) => lab.Ask("exec", "mn1", "--", "ping", "-c", "1", "-W", "5", Ipv4Correspondent).ExitCode;

    /// <summary>Tests reachability with a shell only: a refused connection is an answer of the correspondent node.</summary>
    private static bool Reaches(RunningLab lab, int port) =>
        lab.Ask("exec", "mn1", "--", "bash", "-c", string.Create(CultureInfo.InvariantCulture, $": < /dev/tcp/{Correspondent}/{port}"))
            .Error.Contains("Connection refused", StringComparison.Ordinal);
}
