using Conformance.Testing.Bed;
using Conformance.Testing.Options;
using Conformance.Testing.Session;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>
/// The checks of what a Proxy Binding Update says by the identity and the profile of its mobile node: RFC 5213, Sections 6.2 and 6.6. The
/// mobile node is found by its link-layer address, so that a wrong identifier is seen.
/// </summary>
internal static class UpdateIdentity
{
    public static Check<Update>[] All() =>
        [
            new(
                "identifier of the attached node",
                "rfc5213-6.6-k8 rfc5213-6.9.1.1-k1",
                update => IsFirst(update) ? Identifier(update, "that of the mobile node on the link") : null
            ),
            new(
                "identifier in later updates",
                "rfc5213-6.6-k3",
                update => IsFirst(update) ? null : Identifier(update, "the same in every message about the mobile node")
            ),
            Of(
                Ixit.TemporaryKind,
                "lasting identifier",
                "rfc5213-6.6-k6",
                update => Identifier(update, "the lasting one of the mobile node")
            ),
            Of(Ixit.PseudonymKind, "pseudonym", "rfc5213-6.6-k7", update => Identifier(update, "the one from the policy store")),
            Of(Ixit.OtherAnchorKind, "LMA of the profile", "rfc5213-6.2-k4", UpdateChecks.Destination),
        ];

    private static Check<Update> Of(string kind, string name, string statement, Func<Update, CheckResult?> judge) =>
        new(name, statement, update => update.OfInterface?.Kind == kind ? judge(update) : null);

    private static bool IsFirst(Update update) =>
        update is { IsDeregistration: false, OfInterface.Binding: { IsRegistered: false, IsInDoubt: false } };

    private static CheckResult? Identifier(Update update, string which) =>
        update is { OfInterface: MobileNode node } && update.Given(MobileNodeIdentifierKind.Type) is { } given
            ? new(
                given.Identifier == node.Identity.Identifier,
                $"MN-Identifier {node.Identity.Identifier}, {which}",
                given.Identifier,
                given
            )
            : null;
}
