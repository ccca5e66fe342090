namespace Conformance.Testing.Statements;

/// <summary>How a statement can be seen to hold or not.</summary>
public enum Testability
{
    /// <summary>In messages and packets alone.</summary>
    Wire,

    /// <summary>With a configuration or management action as well.</summary>
    Configuration,

    /// <summary>Not from outside.</summary>
    None,
}

/// <summary>One demand of a specification: a row of the register. The README beside the registers explains the columns.</summary>
public sealed record Statement
{
    public required StatementId Id { get; init; }

    /// <summary>The item in the section (<c>13.b2</c>: second bullet under item 13); empty for running text.</summary>
    public required string Item { get; init; }

    /// <summary>Line of the keyword or phrase in the specification's text file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The first 12 hexadecimal digits of the SHA-256 of the normalised sentence.</summary>
    public required string Hash { get; init; }

    /// <summary>The RFC 2119 keyword, or <c>declarative</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Whom it binds: LMA, MAG, MN, HA, CN, OP.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required Testability Testability { get; init; }

    /// <summary>The kinds of observation that decide it: <see cref="StatementRegister.Observations"/>.</summary>
    public required IReadOnlyList<string> Observed { get; init; }

    public required IReadOnlyList<Relation> Relation { get; init; }

    /// <summary>What is done about the statement other than to test it; null if scenarios test it.</summary>
    public required Disposal? Disposal { get; init; }

    /// <summary>What a tester checks, in our own words.</summary>
    public required string Paraphrase { get; init; }

    /// <summary>The file of the row, relative to the register's directory.</summary>
    public required string File { get; init; }

    /// <summary>The line of the row in <see cref="File"/>, from 1.</summary>
    public required int FileLine { get; init; }

    public bool IsPending => Disposal is Disposal.Pending;
}

/// <summary>What a statement has to do with other text.</summary>
public abstract record Relation
{
    private Relation() { }

    /// <summary>It refers to other rules: a section of its own document (<c>5.3.6</c>) or of another (<c>rfc2473</c>).</summary>
    public sealed record Pointer(string Section) : Relation
    {
        public override string ToString() => $"pointer:{Section}";
    }

    /// <summary>It says the same as another statement.</summary>
    public sealed record Same(StatementId Statement) : Relation
    {
        public override string ToString() => $"same:{Statement}";
    }

    /// <summary>A later edition has another demand in its place.</summary>
    public sealed record ReplacedBy(StatementId Statement) : Relation
    {
        public override string ToString() => $"replaced-by:{Statement}";
    }

    /// <summary>Another statement demands what this one rules out: no device can meet both.</summary>
    public sealed record Opposite(StatementId Statement) : Relation
    {
        public override string ToString() => $"opposite:{Statement}";
    }

    /// <summary>Another edition of the specification has nothing in its place.</summary>
    public sealed record AbsentIn(string Edition) : Relation
    {
        public override string ToString() => $"absent-in:{Edition}";
    }
}

/// <summary>What is done about a statement other than to test it.</summary>
public abstract record Disposal
{
    private Disposal() { }

    /// <summary>A scenario has to test it and does not yet.</summary>
    public sealed record Pending : Disposal
    {
        public override string ToString() => "pending";
    }

    /// <summary>There is nothing to see beyond other statements.</summary>
    public sealed record Pointer(IReadOnlyList<StatementId> CoveredBy) : Disposal
    {
        public override string ToString() => $"pointer: covered by {string.Join(' ', CoveredBy)}";
    }

    public sealed record NotTestable(string Reason) : Disposal
    {
        public override string ToString() => $"not testable: {Reason}";
    }
}
