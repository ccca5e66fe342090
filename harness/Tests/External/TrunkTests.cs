using System.Buffers.Binary;
using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.TestBeds.Namespaces;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Xunit;
using Outcome = Conformance.Testing.Bed.Outcome;

namespace Conformance.Harness.Tests.External;

/// <summary>
/// A MAG as in a rack: behind a switch, with all links as VLANs of the tester's single interface, and access links that a command
/// takes down and up at the switch. The tester's interface exists before and after the run.
/// </summary>
public sealed class TrunkTests : IDisposable
{
    /// <summary>The name prefix of the namespace, which the commands find by name.</summary>
    private const string Prefix = "pmip-trunk";

    /// <summary>Only ends failed tests.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private const string Trunk = "trunk0";

    private static readonly IReadOnlyDictionary<int, string> _links = new Dictionary<int, string>
    {
        [100] = "core",
        [201] = "link1",
        [202] = "link2",
        [203] = "link3",
        [204] = "link4",
    };

    private readonly TemporaryDirectory _directory = new();
    private readonly NetworkNamespace _tester;
    private readonly NetworkNamespace _between;
    private readonly NetworkNamespace _device;
    private readonly TrunkSwitch _trunkSwitch;
    private readonly NodeProcess _node;

    public TrunkTests()
    {
        Privilege.Require();
        if (!File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") && !File.Exists("/usr/bin/ip"))
        {
            Assert.Skip("needs the program ip, which plays the command of a switch");
        }

        NetworkNamespace.RemoveLeftovers(Prefix);
        _tester = NetworkNamespace.CreateAnonymous();
        _between = NetworkNamespace.CreateNamed(Prefix, "switch");
        _device = NetworkNamespace.CreateAnonymous();
        Cable(_tester, Trunk, _between, "up0");
        foreach (var (link, number) in _links.Values.Select((link, number) => (link, number)))
        {
            Cable(_device, $"eth{number}", _between, link);
        }

        _trunkSwitch = _between.Run(() => new TrunkSwitch("up0", _links));
        _node = NodeProcess.Start(_device, "mag", "MAG1", Profiles.OfRepository("stand-in-mag.node.json"));
    }

    private string Out => Path.Combine(_directory.Path, "out");

    public void Dispose()
    {
        _node?.Dispose();
        _trunkSwitch?.Dispose();
        _device?.Dispose();
        _between?.Dispose();
        _tester?.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void ADeviceBehindASwitch_IsTestedOverVlansAndCommands_AndTheInterfaceIsGivenBack()
    {
        var profile = Profile();
        var before = State();

        var check = _tester.Run(() => Shell.Run("profile", "check", profile));
        var run = _tester.Run(() => Shell.Run("run", "--bed", "external", "--profile", profile, "--section", "6.9.1.1", "--out", Out));

        check.ExitCode.Should().Be(ExitCode.Success, check.Output + check.Error);
        check
            .Output.Should()
            .Contain("core       trunk0, VLAN 100; link up")
            .And.Contain("link1      trunk0, VLAN 201; link down until a mobile node attaches");
        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        RunJournal.Read(Out).Results.Should().HaveCountGreaterThan(5).And.OnlyContain(result => result.Verdict == Verdict.Pass);
        State().Should().Be(before);
    }

    /// <summary>The driver over libpcap is for machines that are not Linux, where Pmip.Linux is of no use: here it is not there.</summary>
    [Fact]
    public void WithTheDriverOfLibpcap_ARunLoadsNothingOfPmipLinux()
    {
        var profile = Profile();
        var before = State();
        using var program = new ProgramWithout("Pmip.Linux.dll");

        var check = program.Run(_tester, ["profile", "check", profile, "--driver", "pcap", "--tag", "TC-MAG-ATT-BV-02"]);
        string[] scenarios = ["--tag", "TC-MAG-ATT-BV-02", "--tag", "TC-MAG-ATT-BV-10"];
        var run = program.Run(_tester, ["run", "--profile", profile, "--driver", "pcap", "--out", Out, .. scenarios]);
        var otherwise = program.Run(_tester, "profile", "check", profile, "--driver", "packet");

        check.ExitCode.Should().Be(ExitCode.Success, check.Output + check.Error);
        check.Output.Should().Contain("pcap on core, link1, link2, link3, link4: frames that it loses are counted");
        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        RunJournal.Read(Out).Results.Should().HaveCount(2).And.OnlyContain(result => result.Verdict == Verdict.Pass);
        State().Should().Be(before);
        otherwise.ExitCode.Should().NotBe(ExitCode.Success, "packet sockets need what is not there");
    }

    [Fact]
    public void ACommandThatFails_IsReportedWithItsOutput()
    {
        var profile = Profile(down: """["sh", "-c", "echo no such port >&2; exit 3"]""");

        var run = _tester.Run(() => Shell.Run("profile", "check", profile));

        run.ExitCode.Should().Be(ExitCode.Failure);
        run.Output.Should()
            .Contain("the link of port link1 cannot be lowered: 'sh -c echo no such port >&2; exit 3' ended with 3: no such port");
    }

    /// <summary>A command that outlived its scenario would disturb the next one.</summary>
    [Fact]
    public void ACommandThatDoesNotEnd_EndsWithItsScenario_AndEndsTheRun()
    {
        var mark = Path.Combine(_directory.Path, "mark");
        var profile = Profile(up: $$"""["sh", "-c", "mkfifo {{mark}}; tail -f /dev/null & echo $! > {{mark}}; wait"]""");

        var (lost, id) = _tester.Run(() =>
        {
            using var beds = ExternalBeds.Open(ProfileFile.Load(profile), seed: 1);
            string child;
            using (var bed = beds.Open("mag-baseline"))
            {
                bed.SetCarrier(new PortId("link1"), up: true).IsComplete.Should().BeFalse();
                child = ReadWhenWritten(mark);
            }

            return (beds.Lost, child);
        });

        lost.Should().StartWith("the cable of port link1 cannot be plugged in: 'sh -c ").And.EndWith("' did not end by itself");
        SpinWait.SpinUntil(() => IsGone(id), _patience).Should().BeTrue("processes started by the command end with it");
    }

    [Fact]
    public void ACommandThatFailsInAScenario_EndsTheRun_BecauseTheStateOfTheCableIsUnknown()
    {
        var profile = Profile(up: """["sh", "-c", "echo one; echo two >&2; echo three >&2; kill -9 $$"]""");

        var lost = _tester.Run(() =>
        {
            using var beds = ExternalBeds.Open(ProfileFile.Load(profile), seed: 1);
            using (var bed = beds.Open("mag-baseline"))
            {
                var pending = bed.SetCarrier(new PortId("link1"), up: true);
                SpinWait.SpinUntil(() => pending.IsComplete || beds.Lost is not null);
            }

            return beds.Lost;
        });

        lost.Should().StartWith("the cable of port link1 cannot be plugged in: 'sh -c ").And.EndWith("' ended with 137: two | three");
    }

    [Fact]
    public void ARunThatIsInterrupted_DoesNotWaitForACommand()
    {
        var profile = Profile(down: """["tail", "-f", "/dev/null"]""");

        _tester.Run(() =>
        {
            using var beds = ExternalBeds.Open(ProfileFile.Load(profile), seed: 1);
            beds.Interrupt();
            beds.Invoking(opening => opening.Open("mag-baseline"))
                .Should()
                .Throw<BedLostException>()
                .WithMessage("the run was interrupted");
        });
    }

    [Theory]
    [InlineData("head -c 20000000 /dev/zero; exit 3", "' ended with 3")]
    [InlineData("head -c 20000000 /dev/zero", "' wrote more than 65536 octets")]
    [InlineData("echo 1 >&2; echo 2 >&2; echo 3 >&2; echo 4 >&2; exit 3", "' ended with 3: 2 | 3 | 4")]
    [InlineData("kill -9 $$", "' ended with 137")]
    public void AnErrorOfACommand_IsOneLine(string command, string expected)
    {
        var profile = Profile(down: $$"""["sh", "-c", "{{command}}"]""");

        var check = _tester.Run(() => Shell.Run("profile", "check", profile));

        check.ExitCode.Should().Be(ExitCode.Failure);
        check.Output.Should().Contain($"the link of port link1 cannot be lowered: 'sh -c {command}{expected}\n");
    }

    [Fact]
    public void AMobileNodeThatIsADeviceToo_ActsByCommands()
    {
        var profile = Profile(
            upperTester: """
            {
              "attach": ["sh", "-c", "echo {node} to {link} on {interface}.{vlan} > attached"],
              "ping": ["sh", "-c", "sleep 5 & echo 1"]
            }
            """
        );

        var (canRead, attached, replies) = _tester.Run(() =>
        {
            using var beds = ExternalBeds.Open(ProfileFile.Load(profile), seed: 1);
            using var bed = beds.Open("mag-baseline");
            Outcome Do(UpperTesterAction action)
            {
                var pending = bed.UpperTester.Start(action);
                var until = bed.Now + TimeSpan.FromSeconds(30);
                while (!pending.IsComplete && bed.Now < until)
                {
                    bed.TryReceive(bed.Now + TimeSpan.FromMilliseconds(10), out _);
                }

                return pending.Result;
            }

            return (
                bed.UpperTester.Can(new UpperTesterAction.ReadAddresses("MN1")),
                Do(new UpperTesterAction.Attach("MN1", Ports.Access(2))),
                Do(new UpperTesterAction.Ping("MN1", IPAddress.Parse("2001:db8:200::c1"), 7))
            );
        });

        canRead.Should().BeFalse();
        attached.Should().Be(Outcome.Ok);
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(profile)!, "attached")).Trim().Should().Be("MN1 to link2 on trunk0.202");
        replies.Should().Be(new Outcome.Replies(1));
    }

    private static string ReadWhenWritten(string fifo)
    {
        // The command that creates the FIFO writes to it next; reading waits for that.
        SpinWait.SpinUntil(() => File.Exists(fifo));
        return File.ReadAllText(fifo).Trim();
    }

    /// <summary>An ended process may remain as a zombie, because its parent was killed too.</summary>
    private static bool IsGone(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Contains(" Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void Cable(NetworkNamespace near, string nearName, NetworkNamespace far, string farName) =>
        near.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.AddVethPair(new VethEnd(nearName), new VethEnd(farName) { Namespace = far });
            InterfaceOffloads.Set(nearName, InterfaceOffloads.Read(nearName), on: false);
        });

    private (bool IsUp, Offloads Offloads, string Ipv6) State() =>
        _tester.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            return (netlink.Links.Get(Trunk).IsUp, InterfaceOffloads.Read(Trunk), Sysctl.Read($"net/ipv6/conf/{Trunk}/disable_ipv6"));
        });

    private string Profile(string? up = null, string? down = null, string upperTester = "{ }")
    {
        string Command(string state) => $$"""["ip", "netns", "exec", "{{_between.Name}}", "ip", "link", "set", "{port}", "{{state}}"]""";
        return _directory.File(
            "device.json",
            $$"""
            {
              "device": "a gateway behind a switch",
              "role": "mag",
              "ports": { {{string.Join(", ", _links.Select(link => $$"""
            "{{link.Value}}": { "interface": "{{Trunk}}", "vlan": {{link.Key}} }
            """))}} },
              "addresses": { "LMA1": "2001:db8:100::1", "MAG1": "2001:db8:100::a1", "CN1": "2001:db8:200::c1" },
              "identities": {
                "identifier": "{mac}@{kind}.pmip.example", "linkLayer": "02:5e:00:00:{n}", "count": 200,
                "ports": { "link3": "link3@dynamic.pmip.example" }
              },
              "prefixes": { "owned": "2001:db8:8000::/48", "foreign": "2001:db8:dead::/64" },
              "timers": { "MinDelayBeforeBCEDelete": 2000 },
              "waits": { "tolerance": 100, "silence": 500 },
              "configurations": {
                "mag-baseline": {
                  "claims": ["timestamp-option", "sequence-number-scheme", "dynamic-tunnels", "anchor-link-local-address",
                             "notices-link-up", "notices-duplicate-address-detection", "notices-router-solicitation"]
                }
              },
              "carrier": { "up": {{up ?? Command("up")}}, "down": {{down ?? Command("down")}} },
              "upperTester": {{upperTester}}
            }
            """
        );
    }

    /// <summary>A switch with a trunk and an untagged access port for each VLAN.</summary>
    private sealed class TrunkSwitch : IDisposable
    {
        private const int Addresses = 12,
            TagLength = 4;
        private const ushort TagProtocol = 0x8100;

        private readonly List<QuietInterface> _quiet = [];
        private readonly Dictionary<int, PacketPort> _access = [];
        private readonly PacketPort _trunk;
        private readonly WakeUp _end = new();
        private readonly Thread _thread;

        /// <summary>Takes interfaces from the calling thread's namespace.</summary>
        public TrunkSwitch(string trunkName, IReadOnlyDictionary<int, string> vlans)
        {
            _trunk = Take(trunkName);
            foreach (var (vlan, name) in vlans)
            {
                _access[vlan] = Take(name);
            }

            _thread = new Thread(Forward) { IsBackground = true, Name = "switch" };
            _thread.Start();
        }

        public void Dispose()
        {
            _end.Set();
            _thread.Join();
            _trunk.Dispose();
            _access.Values.ToList().ForEach(port => port.Dispose());
            _quiet.ForEach(taken => taken.Dispose());
            _end.Dispose();
        }

        private PacketPort Take(string name)
        {
            _quiet.Add(QuietInterface.Take(name));
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetUp(netlink.Links.Get(name).Index);
            return PacketPort.Open(name);
        }

        private void Forward()
        {
            IReadable[] sources = [_end, _trunk, .. _access.Values];
            while (!Readiness.Wait(sources, until: null).Contains(_end))
            {
                while (_trunk.TryReceive(out var down))
                {
                    var frame = down.Bytes.Span;
                    if (
                        BinaryPrimitives.ReadUInt16BigEndian(frame[Addresses..]) == TagProtocol
                        && _access.TryGetValue(BinaryPrimitives.ReadUInt16BigEndian(frame[(Addresses + 2)..]) & 0xfff, out var port)
                    )
                    {
                        Send(port, [.. frame[..Addresses], .. frame[(Addresses + TagLength)..]]);
                    }
                }

                foreach (var (vlan, port) in _access)
                {
                    while (port.TryReceive(out var up))
                    {
                        var frame = up.Bytes.Span;
                        Send(_trunk, [.. frame[..Addresses], 0x81, 0x00, (byte)(vlan >> 8), (byte)vlan, .. frame[Addresses..]]);
                    }
                }
            }
        }

        private static void Send(PacketPort port, ReadOnlySpan<byte> frame)
        {
            try
            {
                port.Send(frame);
            }
            catch (LinuxException down) when (down.ErrorNumber is Errno.NetworkDown or Errno.NoBufferSpace)
            {
                // Frames to a port that is down at either end are lost.
            }
        }
    }
}
