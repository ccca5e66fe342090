using Conformance.Testing.Statements;

namespace Conformance.Reports.Certification;

/// <summary>What a certification says of a class.</summary>
public enum ClassStatus
{
    /// <summary>Every scenario of the class that applies passed, and no requirement was seen violated in them.</summary>
    Conformant,

    NotConformant,

    /// <summary>The implementation claims none of the ICS items of the class.</summary>
    NotClaimed,

    /// <summary>The certification was not asked for the class.</summary>
    NotExamined,

    /// <summary>The class is claimed, but the suite has no scenario about a requirement of it that applies.</summary>
    NotExaminable,
}

/// <summary>The conclusion about a class for one role in one edition.</summary>
/// <param name="NotTested">Scenarios that apply and have no result, for whatever reason.</param>
/// <param name="NotApplicable">Scenarios whose conditions the claims do not meet.</param>
/// <param name="Violated">The requirements that scenarios of the class saw violated in passing.</param>
public sealed record ClassConclusion(
    string Class,
    string Title,
    string Role,
    Edition Edition,
    ClassStatus Status,
    int Pass,
    int Fail,
    int Inconclusive,
    int Error,
    int NotTested,
    int NotApplicable,
    IReadOnlyList<StatementId> Violated
)
{
    /// <summary>The scenarios that apply.</summary>
    public int Applicable => Pass + Fail + Inconclusive + Error + NotTested;
}
