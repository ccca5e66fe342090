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
        register ??= StatementRegister.Empty;
        var run = RunJournal.Read(directory);
        File.WriteAllText(Path.Combine(directory, JunitReport.FileName), JunitReport.Create(run, register));
        File.WriteAllText(Path.Combine(directory, TraceabilityReport.FileName), TraceabilityReport.Create(run, register));
        File.WriteAllText(Path.Combine(directory, HtmlReport.FileName), HtmlReport.Create(run, register, directory));
    }
}
