using System.Net;
using Conformance.Testing.Bed;

namespace Conformance.Testing.Roles.Mn;

/// <summary>Which Binding Identifiers the mobile node under test has given to its links: the first ones count.</summary>
public sealed class MobileNodeBids(MobileNodeLinks links)
{
    private readonly Dictionary<int, PortId> _linkOf = [];

    /// <summary>Notes what an update says of links, and of the care-of addresses there.</summary>
    public void Note(RequestedUpdate update)
    {
        foreach (var entry in update.Entries)
        {
            if (entry.Bid is { } bid && LinkOf(update, entry) is { } link)
            {
                _linkOf.TryAdd(bid, link);
            }

            if (entry is { CareOf: { } careOf, IsHome: false } && !update.IsDeregistration)
            {
                links.Note(careOf);
            }
        }
    }

    /// <summary>The BID of a link; null if it is not known.</summary>
    public int? Of(PortId link) =>
        _linkOf.Where(known => known.Value == link).Select(known => (int?)known.Key).FirstOrDefault()
        ?? (links.Known.BidOf.TryGetValue(link.Name, out var configured) ? configured : null);

    /// <summary>
    /// The link that an entry of an update is about; null if nothing says it. What ends the binding of a BID may come from any link.
    /// </summary>
    public PortId? LinkOf(RequestedUpdate update, RequestedEntry entry) =>
        entry.IsHome ? links.Home.Place
        : entry.CareOf is { } stated ? links.LinkOf(stated)
        : entry.Bid is { } bid && _linkOf.TryGetValue(bid, out var known) ? known
        : update.IsDeregistration && entry.Bid is not null ? null
        : links.LinkOf(update.PlainCareOf);

    /// <summary>
    /// True if an entry of an update is about a link. That of a home binding is about the home link, and about the link which the BID has
    /// been given to before.
    /// </summary>
    public bool IsAbout(RequestedUpdate update, RequestedEntry entry, PortId link) =>
        LinkOf(update, entry) == link || (entry is { IsHome: true, Bid: { } bid } && _linkOf.GetValueOrDefault(bid) == link);

    /// <summary>The links that an update is about.</summary>
    public IReadOnlyList<PortId> LinksOf(RequestedUpdate update) =>
        [.. update.Entries.Select(entry => LinkOf(update, entry)).OfType<PortId>().Distinct()];

    /// <summary>The link of a binding; null if its care-of address is on none.</summary>
    public PortId? LinkOf(PeerBinding binding) => binding.IsHome ? links.Home.Place : LinkOf(binding.CareOf);

    private PortId? LinkOf(IPAddress careOf) => links.LinkOf(careOf);
}
