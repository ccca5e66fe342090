using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>Makes every report of a run out of its directory.</summary>
public static class Report
{
    /// <summary>
    /// Reads the journal and the captures in a directory and writes <c>junit.xml</c>, <c>traceability.csv</c> and <c>report.html</c> beside
    /// them, also for a run that was cut off. The same directory gives the same files.
    /// </summary>
    /// <param name="register">Levels and paraphrases; without it the reports name statements by id alone.</param>
    /// <exception cref="IOException">The journal cannot be read, or a report cannot be written.</exception>
    /// <exception cref="InvalidDataException">The journal is not one of a run; the message names file and line.</exception>
    public static void WriteAll(string directory, StatementRegister? register = null)
    {
        register ??= StatementRegister.Empty;
        var run = RunJournal.Read(directory);
        File.WriteAllText(Path.Combine(directory, JunitReport.FileName), JunitReport.Create(run, register));
        File.WriteAllText(Path.Combine(directory, TraceabilityReport.FileName), TraceabilityReport.Create(run, register));
        File.WriteAllText(Path.Combine(directory, HtmlReport.FileName), HtmlReport.Create(run, register, directory));
    }
}
