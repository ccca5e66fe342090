using Conformance.Harness.Tests.Capture;
using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public void Reports_OfSameDirectory_AreSameFiles()
    {
        using var directory = new TemporaryDirectory();
        Write(directory.Path, Runs.Complete());

        Report.WriteAll(directory.Path, Runs.Register());
        var first = Contents();
        Report.WriteAll(directory.Path, Runs.Register());

        Contents().Should().Equal(first);
        first.Keys.Should().Contain(["junit.xml", "report.html", "traceability.csv"]);

        Dictionary<string, string> Contents() =>
            Directory.GetFiles(directory.Path).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
    }

    [Fact]
    public void TornJournal_GivesPartialReports()
    {
        using var directory = new TemporaryDirectory();
        Write(directory.Path, Runs.Complete());
        var journal = Path.Combine(directory.Path, RunJournal.FileName);
        var lines = File.ReadAllLines(journal);

        // The end record is missing, and the last result is cut in the middle.
        File.WriteAllText(journal, string.Join('\n', lines[..^2]) + "\n" + lines[^2][..40]);

        Report.WriteAll(directory.Path);

        File.ReadAllText(Path.Combine(directory.Path, "report.html"))
            .Should()
            .Contain("Incomplete: the run was cut off: 2 of 3 selected scenarios have a result.");
        File.ReadAllText(Path.Combine(directory.Path, "junit.xml")).Should().Contain("the run ended before this scenario");
    }

    [Fact]
    public void FileThatIsNotAJournal_IsInvalidData()
    {
        using var directory = new TemporaryDirectory();
        directory.File(RunJournal.FileName, "not\na journal\n");

        Assert.Throws<InvalidDataException>(() => Report.WriteAll(directory.Path));
    }

    private static void Write(string directory, Run run)
    {
        Runs.WriteCaptures(directory);
        using var journal = new RunJournal(directory);
        journal.Begin(run.Header, run.Planned);
        foreach (var result in run.Results)
        {
            journal.Add(result);
        }

        journal.End(run.End!);
    }
}
