using Conformance.Mutation;
using FluentAssertions;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

/// <summary>Mutants made by hand, one for each way in which a mutant may end.</summary>
public sealed class MutationRunTests
{
    private const string Anchor = "LocalMobilityAnchor/LocalMobilityAnchor.cs";
    private const string Handle = "public void Handle(RoleInput input, Now now)\n    {";

    private readonly ReferenceSources _sources = ReferenceSources.Load(Repository.Root);

    [Fact]
    public void MutantsThatDieInAnyWay_EndTheirOwnRunAlone()
    {
        var results = Run(
            new MutationRun(_sources),
            At(Anchor, Handle, "if (input is RoleInput.Signal) { Handle(input, now); }"),
            At(
                "LocalMobilityAnchor/EndOfSessionRules.cs",
                "RuleOutcome EntryDeleted(EndingSession ending)\n    {",
                "throw new InvalidOperationException(\"wrong\");"
            ),
            At(
                "LocalMobilityAnchor/LocalMobilityAnchorRules.cs",
                "LocalMobilityAnchorRules Default { get; } = ",
                "((Func<LocalMobilityAnchorRules>)(() => throw new InvalidOperationException(\"never\")))() ?? "
            ),
            At(Anchor, Handle, ";")
        );

        results
            .Select(result => result.Outcome)
            .Should()
            .Equal(MutantOutcome.Crash, MutantOutcome.Breakdown, MutantOutcome.Crash, MutantOutcome.Survived);
        results[0].Reason.Should().Be("the process died");
        results[1].Reason.Should().Contain("wrong");
        results[2].Reason.Should().StartWith("the reference cannot be set up").And.Contain("never");
    }

    [Fact]
    public void MutantThatHangs_TimesOut() =>
        Run(new MutationRun(_sources) { Patience = TimeSpan.FromSeconds(10) }, At(Anchor, Handle, "while (input is RoleInput.Signal) { }"))
            .Select(result => result.Outcome)
            .Should()
            .Equal(MutantOutcome.TimedOut);

    [Fact]
    public void Sections_AreThoseThatTheFileNames() =>
        MutationRun
            .SectionsIn("/// RFC 5213, Section 5.3.1, items 1-2.\nnew(\"6.9.1.2(3)\", \"X\", X), new(\"5.3.6 b5a\", \"Y\", Y)")
            .Should()
            .Equal("5.3.1", "6.9.1.2", "5.3.6");

    private static IReadOnlyList<Observed> Run(MutationRun run, params Mutant[] mutants)
    {
        var compiled = run.Compile(mutants, mutants.Length);
        compiled.Should().HaveSameCount(mutants);
        return [.. run.Run(compiled, _ => { }).Select(result => result.Observed)];
    }

    /// <summary>The mutant with a text inserted behind another.</summary>
    private Mutant At(string file, string behind, string text)
    {
        var at = _sources.TextOf(file).IndexOf(behind, StringComparison.Ordinal) + behind.Length;
        at.Should().BeGreaterThan(behind.Length);
        return new Mutant($"{file}:{text}", file, 1, "by hand", new TextSpan(at, 0), "", text, text);
    }
}
