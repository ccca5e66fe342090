using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mobility;

/// <summary>Completes an update before it is edited and sent, as return routability demands.</summary>
/// <param name="careOf">The place whose care-of address the update is about.</param>
/// <returns>The edits that are still to be made.</returns>
public delegate EditList UpdateCompletion(MobileNode node, CareOf careOf, MessageDraft draft, EditList edits);

/// <summary>The Binding Updates of emulated mobile nodes to a home agent or correspondent node under test.</summary>
/// <param name="isHomeRegistration">True for those to a home agent.</param>
/// <param name="complete">Null for a home agent.</param>
public sealed class MobilityRequests(
    TestSession session,
    MobilityExchanges exchanges,
    MobileNodePeer peer,
    bool isHomeRegistration,
    UpdateCompletion? complete = null
)
{
    /// <summary>Less than MAX_RR_BINDING_LIFETIME (RFC 6275, Section 12), and no round number of minutes.</summary>
    private const ushort DefaultLifetimeUnits = 75;

    private static readonly CareOf _firstAddress = new(1);

    private WireEdition Edition => session.Scenario.Edition.Wire;

    private bool IsOfDraft => Edition.BindingIdentifier == BindingIdentifierLayout.Draft04;

    /// <inheritdoc cref="IMobilityUnderTest.Register"/>
    public void Register(MobileNode node, RequestedBindings bindings, CareOf? from, EditList edits) =>
        Send(node, from ?? bindings.First, bindings.First, Registration(node, bindings, from), edits);

    /// <inheritdoc cref="IMobilityUnderTest.RegisterMobileNetwork"/>
    public void RegisterMobileNetwork(MobileNode node, RequestedBindings bindings, EditList edits)
    {
        var draft = Registration(node, bindings, from: null);
        draft.Options.Add(new MobileNetworkPrefixOption(node.Identity.MobileNetwork));
        draft.Flags |= BindingUpdateFlags.MobileRouter;
        Send(node, bindings.First, bindings.First, draft, edits);
    }

    /// <inheritdoc cref="IMobilityUnderTest.Refresh"/>
    public void Refresh(MobileNode node, Bids bids, CareOf? from, EditList edits)
    {
        var draft = Draft(node, DefaultLifetimeUnits);
        draft.Options.AddRange(bids.All.Select(bid => Known(node, bid)));
        var place = PlaceOf(node, bids);

        // The care-of address of a known binding stays as it is (RFC 5648, Section 6.2); in the draft, it is the source.
        var isKept = !IsOfDraft && node.CareOfBindings.Of(bids.All[0]) is not null;
        Send(node, from ?? place, isKept ? place : from ?? place, draft, edits);
    }

    /// <inheritdoc cref="IMobilityUnderTest.Remove"/>
    public void Remove(MobileNode node, Bids bids, CareOf? from, EditList edits)
    {
        var draft = Draft(node, lifetimeUnits: 0);
        draft.Options.AddRange(bids.All.Select(bid => BidOptions.Build(Edition, bid, careOfAddress: null, isHome: false)));
        var place = from ?? PlaceOf(node, bids);
        Send(node, place, place, draft, edits);
    }

    /// <inheritdoc cref="IMobilityUnderTest.RemoveAll"/>
    public void RemoveAll(MobileNode node, CareOf? from, EditList edits)
    {
        var place = from ?? node.CareOfBindings.Last ?? _firstAddress;
        Send(node, place, place, Ending(node, place), edits);
    }

    /// <summary>Sends a message again, with the same octets unless edited.</summary>
    /// <exception cref="ScenarioFaultException">The node has sent no update.</exception>
    public void Repeat(MobileNode node, EditList edits)
    {
        var last = exchanges.LastOf(node) ?? throw new ScenarioFaultException($"{node.Name} has sent no Binding Update yet.");
        var from = node.Identity.PlaceOf(last.Request.IsMessageInUdp ? last.Request.Outer!.Source : last.Request.Ip!.Source)!;
        exchanges.Open(peer.Send(node, from, last.Draft!.Copy(), edits, last.Message.SequenceNumber));
    }

    /// <summary>The place of the first of these bindings; the first care-of address, if there is no such binding.</summary>
    private static CareOf PlaceOf(MobileNode node, Bids bids) => node.CareOfBindings.Of(bids.All[0])?.CareOf ?? _firstAddress;

    private MessageDraft Registration(MobileNode node, RequestedBindings bindings, CareOf? from)
    {
        var draft = Draft(node, DefaultLifetimeUnits);
        var namesAddresses = !IsOfDraft || bindings.All.Count > 1 || (from is not null && from != bindings.First);
        foreach (var (place, bid) in bindings.All)
        {
            if (bid is { } number)
            {
                draft.Options.Add(BidOptions.Build(Edition, number, namesAddresses ? node.AddressAt(place) : null, place.IsHome));
            }
            else
            {
                AddCareOfAddress(draft, node, place);
            }
        }

        AddLinkLayerAddress(draft, node, bindings.All.Any(binding => binding is { CareOf.IsHome: true, Bid: not null }));
        return draft;
    }

    /// <summary>A BID option that names a known binding: without care-of address, unless it is that of a home binding.</summary>
    private MobilityOption Known(MobileNode node, ushort bid) =>
        node.CareOfBindings.Of(bid) is { CareOf.IsHome: true }
            ? BidOptions.Build(Edition, bid, IsOfDraft ? null : node.AddressAt(CareOf.Home), isHome: true)
            : BidOptions.Build(Edition, bid, careOfAddress: null, isHome: false);

    private MessageDraft Ending(MobileNode node, CareOf place)
    {
        var draft = Draft(node, lifetimeUnits: 0);
        AddCareOfAddress(draft, node, place);
        return draft;
    }

    /// <summary>RFC 6275, Section 11.7.1, and RFC 5555, Section 3.1.2.</summary>
    private void AddCareOfAddress(MessageDraft draft, MobileNode node, CareOf place)
    {
        if (!place.IsHome && isHomeRegistration)
        {
            var address = node.AddressAt(place);
            draft.Options.Add(place.IsIpv4 ? new Ipv4CareOfAddressOption(address) : new AlternateCareOfAddressOption(address));
        }
    }

    /// <summary>RFC 5648, Section 5.6.3.</summary>
    private void AddLinkLayerAddress(MessageDraft draft, MobileNode node, bool isHomeBinding)
    {
        if (isHomeBinding && !IsOfDraft)
        {
            draft.Options.Add(
                new MobilityHeaderLinkLayerAddressOption(
                    MobilityHeaderLinkLayerAddressOption.MobileNodeCode,
                    new OctetString(node.Identity.LinkLayer.ToArray())
                )
            );
        }
    }

    private MessageDraft Draft(MobileNode node, ushort lifetimeUnits)
    {
        session.Nodes.Bind(node);
        return new MessageDraft
        {
            IsAcknowledgement = false,
            IsOfMobileNode = true,
            Edition = Edition,
            ProxyFlag = false,
            Flags = isHomeRegistration ? BindingUpdateFlags.HomeRegistration | BindingUpdateFlags.LinkLocalCompatibility : 0,
            SequenceNumber = node.CareOfBindings.NextSequenceNumber((ushort)session.Random.Next(ushort.MaxValue)),
            LifetimeUnits = lifetimeUnits,
        };
    }

    private void Send(MobileNode node, CareOf from, CareOf careOf, MessageDraft draft, EditList edits)
    {
        draft.HomeAddress = from.IsHome || from.IsIpv4 ? null : node.AddressAt(CareOf.Home);
        var rest = complete?.Invoke(node, careOf, draft, edits) ?? edits;
        var last = exchanges.LastOf(node)?.Message.SequenceNumber ?? draft.SequenceNumber;
        exchanges.Open(peer.Send(node, from, draft, rest, last));
    }
}
