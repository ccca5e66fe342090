using Conformance.Mutation;

namespace Conformance.Harness.Tests.Mutation;

/// <summary>Small sources in place of the reference's.</summary>
internal static class Snippets
{
    public const string File = "Roles/Role.cs";

    /// <summary>What the reference has, as far as operators know it by name.</summary>
    private const string Known = """
        using System;
        using System.Collections.Generic;
        public enum RuleOutcome { Continue, Stop }
        public enum Status { Accepted, Refused, Unknown }
        public sealed class ActionQueue { public void Add(int action) { } public void Log(string text) { } }
        public sealed class DeadlineQueue { public void Set(int key, TimeSpan at) { } public bool Cancel(int key) => true; }
        public sealed record NamedRule(string Name, Func<int, RuleOutcome> Apply);
        public sealed class RuleList { public RuleList(params IEnumerable<NamedRule> rules) { } }
        public sealed record Node(int Id, int Peer) { public string Name { get; init; } = ""; public bool Up { get; init; } }
        """;

    /// <param name="members">The members of the class Role.</param>
    public static ReferenceSources Sources(string members, string file = File) =>
        new(
            new Dictionary<string, string>
            {
                ["Known.cs"] = Known,
                [file] = $$"""
                public sealed class Role(ActionQueue actions, DeadlineQueue deadlines, Node node)
                {
                    private int _count;
                    {{members}}
                }
                """,
            }
        );

    public static IReadOnlyList<Mutant> Mutants(string members, string file = File) =>
        [.. MutantFinder.Find(Sources(members, file)).Where(mutant => mutant.File == file)];

    /// <summary>The mutations of one operator: <c>a == b -> a != b</c>.</summary>
    public static IEnumerable<string> Mutations(string kind, string members) =>
        Mutants(members).Where(mutant => mutant.Operator == kind).Select(mutant => mutant.Mutation);
}
