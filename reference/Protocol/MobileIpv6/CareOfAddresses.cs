using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The care-of addresses that can be used, and their BIDs. The first address on a link has the BID of the link. A BID stays with its link
/// over another address, and over the loss and the return of the link (draft-ietf-monami6-multiplecoa-04, Section 2); a second address on
/// the link has one of its own (RFC 5648, Section 5.1).
/// </summary>
public sealed class CareOfAddresses
{
    private readonly List<Place> _places = [];

    /// <param name="settings">Has the links in their order, and the BIDs of links that have a fixed one.</param>
    public CareOfAddresses(MobileNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var link in settings.Links)
        {
            _places.Add(new Place(link, settings.Bids.TryGetValue(link, out var bid) ? bid : NextBindingId(settings)));
        }
    }

    /// <summary>Those that can be used, in the order of the links.</summary>
    public IReadOnlyList<CareOfAddress> Usable => [.. _places.Select(place => place.Address).OfType<CareOfAddress>()];

    /// <summary>The BID of the first address on a link.</summary>
    public ushort BindingIdOf(LinkId link) => PlaceOn(link).BindingId;

    /// <summary>Whether a care-of address can be used.</summary>
    public bool Has(IPAddress address) => Usable.Any(usable => usable.Address.Equals(address));

    /// <summary>An address can be used. It takes the place that it had before, otherwise a free one of its link.</summary>
    public void Add(LinkId link, IPAddress address, IpPrefix prefix)
    {
        var place =
            _places.Find(place => place.Link == link && place.Last?.Address.Equals(address) == true)
            ?? _places.Find(place => place.Link == link && place.Address is null)
            ?? AddPlace(link);
        place.Take(new CareOfAddress(link, address, prefix, place.BindingId));
    }

    /// <summary>An address cannot be used any more; false if it could not before.</summary>
    public bool Remove(LinkId link, IPAddress address)
    {
        var place = _places.Find(place => place.Link == link && place.Address?.Address.Equals(address) == true);
        place?.Leave();
        return place is not null;
    }

    private Place PlaceOn(LinkId link) => _places.Find(place => place.Link == link) ?? AddPlace(link);

    private Place AddPlace(LinkId link)
    {
        var place = new Place(link, (ushort)(_places.Max(other => other.BindingId) + 1));
        _places.Add(place);
        return place;
    }

    private ushort NextBindingId(MobileNodeSettings settings)
    {
        ushort bid = 1;
        while (_places.Exists(place => place.BindingId == bid) || settings.Bids.Values.Contains(bid))
        {
            bid++;
        }
        return bid;
    }

    private sealed class Place(LinkId link, ushort bindingId)
    {
        public LinkId Link => link;

        public ushort BindingId => bindingId;

        public CareOfAddress? Address { get; private set; }

        public CareOfAddress? Last { get; private set; }

        public void Take(CareOfAddress address) => Address = Last = address;

        public void Leave() => Address = null;
    }
}
