using Conformance.Mutation;
using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

public sealed class MutationCommandTests
{
    [Theory]
    [InlineData("--sample 0", "--sample must be at least 1.")]
    [InlineData("--sample few", "Cannot parse argument 'few' for option '--sample' as expected type 'System.Int32'.")]
    [InlineData("--only A.cs:M:flag:1 --seed 2", "--seed has no effect with --only.")]
    [InlineData("--list --out FILE", "--out has no effect with --list.")]
    [InlineData("--seeds 1", "Unrecognized command or argument '--seeds'.")]
    [InlineData("--only A.cs:M:flag:1", "there is no mutant 'A.cs:M:flag:1'; --list shows all.")]
    [InlineData("--file Nowhere/*", "no file below reference/Protocol with a mutant matches 'Nowhere/*'.")]
    public void Mistake_IsOneLine_AndExitCode2(string arguments, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        MutationCommand.Run(arguments.Split(' '), output, error).Should().Be(ExitCode.CannotRun);

        error.ToString().Should().Be($"pmip-mutation: {message}{Environment.NewLine}");
        output.ToString().Should().BeEmpty();
    }

    [Fact]
    public void WrongStatus_IsKilled_AndInTheTable()
    {
        using var directory = new Capture.TemporaryDirectory();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var table = Path.Combine(directory.Path, "mutants.tsv");
        const string id = "LocalMobilityAnchor/ProxyBindingUpdateRules.cs:HandoffIndicatorPresent:constant:1";

        MutationCommand.Run(["--only", id, "--out", table], output, error).Should().Be(ExitCode.Success, error.ToString());

        output.ToString().Should().Contain("killed/non-equivalent: 1/1 (100 %): 1 by a finding");
        File.ReadAllLines(table)[1].Should().StartWith($"{id}\t").And.MatchRegex(@"\tkilled\tTC-LMA-[A-Za-z0-9-]+\trfc5213-5\.3\.1-k\d+");
    }

    [Fact]
    public void List_ShowsTheMutantsThatWouldRun()
    {
        using var output = new StringWriter();

        MutationCommand
            .Run(["--list", "--sample", "2", "--file", "LifetimeField.cs"], output, TextWriter.Null)
            .Should()
            .Be(ExitCode.Success);

        output
            .ToString()
            .TrimEnd()
            .Split(Environment.NewLine)
            .Should()
            .HaveCount(2)
            .And.OnlyContain(line => line.StartsWith("LifetimeField.cs:"));
    }
}
