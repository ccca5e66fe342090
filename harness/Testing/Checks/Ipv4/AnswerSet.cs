using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>The checks of one edition of IPv4 support on the answers of an LMA.</summary>
internal abstract class AnswerSet(string edition) : ICheckSet
{
    public Edition Edition { get; } = Edition.Find(edition)!;

    public IReadOnlyList<string> Roles { get; } = ["LMA"];

    public IReadOnlyList<Check> Checks =>
        [.. Ipv4Answers.All.Concat(AnswerTransport.All).Select(check => check.In(Edition)).OfType<Check>()];
}

internal sealed class AnswersOfRfc5844() : AnswerSet("rfc5844");

internal sealed class AnswersOfDraft04() : AnswerSet("ipv4-draft-04");

internal sealed class AnswersOfDraft02() : AnswerSet("ipv4-draft-02");
