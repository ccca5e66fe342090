using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Pmip.Benchmarks;

/// <summary>
/// Measures the time from the start of a <c>pmip-node</c> until it reports that it is ready, compiled in each way that this machine
/// supports, as a ratio to the program of the build in the same run: <c>node-start [--rounds N]</c>.
/// </summary>
internal static class NodeStartBenchmark
{
    internal const string Command = "node-start";

    private static readonly string[] _interfaces = ["core", "home"];

    /// <returns>The exit code: 0, or 2 if the benchmark could not run.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var rounds = 20;
        if (
            arguments is not []
            && !(
                arguments is ["--rounds", var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out rounds)
                && rounds > 0
            )
        )
        {
            Console.Error.WriteLine($"{Command} [--rounds N]: N starts of a node compiled in each way");
            return 2;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine($"{Command} needs Linux and root, to create a network namespace: run it with sudo");
            return 2;
        }

        try
        {
            Measure(rounds);
            return 0;
        }
        catch (LinuxException failure)
        {
            Console.Error.WriteLine($"{Command} could not run: {failure.Message}");
            return 2;
        }
    }

    private static void Measure(int rounds)
    {
        using var inside = NetworkNamespace.CreateAnonymous();
        using (var netlink = inside.Run(RouteNetlink.Open))
        {
            foreach (var name in _interfaces)
            {
                netlink.Links.AddVethPair(new VethEnd(name), new VethEnd($"to-{name}"));
            }
        }

        var file = Path.GetTempFileName();
        File.WriteAllText(file, Configuration().ToJson());
        try
        {
            var programs = new[] { NodeProgram.Native(), NodeProgram.ReadyToRun(), NodeProgram.AsBuilt }.OfType<NodeProgram>().ToList();
            var times = programs.ToDictionary(program => program, _ => new List<double>());

            // The first start of each program only loads its file into memory and is not measured.
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var program in programs)
                {
                    var time = Start(inside, program, file);
                    if (round > 0)
                    {
                        times[program].Add(time.TotalMilliseconds);
                    }
                }
            }

            var asBuilt = Statistics.Median(times[NodeProgram.AsBuilt]);
            Console.WriteLine("program         ms: median   least    most   of as built");
            foreach (var (program, all) in times)
            {
                Console.WriteLine(
                    string.Format(
                        CultureInfo.InvariantCulture,
                        "{0,-14}{1,12:F1}{2,8:F1}{3,8:F1}{4,14:F2}",
                        program.Kind,
                        Statistics.Median(all),
                        all.Min(),
                        all.Max(),
                        Statistics.Median(all) / asBuilt
                    )
                );
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TimeSpan Start(NetworkNamespace inside, NodeProgram program, string file)
    {
        var start = new ProcessStartInfo(program.FileName, ["--config", file, "--exit-with-stdin"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = Stopwatch.GetTimestamp();
        using var node = inside.Start(start);
        var said = node.StandardOutput.ReadLine();
        var time = Stopwatch.GetElapsedTime(started);
        node.StandardInput.Close();
        var log = node.StandardError.ReadToEnd();
        node.WaitForExit();
        return said == "ready" ? time : throw new InvalidOperationException($"{program.FileName} did not become ready: {log}");
    }

    private static NodeConfiguration Configuration() =>
        new()
        {
            Name = "LMA1",
            Role = NodeConfiguration.AnchorRole,
            Interfaces =
            [
                .. _interfaces.Select(
                    (name, number) =>
                        new InterfaceConfiguration
                        {
                            Link = name,
                            Interface = name,
                            Addresses = [ConfiguredAddress.Parse($"2001:db8:{number + 1}00::1/64")],
                        }
                ),
            ],
            LocalMobilityAnchor = new LocalMobilityAnchorSettings
            {
                Address = IPAddress.Parse("2001:db8:100::1"),
                PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/48"),
                MobileNodes = [new MobileNodePolicy { IdentifierPattern = "*@pmip.example" }],
            },
        };
}
