using System.Net;
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

    New,
}

/// <summary>
/// Tells the earlier session of a mobile node from a new one by two independent traits: the link-local address, which stays with a session
/// (RFC 5213, Section 5.3.6), and the prefixes, which no two sessions share (Section 5.2).
/// </summary>
/// <param name="Text">What the traits say, for the reader of a result.</param>
internal sealed record SessionEvidence(SessionIdentity Identity, string Text)
{
    /// <param name="node">The node, for which the answer was noted.</param>
    /// <param name="answer">The answer that accepted the registration.</param>
    public static SessionEvidence Of(MobileNode node, MobilityOctets answer)
    {
        var stated = answer.First(LinkLocalAddressKind.Type)?.Address;
        var (address, prefixes) = (OfAddress(node, stated), OfPrefixes(node));
        var identity = (address, prefixes) switch
        {
            (SessionIdentity.Unknown, _) => prefixes,
            (_, SessionIdentity.Unknown) => address,
            (SessionIdentity.New, SessionIdentity.PerhapsEarlier) or (SessionIdentity.Earlier, SessionIdentity.New) =>
                SessionIdentity.Unknown,
            (SessionIdentity.PerhapsEarlier, SessionIdentity.New) => SessionIdentity.New,
            _ => address,
        };
        return new(
            identity,
            $"link-local address {Words(stated)}, before {Words(node.EarlierLinkLocalAddress)}; "
                + $"prefixes {Words(node.Session.Prefixes)}, before {Words(node.EarlierPrefixes)}"
        );
    }

    /// <summary>An address that the tester has drawn and the LMA has confirmed proves the session; an LMA may give its own twice.</summary>
    private static SessionIdentity OfAddress(MobileNode node, IPAddress? stated) =>
        stated is null || node.EarlierLinkLocalAddress is not { } before ? SessionIdentity.Unknown
        : !stated.Equals(before) ? SessionIdentity.New
        : before.Equals(node.Mark) ? SessionIdentity.Earlier
        : SessionIdentity.PerhapsEarlier;

    /// <summary>Provisioned prefixes are those of every session of the node, so that they prove nothing.</summary>
    private static SessionIdentity OfPrefixes(MobileNode node)
    {
        var (now, before) = (node.Session.Prefixes, node.EarlierPrefixes);
        return now.Count == 0 || before.Count == 0 ? SessionIdentity.Unknown
            : !now.Intersect(before).Any() ? SessionIdentity.New
            : now.ToHashSet().SetEquals(before) && node.Identity.ProvisionedPrefixes.Count == 0 ? SessionIdentity.PerhapsEarlier
            : SessionIdentity.Unknown;
    }

    private static string Words(IPAddress? address) => address?.ToString() ?? "none";

    private static string Words(IReadOnlyList<Ipv6Prefix> prefixes) => prefixes.Count > 0 ? string.Join(", ", prefixes) : "none";
}
