using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
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
/// Tells the earlier session of a mobile node from a new one by independent traits: the link-local address, which stays with a session (RFC
/// 5213, Section 5.3.6), and the prefixes and IPv4 home addresses, which no two sessions share (Section 5.2; RFC 5844, Section 3).
/// </summary>
/// <param name="Text">What the traits say, for the reader of a result.</param>
/// <param name="IsAskedFor">True if the request names prefixes or IPv4 home addresses, which a new session may have, too.</param>
internal sealed record SessionEvidence(SessionIdentity Identity, string Text, bool IsAskedFor)
{
    /// <param name="exchange">A registration that was accepted; its answer was noted.</param>
    public static SessionEvidence Of(Exchange exchange, WireEdition edition)
    {
        var node = exchange.Node!;
        var stated = exchange.Answer!.Mobility!.First(LinkLocalAddressKind.Type)?.Address;
        var isAskedFor = AsksForAddresses(exchange.Message, edition);
        var (address, home) = (OfAddress(node, stated), Joined(OfPrefixes(node), OfIpv4(node)));
        var identity = (address, home) switch
        {
            (SessionIdentity.Unknown, _) => home,
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
                + $"prefixes {Words(node.Session.Prefixes)}, before {Words(node.EarlierPrefixes)}"
                + (
                    node.AllowsIpv4 || node.Session.Ipv4Addresses.Count > 0
                        ? $"; IPv4 home addresses {Words(node.Session.Ipv4Addresses)}, before {Words(node.EarlierIpv4Addresses)}"
                        : string.Empty
                ),
            isAskedFor
        );
    }

    private static bool AsksForAddresses(MobilityOctets request, WireEdition edition) =>
        request.All(HomeNetworkPrefixKind.Type).Any(option => !option.IsAllZeroPrefix)
        || (
            Ipv4RequestKind.Of(edition) is { } kind
            && request.All(kind.NumberIn(edition)).Any(option => !Ipv4RequestKind.Asked(option).Address.Equals(IPAddress.Any))
        );

    /// <summary>Of two traits that contradict each other, neither counts.</summary>
    private static SessionIdentity Joined(SessionIdentity one, SessionIdentity other) =>
        one == SessionIdentity.Unknown || one == other ? other
        : other == SessionIdentity.Unknown ? one
        : SessionIdentity.Unknown;

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

    /// <summary>The only address that a node may use is that of every session, so that it proves nothing.</summary>
    private static SessionIdentity OfIpv4(MobileNode node)
    {
        var now = node.Session.Ipv4Addresses.Select(assigned => assigned.Address).ToHashSet();
        var before = node.FormerIpv4Addresses.Select(others => others.Select(assigned => assigned.Address).ToList()).ToList();
        return now.Count == 0 || before[0].Count == 0 ? SessionIdentity.Unknown
            : !before.Any(others => others.Intersect(now).Any()) ? SessionIdentity.New
            : before.Any(now.SetEquals) && node.Kind != Ixit.FixedIpv4Kind ? SessionIdentity.PerhapsEarlier
            : SessionIdentity.Unknown;
    }

    private static string Words(IPAddress? address) => address?.ToString() ?? "none";

    private static string Words<T>(IReadOnlyList<T> addresses) => addresses.Count > 0 ? string.Join(", ", addresses) : "none";
}
