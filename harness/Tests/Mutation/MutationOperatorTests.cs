using Conformance.Mutation;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Mutation;

/// <summary>Every operator makes the faults that it is named after, and no others.</summary>
public sealed class MutationOperatorTests
{
    public static TheoryData<string, string, string[]> Cases() =>
        new()
        {
            { "comparison", "bool M(int a, int b) => a == b;", ["a == b -> a != b"] },
            { "comparison", "bool M(int a, int b) => a < b;", ["a < b -> a >= b"] },
            { "comparison", "bool M(int a) => a is > 3;", ["> 3 -> <= 3"] },
            { "comparison", "bool M(object a) => a is null;", ["a is null -> a is not null"] },
            { "comparison", "bool M(object a) => a is not null;", ["a is not null -> a is null"] },
            { "boundary", "bool M(int a, int b) => a < b;", ["a < b -> a <= b"] },
            { "boundary", "bool M(int a) => a is >= 3;", [">= 3 -> > 3"] },
            { "boundary", "bool M(int a, int b) => a == b;", [] },
            { "condition", "void M(bool a) { if (a) { M(a); } }", ["a -> !(a)"] },
            { "condition", "void M(bool a) { if (!a) { M(a); } }", ["!a -> a"] },
            { "condition", "int M(bool a) => a ? 1 : 2;", ["a -> !(a)"] },
            { "condition", "int M(int a) => a == 3 ? 1 : 2;", [] },
            {
                "condition",
                "bool M() => node is { Id: 1, Peer: 2 };",
                ["node is { Id: 1, Peer: 2 } -> !(node is { Id: 1, Peer: 2 })", "Id: 1, -> (dropped)", ", Peer: 2 -> (dropped)"]
            },
            { "logical", "bool M(bool a, bool b) => a && b;", ["a && b -> a", "a && b -> b", "a && b -> (a || b)"] },
            { "logical", "int M(int? a, int b) => a ?? b;", ["a ?? b -> a", "a ?? b -> b"] },
            { "logical", "bool M(int a) => a is 1 or 2;", ["1 or 2 -> 1", "1 or 2 -> 2"] },
            { "flag", "bool M() => true;", ["true -> false"] },
            { "flag", "bool M() => node is { Up: false };", ["false -> true"] },
            { "constant", "int M() => 7;", ["7 -> 8", "7 -> 0"] },
            { "constant", "int M() => 0;", ["0 -> 1"] },
            { "constant", "Status M() => Status.Accepted;", ["Status.Accepted -> Status.Refused"] },
            { "constant", "Status M() => Status.Unknown;", ["Status.Unknown -> Status.Accepted"] },
            { "constant", "TimeSpan M() => TimeSpan.FromSeconds(7);", [] },
            { "constant", "RuleOutcome M() => RuleOutcome.Stop;", [] },
            { "outcome", "RuleOutcome M() => RuleOutcome.Stop;", ["RuleOutcome.Stop -> RuleOutcome.Continue"] },
            { "outcome", "bool M(RuleOutcome a) => a == RuleOutcome.Stop;", [] },
            { "arithmetic", "int M(int a, int b) => a + b;", ["a + b -> a - b"] },
            { "arithmetic", "void M() => ++_count;", ["++_count -> --_count"] },
            { "arithmetic", "string M(string a, string b) => a + b;", [] },
            {
                "timer",
                "TimeSpan M() => TimeSpan.FromSeconds(7);",
                ["TimeSpan.FromSeconds(7) -> (TimeSpan.FromSeconds(7) / 2)", "TimeSpan.FromSeconds(7) -> (TimeSpan.FromSeconds(7) * 2)"]
            },
            { "timer", "TimeSpan M(TimeSpan a, TimeSpan b) => a + b;", ["a + b -> ((a + b) / 2)", "a + b -> ((a + b) * 2)"] },
            { "timer", "bool M(TimeSpan a) => a > TimeSpan.Zero;", [] },
            { "timer", "void M() { deadlines.Cancel(1); }", ["deadlines.Cancel(1); -> ;"] },
            { "action", "void M() { actions.Add(1); }", ["actions.Add(1); -> ;"] },
            { "action", "IEnumerable<int> M() { yield return 1; }", ["yield return 1; -> ;"] },
            { "statement", "void M() { M(); }", ["M(); -> ;"] },
            { "statement", "void M() { actions.Add(1); deadlines.Cancel(1); _count = 1; }", [] },
            { "update", "void M() { _count = 1; }", ["_count = 1; -> ;"] },
            { "update", "void M() { _count++; }", ["_count++; -> ;"] },
            { "member", "Node M() => node with { Id = 1, Peer = 2 };", ["Id = 1, -> (dropped)", ", Peer = 2 -> (dropped)"] },
            { "member", "Node M() => new(1, 2) { Up = true };", ["Up = true -> (dropped)"] },
            { "argument", "int M(int a, int b) => M(a, b);", ["a, b -> b, a"] },
            { "argument", Two, [] },
            { "argument", "int M(int a, bool b) => M(a, b);", [] },
            { "argument", "int M(int a, int b) => Math.Min(a, b);", [] },
            { "key", "int M(Dictionary<int, int> known) => known[node.Id];", ["node.Id -> node.Peer"] },
            { "key", "bool M(int a) => node.Peer == a;", ["node.Peer -> node.Id"] },
            { "key", "bool M(List<int> a) => a.Count == 1;", [] },
            { "key", "bool M(string a) => node.Name == a;", [] },
            { "lookup", "int M(List<int> a) => a.First();", ["a.First() -> a.Last()"] },
            { "lookup", "IEnumerable<int> M(List<int> a) => a.Where(b => b > 1);", ["a.Where(b => b > 1) -> a"] },
            {
                "rule",
                Two,
                [
                    "new(\"A\", A), -> (dropped)",
                    ", new(\"B\", B) -> (dropped)",
                    "new(\"A\", A), new(\"B\", B) -> new(\"B\", B), new(\"A\", A)",
                ]
            },
        };

    private const string Two = """
        RuleList Rules { get; } = new(new("A", A), new("B", B));
        static RuleOutcome A(int a) => throw new();
        static RuleOutcome B(int a) => throw new();
        """;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Operator_MakesItsFaults(string kind, string members, string[] expected) =>
        Snippets.Mutations(kind, members).Should().BeEquivalentTo(expected);

    [Fact]
    public void EveryOperator_HasACase() =>
        Cases().Select(one => one.Data.Item1).Distinct().Should().BeEquivalentTo(MutationOperator.All.Select(kind => kind.Name));

    [Theory]
    [InlineData("void M() { actions.Log(node.Up ? \"1\" : \"2\"); }")]
    [InlineData("void M() => throw new ArgumentException(\"\", nameof(node.Up), new(\"\", 3 > 4 ? null : null));")]
    [InlineData("void Validate() { if (node.Id < 3) { _count = 1; } }")]
    [InlineData("string M() => $\"{node.Id + 1}\";")]
    public void WhatNoPacketShows_IsNotMutated(string members) => Snippets.Mutants(members).Should().BeEmpty();

    [Fact]
    public void MutantThatDoesNotCompile_IsLeftOut()
    {
        var sources = Snippets.Sources("int M(object a) { if (a is not int b) { return 1; } return b; }");
        var negated = MutantFinder.Find(sources).Single(mutant => mutant.Operator == "condition");

        sources.Errors().Should().BeEmpty();
        sources.Compiles(negated).Should().BeFalse();
        sources.Emit(negated).Should().BeNull();
        new MutationRun(sources).Compile([negated], 1).Should().BeEmpty();
        new MutationRun(sources).Compiling([negated]).Should().BeEmpty();
    }
}
