using System.Globalization;
using System.Text;
using Conformance.Harness.Tests.Cli;
using Conformance.Harness.Tests.External;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

[Collection(ExternalBedTests.StandIns)]
public sealed class CertifyCommandTests : IDisposable
{
    private const string Protected = """
        Feature: A protected request (RFC 5213, Section 4)

          @TC-LMA-SEC-BV-01 @LMA @MUST @config:lma-esp @rfc5213-5.3.1-k13
          Scenario: A registration without a Handoff Indicator is rejected under ESP
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
        """;

    private const string PassingOnly = """
        Feature: A suite that passes (RFC 5213, Section 5.3.1)

          @TC-LMA-REG-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k13
          Scenario: A registration without a Handoff Indicator is rejected
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
        """;

    private readonly SmallBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void ADeviceThatPasses_IsConformant()
    {
        Test(PassingOnly);

        var outcome = _bundle.Certify();

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("Conformant in the class claimed and examined.").And.Contain("not claimed: other (LMA, rfc5213)");
        Text(ConformanceStatement.FileName).Should().Contain("Registration").And.Contain("<b>conformant</b>").And.Contain("CN=lab");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(_bundle.Path)!, "*.run").Should().BeEmpty();
    }

    [Fact]
    public void ADeviceThatFails_IsNot_AndTheBundleShowsEveryAttempt()
    {
        var outcome = _bundle.Certify();

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("Attempt 3 of 3 at 1 scenario of which the first failed").And.Contain("Not conformant");
        _bundle.Files().Keys.Should().Contain($"captures/attempt-3/{SmallSuite.Failing}.pcapng");
        Text(ConformanceStatement.FileName).Should().Contain("<b>not conformant</b>").And.Contain("1 failed, 1 inconclusive");
    }

    [Fact]
    public void AnEarlierBundle_IsNotReplaced()
    {
        File.WriteAllText(_bundle.Path, "earlier");

        _bundle.Certify().ExitCode.Should().Be(ExitCode.CannotRun);
        File.ReadAllText(_bundle.Path).Should().Be("earlier");
    }

    /// <summary>The options are words of the command line, without those that name files of the laboratory.</summary>
    [Fact]
    public void TheJournal_HasTheOptionsThatWereGiven()
    {
        _bundle.Certify("--class", "registration", "--seed", "3");

        Text(RunJournal.FileName).Should().Contain("\"Options\":\"--class registration --seed 3\"").And.NotContain(_bundle.Key);
    }

    [Fact]
    public void FilesOfACertificationCutShort_AreNotInTheNextBundle()
    {
        _bundle.Certify();
        Unsign();
        var left = Path.Combine(RunDirectory, "captures", "attempt-2", "TC-LMA-REG-BI-99.pcapng");
        File.WriteAllText(left, "old");
        File.WriteAllText(Path.ChangeExtension(left, ".trace.ndjson"), "old");

        var outcome = _bundle.Certify("--force");

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output + outcome.Error);
        _bundle.Files().Keys.Should().NotContain(name => name.Contains("BI-99", StringComparison.Ordinal));
        Directory.Exists(RunDirectory).Should().BeFalse();
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("captures/notes.txt")]
    [InlineData("captures/.DS_Store")]
    public void AFileThatIsNoneOfARun_IsNotSigned(string name)
    {
        _bundle.Certify();
        Unsign();
        var note = Path.Combine(RunDirectory, name);
        File.WriteAllText(note, "mine");

        var outcome = _bundle.Certify("--force");

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"{name} is no file of a certification");
        File.ReadAllText(note).Should().Be("mine");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".part")]
    public void ABundleThatCannotBeWritten_IsToldBeforeTheRun(string extension)
    {
        Directory.CreateDirectory(Path.Combine(_bundle.Path + extension, "in the way"));

        var outcome = _bundle.Certify();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("cannot be written");
        Directory.Exists(RunDirectory).Should().BeFalse();
    }

    [Fact]
    public void ACertificationThatWasNotSigned_IsSignedLater()
    {
        _bundle.Certify();
        Unsign();

        var outcome = _bundle.Certify("--resume");

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("Not conformant").And.Contain("Signed by").And.NotContain("Attempt 2");
        Directory.Exists(RunDirectory).Should().BeFalse();
        var verified = _bundle.Verify();
        verified.ExitCode.Should().Be(ExitCode.Success, verified.Output + verified.Error);
    }

    [Fact]
    public void ACertificationCutShort_IsNotSignedLater()
    {
        _bundle.Certify();
        Unsign();
        var journal = Path.Combine(RunDirectory, RunJournal.FileName);
        File.WriteAllLines(journal, File.ReadAllLines(journal).SkipLast(1));

        var outcome = _bundle.Certify("--resume");

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("was cut short");
    }

    [Fact]
    public void AnotherKeyThanItNames_DoesNotSignACertificationLater()
    {
        _bundle.Certify();
        Unsign();

        var outcome = Shell.Run([
            "certify",
            "--features",
            _bundle.Suite.Features,
            "--key",
            _bundle.OtherKey,
            "--out",
            _bundle.Path,
            "--resume",
        ]);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("CN=lab");
    }

    [Theory]
    [InlineData("--class", "registration")]
    [InlineData("--seed", "2")]
    [InlineData("--bed", "simulated")]
    [InlineData("--force")]
    public void ResumeWithAnOptionOfARun_IsRefused(params string[] options)
    {
        var outcome = _bundle.Certify(["--resume", .. options]);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"{options[0]} has no effect with --resume");
    }

    [Fact]
    public void AKeyThatOthersMayRead_IsRefused()
    {
        File.SetUnixFileMode(_bundle.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var outcome = _bundle.Certify();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("give the file the mode 0600");
    }

    /// <summary>The device of the profile has keys. The bundle is verified where neither the profile nor the keys are.</summary>
    [Fact]
    public void SecretsOfAProfile_AreNowhereInABundle()
    {
        Privilege.Require();
        Test(Protected);

        var outcome = _bundle.Certify("--profile", Profiles.OfRepository("stand-in-lma.json"));

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        var keys = Directory.GetFiles(Profiles.OfRepository("keys"), "*.key").Select(file => File.ReadAllText(file).Trim()).ToList();
        keys.Should().HaveCountGreaterThan(3);
        var signingKey = File.ReadAllLines(_bundle.Key).SkipWhile(line => !line.Contains("PRIVATE", StringComparison.Ordinal)).ElementAt(1);
        foreach (var (name, content) in _bundle.Files())
        {
            Contains(content, Encoding.ASCII.GetBytes(signingKey)).Should().BeFalse($"{name} has the signing key");
            keys.Where(key => FormsOf(key).Any(form => Contains(content, form))).Should().BeEmpty($"{name} has keys of the profile");
        }

        var verified = _bundle.Verify();
        verified.ExitCode.Should().Be(ExitCode.Success, verified.Output + verified.Error);
        verified.Output.Should().Contain("Checked by hash only, for lack of keys (--keys): 1 capture: TC-LMA-SEC-BV-01.");
    }

    private string RunDirectory => _bundle.Path + ".run";

    /// <summary>Leaves the files of the bundle as they are before it is signed.</summary>
    private void Unsign()
    {
        BundleArchive.Extract(_bundle.Path, Directory.CreateDirectory(RunDirectory).FullName);
        File.Delete(Path.Combine(RunDirectory, BundleManifest.FileName));
        File.Delete(Path.Combine(RunDirectory, BundleSignature.FileName));
        File.Delete(_bundle.Path);
    }

    /// <summary>Replaces the suite by a feature about one statement.</summary>
    private void Test(string feature)
    {
        _bundle.Suite.WriteFeature("small.feature", feature);
        _bundle.Suite.WriteRegister("5.3.1", Registers.Row("rfc5213-5.3.1-k13"));
        _bundle.Suite.WriteRegister("5.3.6");
    }

    /// <summary>Whole or in its parts: the keys of encryption and of integrity, each as octets and as digits.</summary>
    private static IEnumerable<byte[]> FormsOf(string key)
    {
        const int DigitsOfPart = 32;
        var part = key[..DigitsOfPart];
        var octets = Convert.FromHexString(part);
        return
        [
            Encoding.ASCII.GetBytes(part),
            Encoding.ASCII.GetBytes(part.ToUpper(CultureInfo.InvariantCulture)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(octets)[..16]),
            octets,
        ];
    }

    private static bool Contains(byte[] content, byte[] searched) => content.AsSpan().IndexOf(searched) >= 0;

    private string Text(string name) => Encoding.UTF8.GetString(_bundle.Files()[name]);
}
