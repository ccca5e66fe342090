using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Statements;

/// <summary>The means to observe whether a statement holds.</summary>
public enum Testability
{
    /// <summary>Messages and packets are sufficient.</summary>
    Wire,

    /// <summary>A configuration or management action is also necessary.</summary>
    Configuration,

    /// <summary>The statement cannot be observed from outside.</summary>
    None,
}

/// <summary>A role that a statement binds; OP is the operator of the network.</summary>
public enum BoundRole
{
    LMA,
    MAG,
    MN,
    HA,
    CN,
    OP,
}

/// <summary>One requirement of a specification: a row of the register. The README beside the registers explains the columns.</summary>
public sealed record Statement
{
    public required StatementId Id { get; init; }

    /// <summary>The item in the section (<c>13.b2</c>: second bullet under item 13); empty for running text.</summary>
    public required string Item { get; init; }

    /// <summary>Line of the keyword or phrase in the specification's text file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The first 12 hexadecimal digits of the SHA-256 of the normalised sentence.</summary>
    public required string Hash { get; init; }

    public required RequirementLevel Level { get; init; }

    public required IReadOnlyList<BoundRole> Roles { get; init; }

    public required Testability Testability { get; init; }

    /// <summary>The kinds of observation that decide the statement.</summary>
    public required IReadOnlyList<Observation> Observed { get; init; }

    public required IReadOnlyList<Relation> Relation { get; init; }

    /// <summary>The treatment of the statement other than by tests; null if scenarios test it.</summary>
    public required Disposal? Disposal { get; init; }

    /// <summary>The check of a tester, in our own words.</summary>
    public required string Paraphrase { get; init; }

    /// <summary>The file of the row, relative to the register's directory.</summary>
    public required string File { get; init; }

    /// <summary>The line of the row in <see cref="File"/>, from 1.</summary>
    public required int FileLine { get; init; }

    public bool IsPending => Disposal is Disposal.Pending;
}

/// <summary>The kinds of relation of a statement to another text.</summary>
public enum RelationKind
{
    /// <summary>
    /// The statement refers to other rules: a section of its own document (<c>5.3.6</c>) or of another (<c>rfc2473</c>).
    /// </summary>
    Pointer,

    /// <summary>The statement has the same meaning as another statement.</summary>
    Same,

    /// <summary>A later edition replaces the statement by another requirement.</summary>
    ReplacedBy,

    /// <summary>Another statement requires what this statement forbids: no device can meet both.</summary>
    Opposite,

    /// <summary>Another edition of the specification has no corresponding statement.</summary>
    AbsentIn,
}

/// <summary>The relation of a statement to another text.</summary>
/// <param name="Target">A section or document, the id of a statement, or an edition.</param>
/// <exception cref="FormatException">The kind needs a statement, and the target is not the id of one.</exception>
public sealed record Relation(RelationKind Kind, string Target)
{
    /// <summary>The words of the register, by kind.</summary>
    internal static readonly string[] Words = ["pointer", "same", "replaced-by", "opposite", "absent-in"];

    /// <summary>The other statement; null if the relation is to another text.</summary>
    public StatementId? Statement { get; } =
        Kind is RelationKind.Same or RelationKind.ReplacedBy or RelationKind.Opposite ? new StatementId(Target) : null;

    public override string ToString() => $"{Words[(int)Kind]}:{Target}";
}

/// <summary>The treatment of a statement other than by tests.</summary>
public abstract record Disposal
{
    private Disposal() { }

    /// <summary>A scenario must test the statement, but does not do so yet.</summary>
    public sealed record Pending : Disposal
    {
        public override string ToString() => "pending";
    }

    /// <summary>The statement adds nothing observable to other statements.</summary>
    public sealed record Pointer(IReadOnlyList<StatementId> CoveredBy) : Disposal
    {
        public override string ToString() => $"pointer: covered by {string.Join(' ', CoveredBy)}";
    }

    public sealed record NotTestable(string Reason) : Disposal
    {
        public override string ToString() => $"not testable: {Reason}";
    }
}
