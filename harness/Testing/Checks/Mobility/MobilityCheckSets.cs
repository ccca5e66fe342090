using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>The checks of one edition on the messages of a home agent or of a correspondent node.</summary>
internal abstract class MobilityCheckSet(Edition edition, string role) : ICheckSet
{
    public Edition Edition => edition;

    public IReadOnlyList<string> Roles { get; } = [role];

    public IReadOnlyList<Check> Checks =>
        [
            .. BindingAnswers
                .All.Concat(AnswerIdentifiers.All)
                .Concat(IdentifierForm.All)
                .Concat(CopiedIdentifiers.All)
                .Concat(DualStackAnswers.All)
                .Concat(SentMessages.All)
                .Concat(TestMessages.All)
                .Select(check => check.In(edition, role))
                .OfType<Check>(),
        ];
}

internal sealed class HomeAgentOfRfc6275() : MobilityCheckSet(Edition.Rfc6275, MobilityCheck.HomeAgent);

internal sealed class HomeAgentOfDraft04() : MobilityCheckSet(Edition.McoaDraft04, MobilityCheck.HomeAgent);

internal sealed class HomeAgentOfRfc5648() : MobilityCheckSet(Edition.Rfc5648, MobilityCheck.HomeAgent);

internal sealed class CorrespondentOfRfc6275() : MobilityCheckSet(Edition.Rfc6275, MobilityCheck.Correspondent);

internal sealed class CorrespondentOfDraft04() : MobilityCheckSet(Edition.McoaDraft04, MobilityCheck.Correspondent);

internal sealed class CorrespondentOfRfc5648() : MobilityCheckSet(Edition.Rfc5648, MobilityCheck.Correspondent);
