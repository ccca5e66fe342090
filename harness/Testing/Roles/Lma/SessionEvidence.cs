using System.Net;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>Which session of a mobile node an accepted registration belongs to.</summary>
internal enum SessionIdentity
{
    /// <summary>The answers say nothing, or contradict each other.</summary>
    Unknown,

    /// <summary>The session has what the tester has put into the earlier one, and no other device could know.</summary>
    Earlier,

    /// <summary>The session has what the earlier one had; an LMA may have given the same to a new one.</summary>
    PerhapsEarlier,

    /// <summary>
    /// The session has not the address of the earlier one. A new session may have the prefixes that its request names, but an LMA may also
    /// have forgotten the address.
    /// </summary>
    PerhapsNew,

    New,
}

/// <summary>
/// Tells the earlier session of a mobile node from a new one by two independent traits: the link-local address, which stays with a session
/// (RFC 5213, Section 5.3.6), and the prefixes, which no two sessions share (Section 5.2).
/// </summary>
/// <param name="Text">What the traits say, for the reader of a result.</param>
/// <param name="IsAskedFor">True if the request names prefixes, which a new session may have, too.</param>
internal sealed record SessionEvidence(SessionIdentity Identity, string Text, bool IsAskedFor)
{
    /// <param name="exchange">A registration that was accepted; its answer was noted.</param>
    public static SessionEvidence Of(Exchange exchange)
    {
        var node = exchange.Node!;
        var stated = exchange.Answer!.Mobility!.First(LinkLocalAddressKind.Type)?.Address;
        var isAskedFor = exchange.Message.All(HomeNetworkPrefixKind.Type).Any(option => !option.IsAllZeroPrefix);
        var (address, prefixes) = (OfAddress(node, stated), OfPrefixes(node));
        var identity = (address, prefixes) switch
        {
            (SessionIdentity.Unknown, _) => prefixes,
            (_, SessionIdentity.Unknown) => address,
            (SessionIdentity.New, SessionIdentity.PerhapsEarlier) when isAskedFor => SessionIdentity.PerhapsNew,
            (SessionIdentity.New, SessionIdentity.PerhapsEarlier) or (SessionIdentity.Earlier, SessionIdentity.New) =>
                SessionIdentity.Unknown,
            (SessionIdentity.PerhapsEarlier, SessionIdentity.New) => SessionIdentity.New,
            _ => address,
        };
        return new(
            identity,
            $"link-local address {Words(stated)}, before {Words(node.EarlierLinkLocalAddress)}; "
                + $"prefixes {Words(node.Session.Prefixes)}, before {Words(node.EarlierPrefixes)}",
            isAskedFor
        );
    }

    /// <summary>An address that the tester has drawn and the LMA has confirmed proves the session; an LMA may give its own twice.</summary>
    private static SessionIdentity OfAddress(MobileNode node, IPAddress? stated) =>
        stated is null || node.EarlierLinkLocalAddress is null ? SessionIdentity.Unknown
        : !node.FormerLinkLocalAddresses.Contains(stated) ? SessionIdentity.New
        : node.IsMark(stated) ? SessionIdentity.Earlier
        : SessionIdentity.PerhapsEarlier;

    /// <summary>Provisioned prefixes are those of every session of the node, so that they prove nothing.</summary>
    private static SessionIdentity OfPrefixes(MobileNode node)
    {
        var (now, before) = (node.Session.Prefixes, node.FormerPrefixes);
        return now.Count == 0 || before[0].Count == 0 ? SessionIdentity.Unknown
            : !before.Any(others => others.Intersect(now).Any()) ? SessionIdentity.New
            : before.Any(now.ToHashSet().SetEquals) && node.Identity.ProvisionedPrefixes.Count == 0 ? SessionIdentity.PerhapsEarlier
            : SessionIdentity.Unknown;
    }

    private static string Words(IPAddress? address) => address?.ToString() ?? "none";

    private static string Words(IReadOnlyList<Ipv6Prefix> prefixes) => prefixes.Count > 0 ? string.Join(", ", prefixes) : "none";
}
