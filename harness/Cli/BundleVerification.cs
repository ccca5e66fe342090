using System.Security.Cryptography.X509Certificates;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Capture;
using Conformance.Testing.Engine;
using Conformance.Testing.Protection;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>
/// Verifies an unpacked bundle from its files alone: signatures, hashes, and every verdict from its capture. Each problem names the file
/// that it is about.
/// </summary>
internal sealed class BundleVerification(string directory)
{
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Problems => _problems;

    public BundleSigner? Signer { get; private set; }

    public BundleSigner? Witness { get; private set; }

    /// <summary>Compares the signatures with the manifest, and the manifest with the files.</summary>
    /// <param name="signers">Certificates of those whose signature counts, or of their issuers; empty for anybody's.</param>
    /// <param name="witnesses">The like for the witness; empty if there need not be one.</param>
    public void CheckFiles(X509Certificate2Collection signers, X509Certificate2Collection witnesses)
    {
        if (Octets(BundleManifest.FileName) is not { } manifest)
        {
            Object(BundleManifest.FileName, "is missing: nothing says which files the bundle has.");
            return;
        }

        Signer = SignerOf(BundleSignature.FileName, manifest, signers, isRequired: true);
        Witness = SignerOf(BundleSignature.WitnessFileName, manifest, witnesses, isRequired: witnesses.Count > 0);
        if (Witness is not null && Witness.Fingerprint == Signer?.Fingerprint)
        {
            Object(BundleSignature.WitnessFileName, "was made by the signer of the bundle, who is no witness.");
        }

        try
        {
            CompareHashes(BundleManifest.Parse(manifest));
        }
        catch (InvalidDataException e)
        {
            _problems.Add(e.Message);
        }
    }

    /// <summary>The run in the bundle; null if there is none, which is a problem.</summary>
    public Run? ReadRun()
    {
        try
        {
            return RunJournal.Read(directory);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            Object(RunJournal.FileName, $"cannot be read: {Relative(e.Message)}");
            return null;
        }
    }

    /// <summary>Judges every capture again, and compares what the journal says with it.</summary>
    /// <param name="keys">The keys of protected scenarios.</param>
    public RejudgedRun Judge(ScenarioSuite suite, Run run, Keyring keys)
    {
        CheckJournal(run);
        var whole = run.Judgements.Where(result => IsWhole(suite, run, result)).ToList();
        var rejudged = new SuiteRunner(suite).Rejudge(directory, run with { Results = whole, Attempts = [] }, keys);
        foreach (var (before, after) in rejudged.Judged)
        {
            if (before.Verdict != after.Verdict)
            {
                Object(
                    before.Capture!,
                    $"is judged {ReportText.Of(after.Verdict)}, but {RunJournal.FileName} says {ReportText.Of(before.Verdict)} of "
                        + $"{run.NameOf(before.Key)}: {after.Reason}"
                );
            }
            else if (FindingChange.Between(before, after) is { Count: > 0 } changes)
            {
                Object(
                    before.Capture!,
                    $"shows other findings than {RunJournal.FileName} says of {run.NameOf(before.Key)}: "
                        + string.Join(", ", changes.Select(change => change.Statement))
                );
            }
        }

        return rejudged;
    }

    /// <summary>Concludes again from the journal, and compares with the conclusions in the bundle.</summary>
    /// <param name="isOwnSuite">True if the bundle was made with this suite, so that every paper must be the same.</param>
    public void CheckPapers(ScenarioSuite suite, Run run, bool isOwnSuite)
    {
        foreach (var (name, content) in CertificationPapers.Of(directory, suite, run).Files)
        {
            if (!File.Exists(Path.Combine(directory, name)))
            {
                Object(name, "is missing.");
            }
            else if (isOwnSuite && File.ReadAllText(Path.Combine(directory, name)) != content)
            {
                Object(name, $"does not say what follows from {RunJournal.FileName}.");
            }
        }
    }

    /// <summary>What a journal must have of itself, whatever the captures show.</summary>
    private void CheckJournal(Run run)
    {
        if (run.End is not { Complete: true })
        {
            Object(RunJournal.FileName, "is that of a run that was cut short.");
        }

        var planned = run.Planned.Where(scenario => scenario.Selection == Selection.Selected).Select(scenario => scenario.Key).ToHashSet();
        foreach (var key in run.Results.Select(result => result.Key).Where(key => !planned.Contains(key)))
        {
            Object(RunJournal.FileName, $"has a result of {key}, which was not to run.");
        }

        foreach (var key in planned.Except(run.Results.Select(result => result.Key)))
        {
            Object(RunJournal.FileName, $"has no result of {key}, which was to run.");
        }

        foreach (var attempts in run.Attempts.GroupBy(attempt => attempt.Key))
        {
            if (run.Results.FirstOrDefault(result => result.Key == attempts.Key) is { } result)
            {
                CompareAttempts(run, result, [.. attempts]);
            }
        }

        foreach (var shared in run.Judgements.Where(result => result.Capture is not null).CountBy(result => result.Capture!))
        {
            if (shared.Value > 1)
            {
                Object(shared.Key, $"stands for several results in {RunJournal.FileName}.");
            }
        }
    }

    private void CompareAttempts(Run run, ScenarioResult result, IReadOnlyList<ScenarioResult> attempts)
    {
        var concluded = Repetition.Conclude(attempts);
        if (
            attempts.Count != Repetition.Attempts
            || result.Verdict != concluded.Verdict
            || FindingChange.Between(result, concluded).Count > 0
        )
        {
            Object(RunJournal.FileName, $"has a result of {run.NameOf(result.Key)} that does not follow from its attempts.");
        }
    }

    /// <summary>True if there is a capture that can be judged, and its suite has the scenario.</summary>
    private bool IsWhole(ScenarioSuite suite, Run run, ScenarioResult result)
    {
        var name = run.NameOf(result.Key);
        if (result.Capture is not { } capture)
        {
            if (result.Verdict != Verdict.Error)
            {
                Object(RunJournal.FileName, $"says {ReportText.Of(result.Verdict)} of {name}, but names no capture.");
            }

            return false;
        }

        if (!BundleManifest.MayList(capture))
        {
            Object(RunJournal.FileName, $"names the capture {capture} of {name}, which is no file of a bundle.");
            return false;
        }

        if (suite.Library.Scenarios.FirstOrDefault(scenario => scenario.Id.ToString() == result.Scenario) is not { } scenario)
        {
            Object(capture, $"cannot be judged: this suite has no scenario {name}.");
            return false;
        }

        return scenario.Editions.Contains(result.Edition) && IsReadable(capture, scenario.In(result.Edition), result);
    }

    private bool IsReadable(string capture, Scenario scenario, ScenarioResult result)
    {
        try
        {
            var path = Path.Combine(directory, capture);
            if (TraceFile.HashOf(path) != result.CaptureHash && !_damaged.Contains(capture))
            {
                Object(capture, $"is not the capture of {scenario.RunName} whose hash is in {RunJournal.FileName}.");
            }

            if (TraceFile.Read(path).Scenario is var recorded && recorded != scenario.RunName)
            {
                Object(capture, $"is a capture of {recorded}, not of {scenario.RunName}.");
            }

            return true;
        }
        catch (FileNotFoundException e)
        {
            var missing = Path.GetRelativePath(directory, e.FileName!);
            if (_damaged.Add(missing))
            {
                Object(missing, "is missing.");
            }

            return false;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            Object(capture, $"cannot be read: {Relative(e.Message)}");
            return false;
        }
    }

    private void CompareHashes(BundleManifest manifest)
    {
        var present = BundleManifest.FilesIn(directory).Where(name => !BundleManifest.IsOutside(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, hash) in manifest.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!present.Contains(name))
            {
                Object(name, "is missing.");
            }
            else if (BundleManifest.HashOf(Path.Combine(directory, name)) != hash)
            {
                Object(name, $"has another SHA-256 than {BundleManifest.FileName} says.");
            }
            else
            {
                continue;
            }

            _damaged.Add(name);
        }

        foreach (var name in present.Except(manifest.Files.Keys).Order(StringComparer.Ordinal))
        {
            Object(name, $"is not in {BundleManifest.FileName}.");
        }
    }

    private BundleSigner? SignerOf(string name, byte[] manifest, X509Certificate2Collection known, bool isRequired)
    {
        if (Octets(name) is not { } signature)
        {
            if (isRequired)
            {
                Object(name, "is missing.");
            }

            return null;
        }

        if (!BundleSignature.TryVerify(manifest, signature, out var signer, out var why))
        {
            Object(name, why);
            return null;
        }

        if (known.Count > 0 && !signer.IsOneOf(known))
        {
            Object(name, $"is a foreign signature, of {signer.Subject}, certificate {signer.Fingerprint}.");
        }

        return signer;
    }

    private byte[]? Octets(string name)
    {
        var path = Path.Combine(directory, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private void Object(string file, string problem) => _problems.Add($"{file} {problem}");

    private string Relative(string message) =>
        message.Replace(directory + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
}
