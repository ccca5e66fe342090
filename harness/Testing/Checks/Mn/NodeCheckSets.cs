using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Mn;

/// <summary>The checks of one edition on the messages of a mobile node.</summary>
internal abstract class NodeCheckSet(Edition edition) : ICheckSet
{
    public Edition Edition => edition;

    public IReadOnlyList<string> Roles { get; } = [MobilityCheck.MobileNode];

    public IReadOnlyList<Check> Checks =>
        [
            .. UpdateForm
                .All.Concat(UpdateIdentifiers.All)
                .Concat(UpdateReactions.All)
                .Concat(Renewals.All)
                .Concat(UpdateNumbers.All)
                .Concat(Retransmissions.All)
                .Concat(TestInits.All)
                .Concat(Authorizations.All)
                .Concat(LinkConduct.All)
                .Concat(Returns.All)
                .Concat(DualStackUpdates.All)
                .Concat(IdentifierForm.All)
                .Concat(HeaderForm.Of<NodeMessage>())
                .Select(check => check.In(edition, MobilityCheck.MobileNode))
                .OfType<Check>(),
        ];
}

internal sealed class NodeOfRfc6275() : NodeCheckSet(Edition.Rfc6275);

internal sealed class NodeOfDraft04() : NodeCheckSet(Edition.McoaDraft04);

internal sealed class NodeOfRfc5648() : NodeCheckSet(Edition.Rfc5648);
