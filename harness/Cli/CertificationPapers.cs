using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Engine;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The papers of a certification, which follow from its journal and the suite.</summary>
/// <param name="Files">Their contents by their names.</param>
internal sealed record CertificationPapers(Conclusions Conclusions, IReadOnlyDictionary<string, string> Files)
{
    /// <param name="directory">The directory of the run.</param>
    public static CertificationPapers Of(string directory, ScenarioSuite suite, Run run)
    {
        var hash = BundleManifest.HashOf(Path.Combine(directory, RunJournal.FileName));
        var conclusions = ConclusionsOf(suite, run);
        return new CertificationPapers(
            conclusions,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ConclusionsFile.FileName] = ConclusionsFile.Create(run, conclusions),
                [TestReports.SystemFileName] = TestReports.OfSystem(run, conclusions),
                [TestReports.ProtocolFileName] = TestReports.OfProtocols(run),
                [ConformanceStatement.FileName] = ConformanceStatement.Create(run, conclusions, hash),
            }
        );
    }

    /// <summary>Writes the papers beside the journal.</summary>
    public static Conclusions Write(string directory, ScenarioSuite suite, Run run)
    {
        var papers = Of(directory, suite, run);
        foreach (var (name, content) in papers.Files)
        {
            File.WriteAllText(Path.Combine(directory, name), content);
        }

        return papers.Conclusions;
    }

    public static Conclusions ConclusionsOf(ScenarioSuite suite, Run run) => Conclusions.Of(suite, run, EditionsOf);

    private static IReadOnlyList<Edition> EditionsOf(string configuration) => NamedConfiguration.Find(configuration)?.Editions ?? [];
}
