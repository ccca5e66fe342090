using System.Security.Cryptography;
using System.Text;
using Conformance.Cli;
using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class RunCircumstancesTests : IDisposable
{
    private readonly SmallSuite _suite = new();
    private readonly TemporaryDirectory _program = new();

    public void Dispose()
    {
        _suite.Dispose();
        _program.Dispose();
    }

    [Fact]
    public void Journal_SaysWhatWasTestedWithWhat()
    {
        _suite.Run("--tag", SmallSuite.Passing, "--purpose-only");

        var header = RunJournal.Read(_suite.Out).Header;

        header.Host!.Name.Should().Be(Environment.MachineName);
        header.Host.Kernel.Should().Contain(Environment.OSVersion.VersionString);
        header.TimeSource.Should().Be("virtual");
        header.PurposeOnly.Should().BeTrue();
        header.Suite!.Hash.Should().HaveLength(64);
        header.Device.Should().BeNull();
        var configuration = header.Configurations.Should().ContainSingle().Which;
        configuration.Name.Should().Be("lma-baseline");
        configuration.Claims.Should().Contain("timestamp-option");
        configuration.Ixit!.Value.GetProperty("Timers").GetProperty("MinDelayBeforeBCEDelete").GetString().Should().Be("00:00:10");
        File.ReadAllText(Path.Combine(_suite.Out, "report.html")).Should().Contain($"unreleased, {header.Suite.Hash[..12]}");
    }

    [Fact]
    public void Header_KeepsTheDeviceAndItsClock()
    {
        var device = new DeviceIdentity("AR-7", "0815", "4.2", "A. Tester", "Lab 1");
        var header = new RunHeader("p", "1", default, "external", "AR-7", 1, Strict: false, "") { Device = device };
        using (var journal = new RunJournal(_suite.Out))
        {
            journal.Begin(header, []);
            journal.End(
                new RunEnd(default, Complete: true, null)
                {
                    DeviceClock = new Testing.Bed.DeviceClock(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(2)),
                }
            );
        }

        var run = RunJournal.Read(_suite.Out);

        run.Header.Device.Should().Be(device);
        run.End!.DeviceClock!.Offset.Should().Be(TimeSpan.FromHours(1));
        var html = Conformance.Reports.Html.HtmlReport.Create(run, Testing.Statements.StatementRegister.Empty, _suite.Out);
        html.Should().Contain("model AR-7, serial 0815, firmware 4.2").And.Contain("+3600000 ms, within 2 ms");
    }

    /// <summary>The first line of a journal from before the circumstances were written.</summary>
    [Fact]
    public void OldJournal_IsReadable()
    {
        Directory.CreateDirectory(_suite.Out);
        File.WriteAllText(
            Path.Combine(_suite.Out, RunJournal.FileName),
            """
            {"kind":"run","data":{"Product":"pmip-conformance","Version":"0.1.0","Started":"2026-03-01T10:00:00+00:00",
            "Bed":"simulated","Implementation":"reference LMA and MAG","Seed":1,"Strict":false,"Options":"--out N","Shared":false,
            "StaticFailures":[]}}
            """.ReplaceLineEndings(string.Empty)
                + """

                {"kind":"end","data":{"Ended":"2026-03-01T10:00:04+00:00","Complete":true}}
                """
        );

        var run = RunJournal.Read(_suite.Out);

        run.Header.Suite.Should().BeNull();
        run.Header.Configurations.Should().BeNull();
        run.End!.DeviceClock.Should().BeNull();
        Shell.Run("report", "--features", _suite.Features, _suite.Out).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Ixit_HasTheFingerprintsOfSecrets()
    {
        var record = RunCircumstances.Record(new Secured { Associations = [new Association { EncryptionKey = "geheim" }] });

        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("geheim")))[..16];
        record.ToString().Should().Contain($"\"EncryptionKey\":\"sha256:{fingerprint}\"").And.Contain("::1").And.NotContain("geheim");
    }

    [Fact]
    public void Suite_IsModified_IfAFileDiffersFromTheManifest()
    {
        _program.File("Pmip.Wire.dll", "the codec");
        var unreleased = Identify();
        unreleased.Should().BeEquivalentTo(new { Release = (string?)null, Changed = Array.Empty<string>() });
        var lines = Directory
            .EnumerateFiles(_suite.Features, "*", SearchOption.AllDirectories)
            .Select(path => (Name: $"features/{Path.GetRelativePath(_suite.Features, path)}", path))
            .Append(("Pmip.Wire.dll", Path.Combine(_program.Path, "Pmip.Wire.dll")))
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Item2)))}  {file.Item1}");
        _program.File("release.sha256", string.Join('\n', ["# 1.0", .. lines]));

        Identify().Should().BeEquivalentTo(unreleased with { Release = "1.0" });

        _suite.WriteFeature("small.feature", "changed");
        _suite.WriteFeature("new.feature", "new");
        File.Delete(Path.Combine(_program.Path, "Pmip.Wire.dll"));
        var modified = Identify();
        modified.Hash.Should().NotBe(unreleased.Hash);
        modified.Changed.Should().Equal("Pmip.Wire.dll", "features/new.feature", "features/small.feature");
        modified.ToString().Should().StartWith("1.0, modified, ");
    }

    private sealed record Secured
    {
        public string Address { get; init; } = "::1";

        public IReadOnlyList<Association> Associations { get; init; } = [];
    }

    private sealed record Association
    {
        [Secret]
        public string EncryptionKey { get; init; } = "";
    }

    private SuiteIdentity Identify() => SuiteFiles.Identify(_suite.Features, _program.Path);
}
