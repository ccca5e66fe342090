using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>Writes all reports of a run from its directory.</summary>
public static class Report
{
    /// <summary>
    /// Reads the journal and the captures in a directory and writes <c>junit.xml</c>, <c>traceability.csv</c> and <c>report.html</c> beside
    /// them, even if the run was cut off. The same input always produces the same files.
    /// </summary>
    /// <param name="register">Provides levels and paraphrases; without a register the reports show only the ids of statements.</param>
    /// <exception cref="IOException">The journal cannot be read, or a report cannot be written.</exception>
    /// <exception cref="InvalidDataException">The journal is malformed; the message names file and line.</exception>
    public static void WriteAll(string directory, StatementRegister? register = null)
    {
        foreach (var (name, content) in Of(directory, RunJournal.Read(directory), register ?? StatementRegister.Empty))
        {
            File.WriteAllText(Path.Combine(directory, name), content);
        }
    }

    /// <summary>All reports of a run, by the names of their files.</summary>
    /// <param name="directory">The directory of the run, with its captures.</param>
    /// <exception cref="IOException">A capture cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Of(string directory, Run run, StatementRegister register) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [JunitReport.FileName] = JunitReport.Create(run, register),
            [TraceabilityReport.FileName] = TraceabilityReport.Create(run, register),
            [HtmlReport.FileName] = HtmlReport.Create(run, register, directory),
        };
}
