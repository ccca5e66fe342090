using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>The checks of the options of a Proxy Binding Update: RFC 5213, Sections 6.9.1.1 and 6.9.1.5.</summary>
internal static class UpdateOptions
{
    public const string FixedLinkLocalAddress = "fixed-mag-link-local-address";

    private const int EthernetAddressOctets = 6;

    public static Check<Update>[] All() =>
        [
            Present(MobileNodeIdentifierKind.Type, "rfc5213-6.9.1.1-k3 rfc5213-6.9.1.5-k5"),
            Present(HomeNetworkPrefixKind.Type, "rfc5213-6.9.1.1-k4 rfc5213-6.9.1.5-k6", update => !AsksForIpv4(update)),
            Present(HandoffIndicatorKind.Type, "rfc5213-6.9.1.1-k8 rfc5213-6.9.1.5-k7"),
            Present(AccessTechnologyTypeKind.Type, "rfc5213-6.9.1.1-k20 rfc5213-6.9.1.5-k8"),
            new("one ALL_ZERO prefix", "rfc5213-6.9.1.1-k7", OneAllZero),
            new("value of the Handoff Indicator", "rfc5213-6.9.1.1-k9", HandoffIndicatorValue),
            new("Handoff Indicator without hint", "rfc5213-6.9.1.1-k15", HandoffIndicatorWithoutHint),
            new("value of the Access Technology Type", "rfc5213-6.9.1.1-k21", AccessTechnology),
            new("no link-layer identifier of zeros", "rfc5213-6.9.1.1-k19", LinkLayerIdentifierOfZeros),
            new("the node's link-layer identifier", "rfc5213-6.9.1.1-k18", LinkLayerIdentifier),
            new("form of a link-layer identifier", "rfc5213-8.6-d1", LinkLayerIdentifierForm),
            new("no Link-local Address option", "rfc5213-6.9.1.1-k23", NoLinkLocalAddress),
            new("Link-local Address option", "rfc5213-6.9.1.1-k22", LinkLocalAddress),
        ];

    /// <summary>True for an update that need not have prefixes, because it asks for IPv4 (RFC 5844, Section 3.1.2.1).</summary>
    internal static bool AsksForIpv4(Update update) =>
        Ipv4RequestKind.Of(update.Session.Scenario.Edition.Wire) is { } kind && update.Has(kind.Number);

    private static Check<Update> Present(int type, string statements, Func<Update, bool>? applies = null)
    {
        var name = MobilityOptionKind.OfType(type).Name;
        var article = "AEIOU".Contains(name[0], StringComparison.Ordinal) ? "an" : "a";
        return new(
            $"{name} option",
            statements,
            update => applies?.Invoke(update) == false ? null : new(update.Has(type), $"{article} {name} option", "none")
        );
    }

    private static CheckResult? OneAllZero(Update update)
    {
        var prefixes = update.Message.All(HomeNetworkPrefixKind.Type).ToList();
        return prefixes.Exists(option => option is { IsAllZeroPrefix: true, HasWrongLength: false })
            ? new(
                prefixes.Count == 1,
                "one Home Network Prefix option, as it is ALL_ZERO",
                $"{prefixes.Count} of them",
                prefixes[^1].Offset
            )
            : null;
    }

    /// <summary>The value of a de-registration is a statement of its own.</summary>
    private static CheckResult? HandoffIndicatorValue(Update update)
    {
        var most = (byte)(
            update.IsExtension || update.IsInDoubt || update.IsDeregistration
                ? HandoffIndicator.HandoffStateNotChanged
                : HandoffIndicator.HandoffStateUnknown
        );
        return update.Given(HandoffIndicatorKind.Type) is { } given
            ? new(given.Value >= 1 && given.Value <= most, $"a Handoff Indicator from 1 to {most}", $"{given.Value}", given)
            : null;
    }

    /// <summary>While the departure of a node may not have been noticed, the hint of its arrival counts.</summary>
    private static CheckResult? HandoffIndicatorWithoutHint(Update update) =>
        update.Node is not ({ Hint: 2 or 3 } or { Binding.IsInDoubt: true, EarlierHint: 2 or 3 })
        && update.Given(HandoffIndicatorKind.Type) is { } given
            ? new(
                given.Value is not (2 or 3),
                "a Handoff Indicator other than 2 and 3, as nothing indicated a handoff to the MAG",
                $"{given.Value}",
                given
            )
            : null;

    private static CheckResult? AccessTechnology(Update update)
    {
        var wanted = update.Session.Ixit.AccessTechnologyType;
        return update.Given(AccessTechnologyTypeKind.Type) is { } given
            ? new(given.Value == wanted, $"Access Technology Type {wanted}, that of the access link", $"{given.Value}", given)
            : null;
    }

    private static CheckResult? LinkLayerIdentifierOfZeros(Update update) =>
        update.Given(MobileNodeLinkLayerIdentifierKind.Type) is { } given
            ? new(
                given.LinkLayerIdentifier.Span.ContainsAnyExcept((byte)0),
                "no Mobile Node Link-layer Identifier option that is ALL_ZERO",
                "an ALL_ZERO identifier",
                given
            )
            : null;

    private static CheckResult? LinkLayerIdentifier(Update update)
    {
        // If the identity is bound to the port, the MAG does not know the node's link-layer address.
        if (update.Node is not { Identity.Number: not 0 } node)
        {
            return null;
        }

        var given = update.Given(MobileNodeLinkLayerIdentifierKind.Type);
        return new(
            given?.LinkLayerIdentifier.Span.SequenceEqual(node.Identity.LinkLayer.ToArray()) ?? false,
            $"a Mobile Node Link-layer Identifier option with {node.Identity.LinkLayer}",
            given is null ? "none" : Convert.ToHexStringLower(given.LinkLayerIdentifier.Span),
            given
        );
    }

    /// <summary>
    /// RFC 4861, Section 4.6: a link-layer address as RFC 2464 says, 6 octets in the order in which they are transmitted. Which node they
    /// are of is a statement of its own.
    /// </summary>
    private static CheckResult? LinkLayerIdentifierForm(Update update)
    {
        if (update.Node is not { Identity.Number: not 0 } node || update.Given(MobileNodeLinkLayerIdentifierKind.Type) is not { } given)
        {
            return null;
        }

        var identifier = given.LinkLayerIdentifier.Span;
        return new(
            identifier.Length == EthernetAddressOctets
                && !identifier.SequenceEqual((byte[])[.. node.Identity.LinkLayer.ToArray().Reverse()]),
            $"a link-layer identifier of {EthernetAddressOctets} octets in the order of transmission",
            Convert.ToHexStringLower(identifier),
            given
        );
    }

    private static CheckResult? NoLinkLocalAddress(Update update) =>
        update.Session.Claims(FixedLinkLocalAddress)
            ? new(
                !update.Has(LinkLocalAddressKind.Type),
                "no Link-local Address option, as the address is fixed in this domain",
                "a Link-local Address option",
                update.Given(LinkLocalAddressKind.Type)
            )
            : null;

    private static CheckResult? LinkLocalAddress(Update update) =>
        update.Session.Claims(FixedLinkLocalAddress)
            ? null
            : new(update.Has(LinkLocalAddressKind.Type), "a Link-local Address option, as no address is fixed in this domain", "none");
}
