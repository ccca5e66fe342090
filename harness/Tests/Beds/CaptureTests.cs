using System.Diagnostics;
using Conformance.TestBeds;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Reads the captures of runs with an independent program.</summary>
public sealed class CaptureTests : IDisposable
{
    /// <summary>Part of the tshark package.</summary>
    private const string MergeCap = "/usr/bin/mergecap";

    /// <summary>mergecap names all captures in one comment of the merged file, which has room for 64 KiB.</summary>
    private const int CapturesInOne = 250;

    private readonly DirectoryInfo _first = Directory.CreateTempSubdirectory("pmip-captures-");
    private readonly DirectoryInfo _second = Directory.CreateTempSubdirectory("pmip-captures-");

    public void Dispose()
    {
        _first.Delete(recursive: true);
        _second.Delete(recursive: true);
    }

    [Fact]
    public void TwoRunsWithOneSeed_LeaveTheSameOctets()
    {
        ReferenceSuite.Run(seed: 3, directory: _first.FullName);
        ReferenceSuite.Run(seed: 3, directory: _second.FullName);

        var captures = Files(_first);
        captures.Should().NotBeEmpty().And.BeEquivalentTo(Files(_second));
        captures
            .Where(name =>
                !File.ReadAllBytes(Path.Combine(_first.FullName, "captures", name))
                    .SequenceEqual(File.ReadAllBytes(Path.Combine(_second.FullName, "captures", name)))
            )
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void WholeRun_JudgedAgainFromItsCaptures_GivesTheSameFindings()
    {
        var results = ReferenceSuite.Run(seed: 5, directory: _first.FullName);
        var run = new Run(new RunHeader("", "", default, "simulated", "", 5, Strict: false, ""), [], results, End: null);

        var again = ReferenceSuite.Runner.Rejudge(_first.FullName, run, TesterKeys.All).Judged;

        again.Should().HaveCount(results.Count);
        again
            .Where(pair =>
                pair.Before.Verdict != pair.After.Verdict
                || !pair.Before.Purpose.SequenceEqual(pair.After.Purpose)
                || !pair.Before.Incidental.SequenceEqual(pair.After.Incidental)
            )
            .Select(pair => $"{pair.Before.Scenario}: {pair.After.Reason}")
            .Should()
            .BeEmpty();
    }

    /// <summary>tshark accepts all frames that the reference sends. Only the tester sends frames that are malformed on purpose.</summary>
    [Fact]
    public void Tshark_FindsNothingMalformedInWhatTheReferenceSends()
    {
        var tshark = Tshark();
        ReferenceSuite.Run(seed: 1, directory: _first.FullName);

        var complaints = Files(_first)
            .Where(name => name.EndsWith(".pcapng", StringComparison.Ordinal))
            .Select(name => Path.Combine(_first.FullName, "captures", name))
            .Chunk(CapturesInOne)
            .Select(captures => Complaints(tshark, captures));

        string.Concat(complaints).Should().BeEmpty();
    }

    private string Complaints(string tshark, string[] captures)
    {
        var merged = Path.Combine(_second.FullName, "merged.pcapng");
        Merge(merged, captures);

        // Direction is in the flags of every packet: 1 is inbound, received by the tester.
        return Run(
            tshark,
            "-r",
            merged,
            "-Y",
            "(_ws.malformed || icmpv6.checksum.status == 0) && frame.packet_flags_direction == 1",
            "-T",
            "fields",
            "-e",
            "frame.number",
            "-e",
            "frame.comment",
            "-e",
            "_ws.col.Info"
        );
    }

    private static IReadOnlyList<string> Files(DirectoryInfo directory) =>
        [
            .. Directory
                .GetFiles(Path.Combine(directory.FullName, "captures"))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];

    internal static void Merge(string merged, IEnumerable<string> captures) => Run(MergeCap, ["-w", merged, .. captures]);

    internal static string Tshark()
    {
        const string Path = "/usr/bin/tshark";
        if (!File.Exists(Path))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "tshark is not installed");
            Assert.Fail("tshark is not installed; CI needs it");
        }

        return Path;
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, errors.Result);
        return output;
    }
}
