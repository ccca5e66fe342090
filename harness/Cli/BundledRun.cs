using System.Text.Json;
using System.Text.Json.Nodes;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Engine;
using Conformance.Testing.Protection;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>Verifies the run in a bundle: its papers from the journal, the journal from the captures and the suite.</summary>
/// <param name="directory">The directory with the files of the bundle.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class BundledRun(string directory, ScenarioSuite suite, Run run, BundleProblems problems)
{
    private const string ExternalBed = "external";
    private const string SimulatedBed = "simulated";

    /// <summary>How far the clock of the signer may be behind that of the tester.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, ConfigurationRecord> _configurations = (run.Header.Configurations ?? []).ToDictionary(
        known => known.Name,
        StringComparer.Ordinal
    );

    /// <summary>Compares what the first line of the journal says with the signature, and with what follows from the claims.</summary>
    /// <param name="signer">The one who has signed; null if that is not known.</param>
    public void CheckHeader(BundleSigner? signer)
    {
        var header = run.Header;
        if (header.Suite is null)
        {
            Object("does not say with which suite it was made.");
        }

        if (signer is not null && header.Signer?.Fingerprint != signer.Fingerprint)
        {
            Object($"says that {header.Signer?.Subject ?? "nobody"} signs it, but {BundleSignature.FileName} is of {signer.Subject}.");
        }

        if (signer?.SignedAt < run.End?.Ended - _skew)
        {
            problems.Object(BundleSignature.FileName, "is older than the run that it signs.");
        }

        if (header.Device is not null && header.Bed != ExternalBed)
        {
            Object($"names a device, but the {header.Bed} bed tests the reference.");
        }

        foreach (var configuration in _configurations.Values)
        {
            var possible = NamedConfiguration.Find(configuration.Name)?.Editions ?? [];
            if (configuration.Editions.Count == 0)
            {
                Object($"says of no edition that {configuration.Name} is set up for it.");
            }
            else if (configuration.Editions.Except(possible).FirstOrDefault() is { } foreign)
            {
                problems.Differ(RunJournal.FileName, $"says that {configuration.Name} is set up for {foreign}, which it cannot be.");
            }
        }
    }

    /// <summary>Concludes again from the journal, and compares with every paper and report in the bundle.</summary>
    /// <returns>What follows from the journal; null if nothing can be concluded from it.</returns>
    public Conclusions? CheckPapers()
    {
        try
        {
            var papers = CertificationPapers.Of(directory, suite, run);
            foreach (var (name, content) in papers.Files)
            {
                CheckPaper(name, content);
            }

            if (!papers.Conclusions.StaticFailures.SequenceEqual(run.Header.StaticFailures ?? []))
            {
                problems.Differ(RunJournal.FileName, "has other mandatory capabilities that are not claimed than follow from its claims.");
            }

            foreach (var (name, content) in Report.Of(directory, run, suite.Register))
            {
                CheckPaper(name, content);
            }

            return papers.Conclusions;
        }
#pragma warning disable CA1031 // What others have written can break the papers in any way.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Object($"does not lead to papers: {problems.Relative(e.Message)}");
            return null;
        }
    }

    /// <summary>Judges every capture again, and compares what the journal says with it.</summary>
    /// <param name="keys">The keys of protected scenarios; if there are any, every capture must be judged.</param>
    public RejudgedRun Judge(Keyring keys)
    {
        CheckJournal();
        CheckFolder();
        var whole = run.Judgements.Where(IsWhole).ToList();
        var rejudged = new SuiteRunner(suite).Rejudge(
            directory,
            run with
            {
                Results = whole,
                Attempts = [],
            },
            keys,
            (result, e) => problems.Object(result.Capture!, $"cannot be judged: {problems.Relative(e.Message)}")
        );
        foreach (var (before, after) in rejudged.Judged)
        {
            if (before.Verdict != after.Verdict)
            {
                problems.Differ(
                    before.Capture!,
                    $"is judged {ReportText.Of(after.Verdict)}, but {RunJournal.FileName} says {ReportText.Of(before.Verdict)} of "
                        + $"{run.NameOf(before.Key)}: {after.Reason}"
                );
            }
            else if (Changes(before, after) is { Count: > 0 } changes)
            {
                problems.Differ(
                    before.Capture!,
                    $"shows other findings than {RunJournal.FileName} says of {run.NameOf(before.Key)}: {string.Join(", ", changes)}"
                );
            }
        }

        foreach (var unread in keys.All.Any() ? rejudged.Unread : [])
        {
            problems.Object(unread.Capture!, $"was not judged: a key of it is not among those given.");
        }

        return rejudged;
    }

    /// <summary>What two judgements of one scenario say differently. The words of an error are not evidence.</summary>
    private static IReadOnlyList<string> Changes(ScenarioResult before, ScenarioResult after) =>
        [
            .. FindingChange.Between(before, after).Select(change => change.Statement.ToString()),
            .. If(before.Verdict != Verdict.Error && before.Reason != after.Reason, "the reason"),
            .. If(!before.Remarks.SequenceEqual(after.Remarks), "the remarks"),
            .. If(!before.NotReached.SequenceEqual(after.NotReached), "the statements that were not reached"),
            .. If(before.Breakdown != after.Breakdown, "how the device broke"),
        ];

    private static IEnumerable<string> If(bool isSo, string what) => isSo ? [what] : [];

    private void CheckPaper(string name, string content)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            problems.Object(name, "is missing.");
        }
        else if (File.ReadAllText(path) != content)
        {
            problems.Differ(name, $"does not say what follows from {RunJournal.FileName}.");
        }
    }

    /// <summary>What a journal must have of itself, whatever the captures show.</summary>
    private void CheckJournal()
    {
        if (run.End is not { Complete: true })
        {
            Object("is that of a run that was cut short.");
        }

        var planned = run.Planned.Where(scenario => scenario.Selection == Selection.Selected).Select(scenario => scenario.Key).ToHashSet();
        foreach (var key in run.Results.Concat(run.Attempts).Select(result => result.Key).Distinct().Where(key => !planned.Contains(key)))
        {
            Object($"has a result of {key}, which was not to run.");
        }

        foreach (var key in planned.Except(run.Results.Select(result => result.Key)))
        {
            Object($"has no result of {key}, which was to run.");
        }

        foreach (var attempts in run.Attempts.GroupBy(attempt => attempt.Key))
        {
            if (run.Results.FirstOrDefault(result => result.Key == attempts.Key) is { } result)
            {
                CompareAttempts(result, [.. attempts]);
            }
        }
    }

    private void CompareAttempts(ScenarioResult result, IReadOnlyList<ScenarioResult> attempts)
    {
        var concluded = Repetition.Conclude(attempts);
        if (
            attempts.Count != Repetition.Attempts
            || attempts[0].Verdict != Verdict.Fail
            || result.Verdict != concluded.Verdict
            || result.Capture != concluded.Capture
            || Changes(result, concluded).Count > 0
        )
        {
            Object($"has a result of {run.NameOf(result.Key)} that does not follow from its attempts.");
        }
    }

    /// <summary>
    /// The captures are those of the judgements, and of no others; no two are the same, unless nothing but the suite made them.
    /// </summary>
    private void CheckFolder()
    {
        var judged = run.Judgements.Select(result => result.Capture).OfType<string>().ToList();
        foreach (var shared in judged.CountBy(capture => capture).Where(capture => capture.Value > 1))
        {
            problems.Object(shared.Key, $"stands for several results in {RunJournal.FileName}.");
        }

        var known = judged.Concat(judged.Select(TraceFile.EventsBeside)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in BundleManifest.FilesIn(directory).Where(name => name.Contains('/') && !known.Contains(name)))
        {
            problems.Object(name, $"is of no result in {RunJournal.FileName}.");
        }

        if (run.Header.Bed != SimulatedBed)
        {
            foreach (
                var same in run
                    .Judgements.Where(result => result.CaptureHash is not null)
                    .GroupBy(result => result.CaptureHash!)
                    .Where(same => same.Count() > 1)
            )
            {
                problems.Object(same.Last().Capture ?? RunJournal.FileName, $"is the same as {same.First().Capture}.");
            }
        }
    }

    /// <summary>True if there is a capture that can be judged, and its suite has the scenario.</summary>
    private bool IsWhole(ScenarioResult result)
    {
        var name = run.NameOf(result.Key);
        if (result.Capture is not { } capture)
        {
            if (result.Verdict != Verdict.Error)
            {
                Object($"says {ReportText.Of(result.Verdict)} of {name}, but names no capture.");
            }

            return false;
        }

        var known = suite.Library.Scenarios.FirstOrDefault(scenario => scenario.Id.ToString() == result.Scenario);
        if (known is null || !known.Editions.Contains(result.Edition))
        {
            problems.Differ(capture, $"cannot be judged: this suite has no scenario {result.Key}.");
            return false;
        }

        var scenario = known.In(result.Edition);
        var before = run.Attempts.Where(other => other.Key == result.Key).TakeWhile(other => !ReferenceEquals(other, result)).Count();
        if (capture != SuiteRunner.CaptureOf(scenario, before + 1))
        {
            Object($"names the capture {capture} of {name}, which is that of another attempt.");
        }

        return IsReadable(capture, scenario, result);
    }

    private bool IsReadable(string capture, Scenario scenario, ScenarioResult result)
    {
        try
        {
            var path = Path.Combine(directory, capture);
            if (TraceFile.HashOf(path) != result.CaptureHash && !problems.Damaged.Contains(capture))
            {
                problems.Object(capture, $"is not the capture of {scenario.RunName} whose hash is in {RunJournal.FileName}.");
            }

            var trace = TraceFile.Read(path);
            if (trace.Scenario != scenario.RunName)
            {
                problems.Object(capture, $"is a capture of {trace.Scenario}, not of {scenario.RunName}.");
            }

            if (DifferenceOf(trace.Facts, scenario, result) is { } different)
            {
                problems.Object(capture, $"was made with {different} than {RunJournal.FileName} says of {scenario.RunName}.");
            }

            return true;
        }
        catch (FileNotFoundException e)
        {
            var missing = Path.GetRelativePath(directory, e.FileName!);
            if (problems.Damaged.Add(missing))
            {
                problems.Object(missing, "is missing.");
            }

            return false;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            problems.Object(capture, $"cannot be read: {problems.Relative(e.Message)}");
            return false;
        }
    }

    /// <summary>In which respect the facts that a capture is judged by are not those of the journal; null if they are.</summary>
    private string? DifferenceOf(BedFacts facts, Scenario scenario, ScenarioResult result) =>
        !_configurations.TryGetValue(scenario.Configuration, out var known) ? "another configuration"
        : facts.Name != run.Header.Bed ? "another bed"
        : facts.Seed != result.Seed ? "another seed"
        : facts.Tolerance != known.Tolerance ? "another tolerance"
        : !facts.Claims.SequenceEqual(known.Claims) ? "other claims"
        : HasOtherIxit(facts.Ixit, known, scenario.Edition) ? "another IXIT or other keys"
        : null;

    /// <summary>
    /// True if the IXIT is not that of the journal. The journal has one for each configuration; on other beds than the external one, the
    /// domain and what is encapsulated depend on the edition, too.
    /// </summary>
    private bool HasOtherIxit(Ixit ixit, ConfigurationRecord known, Edition edition)
    {
        if (known.Ixit is not { } record)
        {
            return true;
        }

        if (run.Header.Bed == ExternalBed)
        {
            return !JsonElement.DeepEquals(record, RunCircumstances.Record(ixit));
        }

        var named = NamedConfiguration.Find(known.Name);
        return named?.Editions.Contains(edition) != true
            || !KeysOf(ReferenceSetup.Of(named.In(edition)).ToIxit()).SetEquals(KeysOf(ixit))
            || !JsonNode.DeepEquals(InEveryEdition(record), InEveryEdition(RunCircumstances.Record(ixit)));

        static HashSet<string?> KeysOf(Ixit ixit) => [.. ixit.Domain.Associations.Select(association => association.KeyFingerprint)];

        static JsonObject? InEveryEdition(JsonElement ixit)
        {
            var members = JsonObject.Create(ixit);
            members?.Remove(nameof(Ixit.Domain));
            members?.Remove(nameof(Ixit.AcceptsUdpEncapsulation));
            return members;
        }
    }

    private void Object(string problem) => problems.Object(RunJournal.FileName, problem);
}
