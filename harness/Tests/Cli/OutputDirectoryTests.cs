using System.Diagnostics;
using Conformance.Harness.Tests.Capture;
using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class OutputDirectoryTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void ARunInANamedDirectory_IsReplacedOnlyWithForce()
    {
        _suite.Run("--tag", SmallSuite.Passing);
        var journal = File.ReadAllText(Path.Combine(_suite.Out, RunJournal.FileName));

        Refused(RunWithoutForce(), $"{_suite.Out} contains an earlier run; replace it with --force, or choose another directory.");

        File.ReadAllText(Path.Combine(_suite.Out, RunJournal.FileName)).Should().Be(journal);
        _suite.Run("--tag", SmallSuite.Passing).ExitCode.Should().Be(ExitCode.Success);
    }

    [Theory]
    [InlineData("report.html", "mine")]
    [InlineData("journal.ndjson", "mine")]
    [InlineData("journal.ndjson", """{"kind":"run","data":{"Product":"another"}}""")]
    public void WhatIsNoRun_IsNotReplaced_EvenWithForce(string name, string text)
    {
        Directory.CreateDirectory(_suite.Out);
        var file = Path.Combine(_suite.Out, name);
        File.WriteAllText(file, text);

        Refused(_suite.Run(), "contains files but not an earlier run");
        File.ReadAllText(file).Should().Be(text);
        Directory.GetFiles(_suite.Out).Should().Equal(file);
    }

    [Fact]
    public void ADirectory_InWhichARunIsWriting_IsRefused()
    {
        _suite.Run("--tag", SmallSuite.Passing).ExitCode.Should().Be(ExitCode.Success);
        var file = Path.Combine(_suite.Out, ".lock");
        File.WriteAllText(file, "");

        // A shared lock is refused only to a run that wants the directory for itself.
        using (new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Refused(_suite.Run(), $"another run is writing to {_suite.Out}");
            Refused(Shell.Run("report", "--features", _suite.Features, _suite.Out), $"another run is writing to {_suite.Out}");
        }
    }

    [Fact]
    public void TheDirectoryOfAKilledRun_IsNotLocked()
    {
        Directory.CreateDirectory(_suite.Out);
        File.WriteAllText(Path.Combine(_suite.Out, ".lock"), "");

        RunWithoutForce().ExitCode.Should().Be(ExitCode.Success);
    }

    /// <summary>The default directory depends on that of the process.</summary>
    [Fact]
    public void TheDefaultDirectory_IsReplacedWithoutForce_UnlessItHoldsSomethingElse()
    {
        using var here = new TemporaryDirectory();

        RunIn(here.Path).Should().Be(ExitCode.Success);
        RunIn(here.Path).Should().Be(ExitCode.Success);

        File.Delete(Path.Combine(here.Path, "out", RunJournal.FileName));
        RunIn(here.Path).Should().Be(ExitCode.CannotRun);
    }

    private Outcome RunWithoutForce() => Shell.Run("run", "--features", _suite.Features, "--out", _suite.Out, "--tag", SmallSuite.Passing);

    private int RunIn(string directory)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "pmip-conformance.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "run", "--features", _suite.Features, "--tag", SmallSuite.Passing])
            {
                WorkingDirectory = directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Refused(Outcome outcome, string reason)
    {
        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome.Error.Should().Contain(reason);
        outcome.Output.Should().BeEmpty();
    }
}
