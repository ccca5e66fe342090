using System.Security.Cryptography;
using System.Text;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.Reports.Certification;
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
        _bundle.Change(
            files =>
            {
                using var key = SigningKey.Read(_bundle.OtherKey);
                var manifest = File.ReadAllBytes(Path.Combine(files, BundleManifest.FileName));
                File.WriteAllBytes(
                    Path.Combine(files, BundleSignature.FileName),
                    BundleSignature.Sign(manifest, key, DateTimeOffset.UtcNow)
                );
            },
            signed: false
        );

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

    private static void Edit(string files, Func<string, string> edit)
    {
        var journal = Path.Combine(files, RunJournal.FileName);
        var lines = File.ReadAllLines(journal);
        File.WriteAllText(journal, string.Concat(lines.Select(line => edit(line) + "\n")), new UTF8Encoding(false));
    }
}
