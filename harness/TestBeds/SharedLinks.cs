using Conformance.Testing.Peers;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds;

/// <summary>
/// Access links with several mobile nodes, which emulate a point-to-point link to each of them: RFC 5213, Section 6.3. A MAG has an access
/// link for each mobile node; the names of all but the first have a number after a stroke. Kernels have no such links.
/// </summary>
internal static class SharedLinks
{
    /// <summary>The ICS item.</summary>
    public const string Claim = "shared-link";

    private const char Stroke = '/';

    /// <summary>The settings of a MAG with two mobile nodes on link 1.</summary>
    public static MobileAccessGatewaySettings Share(MobileAccessGatewaySettings settings)
    {
        var shared = settings.AccessLinks.First(access => access.Link.Name == Ports.Access(1).Name);
        var second = shared with { Link = new LinkId($"{shared.Link.Name}{Stroke}2") };
        return settings with { AccessLinks = [.. settings.AccessLinks, second] };
    }

    /// <summary>The other of the two links that <see cref="Share"/> makes of link 1; null if the link is no such link.</summary>
    public static LinkId? OtherOn(LinkId link)
    {
        var (first, second) = (Ports.Access(1).Name, $"{Ports.Access(1).Name}{Stroke}2");
        return link.Name == first ? new LinkId(second)
            : link.Name == second ? new LinkId(first)
            : null;
    }

    /// <summary>The link that carries a point-to-point link: itself, if it is not shared.</summary>
    public static LinkId CarrierOf(LinkId link) => new(link.Name.Split(Stroke)[0]);
}
