using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed class VerifyCommandTests : IDisposable
{
    private const string Capture = $"captures/{SmallSuite.Passing}.pcapng";
    private const string HtmlFile = Conformance.Reports.Html.HtmlReport.FileName;
    private const string OtherCapture = $"captures/{SmallSuite.Outline}-a.pcapng";

    private readonly SmallBundle _bundle = SmallBundle.Certified();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void Verify_OfABundleAsItWasSigned_FindsNothing()
    {
        var outcome = _bundle.Verify();

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("CN=lab").And.Contain("7 captures judged again.").And.Contain("as it was signed");
    }

    /// <summary>A thief of a bundle cannot sign, but its signer could lie: then the captures contradict.</summary>
    [Theory]
    [InlineData(false, RunJournal.FileName)]
    [InlineData(true, $"{Capture} is judged pass, but {RunJournal.FileName} says inconclusive")]
    public void Verify_AfterAVerdictWasFlipped_NamesTheFile(bool signed, string named)
    {
        _bundle.Change(
            files =>
                Edit(
                    files,
                    line =>
                        IsResultOf(line, SmallSuite.Passing)
                            ? line.Replace("\"Verdict\":\"Pass\"", "\"Verdict\":\"Inconclusive\"", StringComparison.Ordinal)
                            : line
                ),
            signed
        );

        Fails(_bundle.Verify(), named);
    }

    [Theory]
    [InlineData(false, $"{Capture} has another SHA-256 than {BundleManifest.FileName} says.")]
    [InlineData(true, $"{Capture} is a capture of {SmallSuite.Outline}-a, not of {SmallSuite.Passing}.")]
    public void Verify_AfterACaptureWasSwapped_NamesTheFile(bool signed, string named)
    {
        _bundle.Change(
            files =>
            {
                foreach (var extension in new[] { TraceFile.CaptureExtension, TraceFile.EventsExtension })
                {
                    var other = Path.ChangeExtension(Path.Combine(files, OtherCapture), null) + extension;
                    File.Copy(other, Path.ChangeExtension(Path.Combine(files, Capture), null) + extension, overwrite: true);
                }

                var hash = TraceFile.HashOf(Path.Combine(files, Capture));
                if (signed)
                {
                    Edit(files, line => IsResultOf(line, SmallSuite.Passing) ? WithHash(line, hash) : line);
                }
            },
            signed
        );

        Fails(_bundle.Verify(), named);
    }

    [Theory]
    [InlineData(Capture, false)]
    [InlineData(Capture, true)]
    [InlineData(HtmlFile, false)]
    [InlineData(HtmlFile, true)]
    [InlineData(JunitReport.FileName, true)]
    [InlineData(RunJournal.FileName, true)]
    [InlineData(BundleManifest.FileName, false)]
    [InlineData(BundleSignature.FileName, false)]
    public void Verify_AfterAFileWasRemoved_NamesTheFile(string file, bool signed)
    {
        _bundle.Change(files => File.Delete(Path.Combine(files, file)), signed);

        Fails(_bundle.Verify(), file);
    }

    [Fact]
    public void Verify_OfAForeignSignature_NamesTheFile()
    {
        _bundle.Change(files => Sign(files, _bundle.OtherKey, DateTimeOffset.UtcNow), signed: false);

        Fails(_bundle.Verify(), $"{BundleSignature.FileName} is a foreign signature, of CN=other");
    }

    [Fact]
    public void Verify_OfTheSignatureOfAnotherManifest_NamesTheFile()
    {
        _bundle.Change(
            files =>
            {
                using var key = SigningKey.Read(_bundle.Key);
                File.WriteAllBytes(Path.Combine(files, BundleSignature.FileName), BundleSignature.Sign([1, 2], key, DateTimeOffset.UtcNow));
            },
            signed: false
        );

        Fails(_bundle.Verify(), $"{BundleSignature.FileName} is no signature of this manifest");
    }

    [Fact]
    public void Verify_OfAFileThatNobodySigned_NamesTheFile()
    {
        _bundle.Change(files => File.WriteAllText(Path.Combine(files, "more.txt"), "more"), signed: false);

        Fails(_bundle.Verify(), $"more.txt is not in {BundleManifest.FileName}.");
    }

    [Fact]
    public void Verify_AfterAResultLostItsCapture_NamesTheJournal()
    {
        _bundle.Change(files => Edit(files, line => IsResultOf(line, SmallSuite.Passing) ? WithoutCapture(line) : line), signed: true);

        Fails(_bundle.Verify(), $"{RunJournal.FileName} says pass of {SmallSuite.Passing}, but names no capture.");
    }

    [Fact]
    public void Verify_WithTheSignatureOfAWitness_DemandsIt()
    {
        Fails(_bundle.Verify("--witness", _bundle.OtherCertificate), $"{BundleSignature.WitnessFileName} is missing.");

        var added = _bundle.Verify("--add-witness", _bundle.OtherKey);
        added.ExitCode.Should().Be(ExitCode.Success, added.Output + added.Error);

        _bundle.Verify("--witness", _bundle.OtherCertificate).ExitCode.Should().Be(ExitCode.Success);
        Fails(_bundle.Verify("--witness", _bundle.Certificate), $"{BundleSignature.WitnessFileName} is a foreign signature");
    }

    [Fact]
    public void Verify_TheSignerAsWitness_IsRefused()
    {
        var outcome = _bundle.Verify("--add-witness", _bundle.Key);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("the signer of a bundle cannot be its witness");
    }

    [Fact]
    public void Verify_OfWhatIsNoBundle_IsRefused()
    {
        File.WriteAllText(_bundle.Path, "no archive");

        _bundle.Verify().ExitCode.Should().Be(ExitCode.CannotRun);
    }

    [Fact]
    public void Verify_WritesWhatTheBundleConcludes_AndTakesItForTheExitCodeIfAsked()
    {
        var outcome = _bundle.Verify("--conformant");

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("Not conformant: 0 of 1 class claimed and examined").And.Contain("as it was signed");
    }

    /// <summary>What the signer writes into the first line of the journal decides nothing.</summary>
    [Theory]
    [InlineData("\"Suite\":\\{\"Hash\":\"[0-9a-f]+\"[^}]*\\},", "", "does not say with which suite it was made.")]
    [InlineData("\"Editions\":\\[[^\\]]*\\]", "\"Editions\":[]", "says of no edition that lma-baseline is set up for it.")]
    [InlineData("\"StaticFailures\":\\[\\]", "\"StaticFailures\":[\"LMA: x\"]", "has other mandatory capabilities that are not claimed")]
    [InlineData("\"Bed\":\"simulated\"", "\"Device\":{\"Model\":\"M\"},\"Bed\":\"simulated\"", "names a device, but the simulated bed")]
    public void Verify_AfterTheFirstLineWasChanged_NamesTheJournal(string pattern, string replacement, string problem)
    {
        _bundle.Change(files => EditFirst(files, line => Regex.Replace(line, pattern, replacement)), signed: true);

        Fails(_bundle.Verify(), $"{RunJournal.FileName} {problem}");
    }

    [Fact]
    public void Verify_OfALieUnderTheNameOfAnotherSuite_DoesNotSucceed()
    {
        _bundle.Change(
            files =>
            {
                EditFirst(files, line => Regex.Replace(line, "(\"Suite\":\\{\"Hash\":\")[0-9a-f]+", $"${{1}}{new string('a', 64)}"));
                var paper = Path.Combine(files, ConclusionsFile.FileName);
                File.WriteAllText(
                    paper,
                    File.ReadAllText(paper).Replace("\"isConformant\": false", "\"isConformant\": true", StringComparison.Ordinal)
                );
            },
            signed: true
        );

        var outcome = _bundle.Verify();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome.Output.Should().Contain($"  {ConclusionsFile.FileName} does not say what follows").And.Contain("Not conformant");
        outcome.Error.Should().Contain("was made with suite unreleased, aaaaaaaaaaaa");
    }

    /// <summary>A verdict follows from a capture and from the facts beside it, which are those of the journal.</summary>
    [Theory]
    [InlineData("Tolerance", "\"01:00:00\"", "another tolerance")]
    [InlineData("Claims", "[\"limits-lifetime\"]", "other claims")]
    [InlineData("Seed", "77", "another seed")]
    [InlineData("Name", "\"external\"", "another bed")]
    public void Verify_AfterAFactOfACaptureWasChanged_NamesTheCapture(string fact, string value, string problem)
    {
        _bundle.Change(files => EditFacts(files, facts => facts[fact] = JsonNode.Parse(value)), signed: true);

        Fails(_bundle.Verify(), $"{Capture} was made with {problem} than {RunJournal.FileName} says");
    }

    /// <summary>A capture that pretends to need a key would not be judged at all.</summary>
    [Fact]
    public void Verify_AfterACaptureWasGivenAKeyThatNobodyHas_NamesTheCapture()
    {
        var association = ReferenceSetup.Of(NamedConfiguration.Find("lma-esp")!).ToIxit().Domain.Associations[0] with
        {
            KeyFingerprint = "0000000000000000",
        };
        _bundle.Change(
            files =>
                EditFacts(
                    files,
                    facts =>
                        facts["Ixit"]!["Domain"]!["Associations"]!
                            .AsArray()
                            .Add(JsonSerializer.SerializeToNode(association, TraceJson.Options))
                ),
            signed: true
        );

        var outcome = _bundle.Verify();

        Fails(outcome, $"{Capture} was made with another IXIT or other keys than {RunJournal.FileName} says");
        outcome.Output.Should().Contain("Checked by hash only");
    }

    [Fact]
    public void Verify_OfFactsThatNobodyCanJudgeBy_NamesTheCapture()
    {
        _bundle.Change(files => EditFacts(files, facts => facts["Ixit"]!["Timers"] = new JsonObject()), signed: true);

        Fails(_bundle.Verify(), Capture);
    }

    [Fact]
    public void Verify_OfTwoConfigurationsOfOneName_NamesTheJournal()
    {
        _bundle.Change(
            files =>
                EditFirst(files, line => Regex.Replace(line, "\"Configurations\":\\[", "$0{\"Name\":\"lma-baseline\",\"Claims\":[]},")),
            signed: true
        );

        Fails(_bundle.Verify(), $"{RunJournal.FileName} cannot be read: {RunJournal.FileName}:1:");
    }

    [Fact]
    public void Verify_OfASecondFirstLine_NamesTheJournal()
    {
        _bundle.Change(
            files =>
                EditFirst(
                    files,
                    line => line + "\n" + line.Replace("\"Implementation\":\"", "\"Implementation\":\"x", StringComparison.Ordinal)
                ),
            signed: true
        );

        Fails(_bundle.Verify(), $"{RunJournal.FileName} cannot be read: {RunJournal.FileName}:2:");
    }

    [Fact]
    public void Verify_OfAStatementThatNamesAnotherSigner_NamesTheJournal()
    {
        _bundle.Change(files => Sign(files, _bundle.OtherKey, DateTimeOffset.UtcNow), signed: false);

        var outcome = Shell.Run("verify", _bundle.Path, "--features", _bundle.Suite.Features);

        Fails(outcome, $"{RunJournal.FileName} says that CN=lab signs it, but {BundleSignature.FileName} is of CN=other.");
    }

    [Theory]
    [InlineData(-2, "was not made while the certificate of CN=lab was valid.")]
    [InlineData(2, "was not made while the certificate of CN=lab was valid.")]
    [InlineData(-0.5, "is older than the run that it signs.")]
    public void Verify_OfASignatureOfAnotherTime_NamesTheSignature(double days, string problem)
    {
        _bundle.Change(files => Sign(files, _bundle.Key, DateTimeOffset.UtcNow.AddDays(days)), signed: false);

        Fails(_bundle.Verify(), $"{BundleSignature.FileName} {problem}");
    }

    [Fact]
    public void Verify_OfASignatureOverAWeakHash_NamesTheSignature()
    {
        _bundle.Change(
            files =>
            {
                using var certificate = X509Certificate2.CreateFromPemFile(_bundle.Key);
                var message = new SignedCms(
                    new ContentInfo(File.ReadAllBytes(Path.Combine(files, BundleManifest.FileName))),
                    detached: true
                );
                var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
                {
                    DigestAlgorithm = new Oid("1.3.14.3.2.26"),
                };
                message.ComputeSignature(signer, silent: true);
                File.WriteAllBytes(Path.Combine(files, BundleSignature.FileName), message.Encode());
            },
            signed: false
        );

        Fails(_bundle.Verify(), $"{BundleSignature.FileName} uses the digest algorithm 1.3.14.3.2.26");
    }

    [Theory]
    [InlineData(HtmlFile)]
    [InlineData(JunitReport.FileName)]
    [InlineData(TraceabilityReport.FileName)]
    [InlineData(ConformanceStatement.FileName)]
    public void Verify_OfAReportThatSaysSomethingElse_NamesTheReport(string file)
    {
        _bundle.Change(files => File.AppendAllText(Path.Combine(files, file), "<!-- conformant -->"), signed: true);

        Fails(_bundle.Verify(), $"{file} does not say what follows from {RunJournal.FileName}.");
    }

    [Fact]
    public void Verify_OfAnAttemptThatWasChosen_NamesTheJournal()
    {
        _bundle.Change(
            files =>
            {
                var chosen = $"captures/attempt-2/{SmallSuite.Failing}.pcapng";
                var journal = Path.Combine(files, RunJournal.FileName);
                var lines = File.ReadAllLines(journal).Where(line => !line.Contains("\"kind\":\"attempt\"", StringComparison.Ordinal));
                File.WriteAllLines(journal, lines);
                Edit(
                    files,
                    line =>
                        IsResultOf(line, SmallSuite.Failing)
                            ? line.Replace($"captures/{SmallSuite.Failing}.pcapng", chosen, StringComparison.Ordinal)
                            : line
                );
            },
            signed: true
        );

        var outcome = _bundle.Verify();

        Fails(outcome, $"{RunJournal.FileName} names the capture captures/attempt-2/{SmallSuite.Failing}.pcapng");
        outcome.Output.Should().Contain($"  captures/attempt-3/{SmallSuite.Failing}.pcapng is of no result in {RunJournal.FileName}.");
    }

    [Fact]
    public void Verify_OfAResultInAnEditionThatTheScenarioHasNot_NamesTheCapture()
    {
        _bundle.Change(
            files =>
                Edit(
                    files,
                    line =>
                        line.Contains($"\"{SmallSuite.Passing}\"", StringComparison.Ordinal)
                            ? line.Replace("\"Edition\":\"rfc5213\"", "\"Edition\":\"rfc5844\"", StringComparison.Ordinal)
                            : line
                ),
            signed: true
        );

        Fails(_bundle.Verify(), $"{Capture} cannot be judged: this suite has no scenario {SmallSuite.Passing}");
    }

    [Theory]
    [InlineData("\"Remarks\":\\[[^\\]]*\\]", "\"Remarks\":[\"All is well.\"]", "the remarks")]
    [InlineData("\"Reason\":\"", "\"Reason\":\"not ", "the reason")]
    public void Verify_AfterTheWordsOfAResultWereChanged_NamesTheCapture(string pattern, string replacement, string what)
    {
        _bundle.Change(
            files => Edit(files, line => IsResultOf(line, SmallSuite.Passing) ? Regex.Replace(line, pattern, replacement) : line),
            signed: true
        );

        Fails(_bundle.Verify(), $"{Capture} shows other findings than {RunJournal.FileName} says of {SmallSuite.Passing}: {what}");
    }

    [Fact]
    public void Verify_OfABundleThatWasPackedByAnotherProgram_FindsNothing()
    {
        using (var archive = ZipFile.Open(_bundle.Path, ZipArchiveMode.Update))
        {
            archive.CreateEntry("captures/");
            foreach (var entry in archive.Entries)
            {
                entry.ExternalAttributes = (int)UnixFileMode.UserWrite << 16;
            }
        }

        var outcome = _bundle.Verify();

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
    }

    [Fact]
    public void Rejudge_OfABundle_CountsTheResultsWithoutCaptures()
    {
        using var directory = new TemporaryDirectory();
        BundleArchive.Extract(_bundle.Path, directory.Path);
        Edit(directory.Path, line => IsResultOf(line, SmallSuite.Passing) ? WithoutCapture(line) : line);

        var outcome = Shell.Run("rejudge", directory.Path, "--features", _bundle.Suite.Features);

        outcome.Output.Should().Contain("6 scenarios judged again").And.Contain("for lack of a capture: 1 result.");
    }

    private static void Fails(Outcome outcome, string named)
    {
        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain($"  {named}");
    }

    private static bool IsResultOf(string line, string scenario) =>
        line.StartsWith($"{{\"kind\":\"result\",\"data\":{{\"Scenario\":\"{scenario}\"", StringComparison.Ordinal);

    private static string WithHash(string line, string hash)
    {
        var at = line.IndexOf("\"CaptureHash\":\"", StringComparison.Ordinal) + "\"CaptureHash\":\"".Length;
        return line[..at] + hash + line[(at + (SHA256.HashSizeInBytes * 2))..];
    }

    private static string WithoutCapture(string line) =>
        line.Replace($"\"Capture\":\"{Capture}\",", string.Empty, StringComparison.Ordinal);

    private static void EditFirst(string files, Func<string, string> edit) =>
        Edit(files, line => line.StartsWith("{\"kind\":\"run\"", StringComparison.Ordinal) ? edit(line) : line);

    /// <summary>Changes the facts of one capture, and its hash in the journal.</summary>
    private static void EditFacts(string files, Action<JsonNode> edit)
    {
        var capture = Path.Combine(files, Capture);
        var events = TraceFile.EventsBeside(capture);
        var lines = File.ReadAllLines(events);
        var head = JsonNode.Parse(lines[0])!;
        edit(head["Facts"]!);
        lines[0] = head.ToJsonString();
        File.WriteAllLines(events, lines);
        var hash = TraceFile.HashOf(capture);
        Edit(files, line => IsResultOf(line, SmallSuite.Passing) ? WithHash(line, hash) : line);
    }

    private static void Sign(string files, string keyFile, DateTimeOffset at)
    {
        using var key = SigningKey.Read(keyFile);
        var manifest = File.ReadAllBytes(Path.Combine(files, BundleManifest.FileName));
        File.WriteAllBytes(Path.Combine(files, BundleSignature.FileName), BundleSignature.Sign(manifest, key, at));
    }

    private static void Edit(string files, Func<string, string> edit)
    {
        var journal = Path.Combine(files, RunJournal.FileName);
        var lines = File.ReadAllLines(journal);
        File.WriteAllText(journal, string.Concat(lines.Select(line => edit(line) + "\n")), new UTF8Encoding(false));
    }
}
