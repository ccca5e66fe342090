using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// The messages of the peers of a mobile node under test that answer nothing: Binding Refresh Requests and Binding Errors.
/// </summary>
public sealed class MobileNodeRequests(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids,
    MobileNodeFieldWords words,
    HomeAgentPeer homeAgent,
    CorrespondentPeer correspondent
)
{
    private readonly MobileNode _node = new(session.Tested);

    private WireEdition Edition => session.Scenario.Edition.Wire;

    /// <summary>
    /// Sends a request to the home address, and so through the tunnel (RFC 6275, Section 6.1). Any packet in the tunnel may lead a mobile
    /// node to a registration with its sender (Section 11.7.2), so that the request of a node that has no binding has a type 2 routing
    /// header instead.
    /// </summary>
    /// <param name="places">The links whose BIDs it names; null for one without BID option.</param>
    public void Refresh(MobilityPeer peer, IReadOnlyList<PortId>? places, EditList edits)
    {
        var draft = Draft(options => new BindingRefreshRequest(options));
        draft.Options.AddRange((places ?? []).Select(place => Option(peer, place)));
        new DraftEditor(session, _node, lastSequenceNumber: 0).Apply(draft, words.Replaced(edits));
        var bindings = homeAgent.Bindings;
        var named = places is [var first, ..] ? bindings.FirstOrDefault(known => bids.LinkOf(known) == first) : null;
        var careOf = (named ?? (bindings is [var any, ..] ? any : null))?.CareOf;
        var packet = draft.ToPacket(AddressOf(peer), links.Known.HomeAddress);
        events.Begin();
        events.End(
            peer is MobilityPeer.HomeAgent or MobilityPeer.Correspondent || careOf is null
                ? homeAgent.Send(packet, careOf)
                : links.Send(
                    careOf,
                    correspondent.Routed(careOf, packet.Protocol, packet.Payload.ToArray()) with
                    {
                        Source = packet.Source,
                    }
                )
        );
    }

    /// <summary>
    /// Sends an error about the home address to the care-of address that was registered last (RFC 6275, Section 6.1.9).
    /// </summary>
    public void SendError(MobilityPeer peer, byte status, EditList edits)
    {
        var draft = Draft(options => new BindingError(status, links.Known.HomeAddress, options));
        new DraftEditor(session, _node, lastSequenceNumber: 0).Apply(draft, words.Replaced(edits));
        Send(peer, draft);
    }

    private void Send(MobilityPeer peer, MessageDraft draft)
    {
        var to =
            BindingsOf(peer).Concat(homeAgent.Bindings).Where(binding => !binding.IsHome).Select(binding => binding.CareOf).FirstOrDefault()
            ?? throw new StepFailedException("the mobile node has no care-of address to which a Binding Error could go");
        events.Begin();
        events.End(links.Send(to, draft.ToPacket(AddressOf(peer), to)));
    }

    private MessageDraft Draft(Func<MobilityOptionList, MobilityMessage> form) =>
        new()
        {
            IsAcknowledgement = false,
            Edition = Edition,
            Form = form,
        };

    private IPAddress AddressOf(MobilityPeer peer) =>
        peer switch
        {
            MobilityPeer.HomeAgent => homeAgent.Address,
            MobilityPeer.Correspondent => correspondent.Address,
            _ => correspondent.Other,
        };

    private IReadOnlyList<PeerBinding> BindingsOf(MobilityPeer peer) =>
        peer switch
        {
            MobilityPeer.HomeAgent => homeAgent.Bindings,
            MobilityPeer.Correspondent => correspondent.Bindings,
            _ => [],
        };

    private MobilityOption Option(MobilityPeer peer, PortId place)
    {
        var bid =
            BindingsOf(peer).FirstOrDefault(binding => bids.LinkOf(binding) == place)?.Bid
            ?? bids.Of(place)
            ?? throw new StepFailedException($"the mobile node has used no BID for {MobileNodeWanted.Words(place)}");
        return Mobility.BidOptions.Build(Edition, (ushort)bid, careOfAddress: null, isHome: false);
    }
}
