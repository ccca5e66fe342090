using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class NetworkNamespaceTests
{
    public NetworkNamespaceTests() => Privilege.Require();

    [Fact]
    public void Run_IsInTheNamespace_AndTheCallerIsNot()
    {
        using var home = NetworkNamespace.CreateAnonymous();
        var before = Current();

        var inside = home.Run(Current);

        inside.Should().NotBe(before);
        home.Run(Current).Should().Be(inside);
        Current().Should().Be(before);
    }

    [Fact]
    public void Start_WithOwnFiles_LeavesThoseOfTheMachineAsTheyAre()
    {
        using var home = NetworkNamespace.CreateAnonymous();
        var (file, directory) = (Path.GetTempFileName(), Directory.CreateTempSubdirectory("pmip-own-"));
        File.WriteAllText(file, "of the machine");
        File.WriteAllText(Path.Combine(directory.FullName, "inside"), string.Empty);
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", $"cat {file}; echo own > {file}; cat {file}; ls {directory}; echo > {directory}/own"]
        )
        {
            RedirectStandardOutput = true,
        };

        using var process = home.Start(start, file, directory.FullName, "/no-such-path");

        process.StandardOutput.ReadToEnd().Should().Be("of the machineown\n");
        process.WaitForExit();
        File.ReadAllText(file).Should().Be("of the machine");
        directory.GetFiles().Should().ContainSingle().Which.Name.Should().Be("inside");
        File.Delete(file);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void Run_ThatThrows_ThrowsTheSame()
    {
        using var home = NetworkNamespace.CreateAnonymous();

        home.Invoking(ns => ns.Run(() => throw new InvalidOperationException("as it is")))
            .Should()
            .Throw<InvalidOperationException>()
            .WithMessage("as it is");
    }

    [Fact]
    public void NewNamespace_HasALoopbackThatIsUp()
    {
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);

        netlink.Links.List().Should().ContainSingle().Which.Should().Match<Link>(link => link.Name == "lo" && link.IsUp);
    }

    [Fact]
    public void NamedNamespace_CanBeOpenedByItsName_UntilItIsDisposedOf()
    {
        using var home = NetworkNamespace.CreateNamed(NothingLeft.Prefix, "named");
        using (var opened = NetworkNamespace.Open(home.Name!))
        {
            opened.Run(Current).Should().Be(home.Run(Current));
        }

        home.Dispose();

        File.Exists($"/run/netns/{home.Name}").Should().BeFalse();
        var gone = FluentActions.Invoking(() => NetworkNamespace.Open(home.Name!)).Should().Throw<LinuxException>().Which;
        (gone.Call, gone.Target, gone.ErrorNumber).Should().Be(("open", $"/run/netns/{home.Name}", Errno.NoEntry));
    }

    [Fact]
    public void NamedNamespace_OfATakenName_IsRefusedAndTheOtherStays()
    {
        using var home = NetworkNamespace.CreateNamed(NothingLeft.Prefix, "taken");

        FluentActions.Invoking(() => NetworkNamespace.CreateNamed(NothingLeft.Prefix, "taken")).Should().Throw<IOException>();

        using var opened = NetworkNamespace.Open(home.Name!);
        opened.Run(Current).Should().Be(home.Run(Current));
    }

    [Fact]
    public void Dispose_DeletesInterfaces_AlsoTheirOtherEnds()
    {
        using var home = NetworkNamespace.CreateAnonymous();
        using var other = NetworkNamespace.CreateAnonymous();
        using var netlink = other.Run(RouteNetlink.Open);
        netlink.Links.AddVethPair(new VethEnd("test0"), new VethEnd("test1") { Namespace = home });

        home.Dispose();

        netlink.Links.Find("test0").Should().BeNull();
    }

    [Fact]
    public void StartedProcess_RunsInTheNamespace()
    {
        using var home = NetworkNamespace.CreateAnonymous();

        using var process = home.Start(new ProcessStartInfo("readlink", ["/proc/self/ns/net"]) { RedirectStandardOutput = true });

        process.StandardOutput.ReadToEnd().TrimEnd().Should().Be(home.Run(Current));
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public void StartedProcess_LeavesNoThreadOfTheRuntimeInTheNamespace()
    {
        using var home = NetworkNamespace.CreateAnonymous();
        using (var process = home.Start(new ProcessStartInfo("true")))
        {
            process.WaitForExit();
        }
        var inside = home.Run(Current);

        // Any other thread may start the compiler's thread, which ends when it is idle.
        ThreadsIn(inside)
            .Where(name => name.StartsWith(".NET", StringComparison.Ordinal) && name != ".NET Tiered Compilation Worker"[..15])
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void Leftovers_OfAProcessThatIsGone_AreRemovedWithWhatRunsInThem()
    {
        var prefix = $"{NothingLeft.Prefix}-left";
        var name = $"{prefix}-{EndedProcess().ToString(CultureInfo.InvariantCulture)}-node";
        using var survivor = StartInLeftover(name);
        using var other = NetworkNamespace.CreateAnonymous();
        using var netlink = other.Run(RouteNetlink.Open);
        using (var leftover = NetworkNamespace.Open(name))
        {
            netlink.Links.AddVethPair(new VethEnd("test0"), new VethEnd("test1") { Namespace = leftover });
        }

        NetworkNamespace.RemoveLeftovers(prefix).Should().Equal(name);

        survivor.WaitForExit();
        survivor.ExitCode.Should().Be(128 + 9);
        netlink.Links.Find("test0").Should().BeNull();
        File.Exists($"/run/netns/{name}").Should().BeFalse();
    }

    [Fact]
    public void Leftovers_RemovedByTwoAtOnce_AreGone()
    {
        var prefix = $"{NothingLeft.Prefix}-two";
        var ended = EndedProcess();
        Directory.CreateDirectory("/run/netns");
        for (var number = 0; number < 100; number++)
        {
            File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/run/netns/{prefix}-{ended}-{number}"), "");
        }

        Parallel.Invoke(() => NetworkNamespace.RemoveLeftovers(prefix), () => NetworkNamespace.RemoveLeftovers(prefix));

        Directory.GetFiles("/run/netns", $"{prefix}-*").Should().BeEmpty();
    }

    [Fact]
    public void Namespaces_OfALivingProcess_AreNotLeftovers()
    {
        using var home = NetworkNamespace.CreateNamed(NothingLeft.Prefix, "living");

        NetworkNamespace.RemoveLeftovers(NothingLeft.Prefix).Should().NotContain(home.Name);

        File.Exists($"/run/netns/{home.Name}").Should().BeTrue();
    }

    private static string Current() => File.ResolveLinkTarget("/proc/thread-self/ns/net", returnFinalTarget: false)!.Name;

    private static IEnumerable<string> ThreadsIn(string network)
    {
        foreach (var task in Directory.GetDirectories("/proc/self/task"))
        {
            string name;
            try
            {
                if (File.ResolveLinkTarget($"{task}/ns/net", returnFinalTarget: false)?.Name != network)
                {
                    continue;
                }
                name = File.ReadAllText($"{task}/comm").TrimEnd();
            }
            catch (IOException)
            {
                continue;
            }

            yield return name;
        }
    }

    /// <summary>The ID of a process that has run and no longer exists.</summary>
    private static int EndedProcess()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }

    /// <summary>Starts a process in a named namespace, as a killed run leaves it.</summary>
    private static Process StartInLeftover(string name)
    {
        Directory.CreateDirectory("/run/netns");
        using var home = NetworkNamespace.CreateAnonymous();
        var script = $"touch /run/netns/{name} && mount --bind /proc/self/ns/net /run/netns/{name} && echo ready && exec cat";
        var process = home.Start(
            new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true }
        );
        process.StandardOutput.ReadLine().Should().Be("ready");
        return process;
    }

    [Fact]
    public void EndProcesses_EndsThoseInside_AlsoOneThatIgnoresTheSignal()
    {
        using var inside = NetworkNamespace.CreateAnonymous();
        using var listening = inside.Start(new ProcessStartInfo("sleep", ["1000"]));
        using var deaf = inside.Start(
            new ProcessStartInfo("sh", ["-c", "trap '' HUP; echo ready; exec sleep 1000"]) { RedirectStandardOutput = true }
        );
        deaf.StandardOutput.ReadLine().Should().Be("ready");

        inside.EndProcesses(TimeSpan.FromMilliseconds(100));

        listening.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
        deaf.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
    }
}
