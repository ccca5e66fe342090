using System.Runtime.Versioning;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>Keys are an input beside a run, and no part of it; with them, it is judged again and read by other programs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProtectedRunTests(ProtectedRun run) : IClassFixture<ProtectedRun>
{
    /// <summary>As digits, in base64 at any alignment, and as octets: the whole key, and each part that a cipher uses.</summary>
    [Fact]
    public void NoFileOfTheRun_HasAKey()
    {
        var parts = ProtectedRun
            .KeyFiles.Select(file => Convert.FromHexString(File.ReadAllText(file).Trim()))
            .SelectMany(key => key.Length < 32 ? [key] : (byte[][])[key[..16], key[^32..^16], key[^16..]])
            .ToList();
        parts.Should().HaveCountGreaterThan(30);
        var files = Directory.GetFiles(run.Out, "*", SearchOption.AllDirectories);
        files
            .Should()
            .Contain(file => file.EndsWith(".pcapng", StringComparison.Ordinal))
            .And.Contain(file => file.EndsWith("report.html", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var octets = File.ReadAllBytes(file);
            var text = System.Text.Encoding.Latin1.GetString(octets);
            foreach (var part in parts)
            {
                octets.AsSpan().IndexOf(part).Should().Be(-1, file);
                text.Contains(Convert.ToHexString(part), StringComparison.OrdinalIgnoreCase).Should().BeFalse(file);
                Base64(part).Where(text.Contains).Should().BeEmpty(file);
            }
        }
    }

    [Fact]
    public void Journal_NamesEachKeyByItsFingerprint()
    {
        var journal = File.ReadAllText(Path.Combine(run.Out, RunJournal.FileName));

        var files = ReferenceDomains
            .LmaWithEsp.Associations.Concat(ReferenceDomains.MagWithEsp.Associations)
            .Select(known => Path.GetFileName(known.KeyFile))
            .Distinct()
            .ToList();
        files.Should().HaveCount(12);
        files.Select(file => TesterKeys.Find(file)!.Fingerprint).Should().OnlyContain(fingerprint => journal.Contains(fingerprint));
    }

    [Fact]
    public void Rejudge_WithTheKeys_FindsTheSame()
    {
        var outcome = Shell.Run("rejudge", run.Out, "--keys", run.Keys);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().MatchRegex(@"^[6-9]\d scenarios judged again, none differs\.\n$");
    }

    [Fact]
    public void Rejudge_WithoutTheKeys_ComparesHashes_AndNamesWhatItHasNotJudged()
    {
        var outcome = Shell.Run("rejudge", run.Out);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome
            .Output.Should()
            .Contain("0 scenarios judged again")
            .And.Contain("Checked by hash only, for lack of keys (--keys): 6")
            .And.Contain("TC-LMA-SEC-BV-03,")
            .And.Contain(TesterKeys.Find("esp-1001.key")!.Fingerprint);
    }

    [Fact]
    public void Rejudge_OfChangedFiles_WithoutTheKeys_SaysWhich()
    {
        const string Scenario = "TC-LMA-SEC-BV-03";
        var directory = Path.Combine(run.Settings, "changed");
        Shell.Run("run", "--tag", Scenario, "--out", directory, "--force").ExitCode.Should().Be(ExitCode.Success);
        var capture = Path.Combine(directory, "captures", $"{Scenario}.pcapng");
        var trace = TraceFile.Read(capture);
        TraceFile.Write(Path.GetDirectoryName(capture)!, trace, "another title");

        var outcome = Shell.Run("rejudge", directory);

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome.Output.Should().Contain($"Not the files of the journal: {Scenario}.");
    }

    /// <summary>The key is another one than the fingerprint says, so that no scenario can be judged by it.</summary>
    [Fact]
    public void Rejudge_WithOtherKeys_IsWithoutKeys()
    {
        var other = Path.Combine(run.Settings, "other");
        File.WriteAllText(other, new string('a', 64));
        File.SetUnixFileMode(other, UnixFileMode.UserRead);

        Shell.Run("rejudge", run.Out, "--keys", other).Output.Should().Contain("0 scenarios judged again");
    }

    [Fact]
    public void Rejudge_WithKeysThatOthersCanRead_IsRefused()
    {
        var open = Path.Combine(run.Settings, "open");
        File.WriteAllText(open, new string('a', 64));
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var outcome = Shell.Run("rejudge", run.Out, "--keys", open);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("give the file the mode 0600");
    }

    [Fact]
    public void SideFile_IsForItsOwnerAlone_AndNoPartOfARun()
    {
        File.GetUnixFileMode(run.SideFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllLines(run.SideFile).Should().HaveCount(12).And.OnlyContain(line => line.Split(',').Length == 10);
        var link = Path.Combine(run.Settings, "link");
        Directory.CreateSymbolicLink(link, run.Out);
        foreach (
            var inside in (string[])
                [Path.Combine(run.Out, "esp_sa"), Path.Combine(run.Out, "captures", "esp_sa"), Path.Combine(link, "esp_sa")]
        )
        {
            var outcome = Shell.Run("rejudge", run.Out, "--keys", run.Keys, "--esp-sa", inside);
            outcome.ExitCode.Should().Be(ExitCode.CannotRun);
            outcome.Error.Should().Contain($"{inside} is inside of {run.Out}: keys are no part of a run.");
            File.Exists(inside).Should().BeFalse();
        }

        Shell
            .Run("run", "--tag", "TC-LMA-SEC-BV-03", "--out", run.Out, "--esp-sa", Path.Combine(run.Out, "x"))
            .ExitCode.Should()
            .Be(ExitCode.CannotRun);
        Shell
            .Run("rejudge", run.Out, "--keys", run.Keys, "--esp-sa", Path.Combine(run.Settings, "again"))
            .ExitCode.Should()
            .Be(ExitCode.Success);
        File.ReadAllLines(Path.Combine(run.Settings, "again")).Should().BeEquivalentTo(File.ReadAllLines(run.SideFile));
    }

    [Fact]
    public void SideFile_WithoutAssociations_IsRefused()
    {
        var file = Path.Combine(run.Settings, "none");

        var outcome = Shell.Run("run", "--tag", "TC-LMA-REG-BI-07", "--out", Path.Combine(run.Settings, "none-out"), "--esp-sa", file);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("--esp-sa has no effect");
        File.Exists(file).Should().BeFalse();
    }

    /// <summary>
    /// An independent program, with the side file, opens what both sides send, and finds nothing wrong but what the tester intends.
    /// </summary>
    [Fact]
    public void Tshark_DecryptsTheCaptures_AndFindsNothingWrong()
    {
        var tshark = Beds.CaptureTests.Tshark();
        var merged = Path.Combine(run.Settings, "merged.pcapng");
        Beds.CaptureTests.Merge(merged, Directory.GetFiles(Path.Combine(run.Out, "captures"), "*.pcapng"));
        var (messages, intended) = (0, 0);

        // Direction: 1 is inbound, received by the tester.
        string[] fields =
        [
            "-Y",
            "esp",
            "-T",
            "fields",
            "-e",
            "frame.packet_flags_direction",
            "-e",
            "esp.icv_good",
            "-e",
            "mip6.mhtype",
            "-e",
            "_ws.malformed",
        ];
        foreach (var line in run.Decrypt(tshark, merged, fields).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var isRight = line.Split('\t') is [_, "1", _, ""];
            if (line.StartsWith("0x00000001", StringComparison.Ordinal) || line[0] == '1')
            {
                isRight.Should().BeTrue(line);
            }

            messages += isRight && line.Split('\t')[2].Length > 0 ? 1 : 0;
            intended += isRight ? 0 : 1;
        }

        messages.Should().BeGreaterThan(300);
        intended.Should().BeInRange(1, 40, "only the tester sends packets that are not authentic");
    }

    /// <summary>
    /// The text in base64 of octets that begin at any place of a longer text, without the digits that depend on their neighbours.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] octets) =>
        Enumerable.Range(0, 3).Select(skipped => Convert.ToBase64String(octets[skipped..]).TrimEnd('=')[..16]);
}
