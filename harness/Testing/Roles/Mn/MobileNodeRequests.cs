using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>The messages of the peers of a mobile node under test that answer nothing: Binding Refresh Requests and Binding Errors.</summary>
internal sealed class MobileNodeRequests(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids,
    MobileNodeFieldWords words,
    HomeAgentPeer homeAgent
)
{
    private readonly MobileNode _node = new(session.Tested);

    private WireEdition Edition => session.Scenario.Edition.Wire;

    /// <summary>Sends a request to the home address, and so through the tunnel (RFC 6275, Section 6.1).</summary>
    public void Refresh(RegistrationPeer peer, IReadOnlyList<PortId>? places, EditList edits)
    {
        var draft = Draft(options => new BindingRefreshRequest(options));
        draft.Options.AddRange((places ?? []).Select(place => Option(peer, place)));
        new DraftEditor(session, _node, lastSequenceNumber: 0).Apply(draft, words.Replaced(edits));
        var binding = places is [var first, ..]
            ? homeAgent.Bindings.FirstOrDefault(known => bids.LinkOf(known) == first)
            : homeAgent.Bindings.FirstOrDefault();
        events.Begin();
        events.End(
            homeAgent.Send(draft.ToPacket(peer.Address, links.Known.HomeAddress), (binding ?? homeAgent.Bindings.FirstOrDefault())?.CareOf)
        );
    }

    /// <summary>
    /// Sends an error about the home address to the care-of address that was registered last (RFC 6275, Section 6.1.9).
    /// </summary>
    public void SendError(RegistrationPeer peer, byte status, EditList edits)
    {
        var draft = Draft(options => new BindingError(status, links.Known.HomeAddress, options));
        new DraftEditor(session, _node, lastSequenceNumber: 0).Apply(draft, words.Replaced(edits));
        var to =
            (peer.Bindings.Concat(homeAgent.Bindings)).Where(binding => !binding.IsHome).Select(binding => binding.CareOf).FirstOrDefault()
            ?? throw new StepFailedException("the mobile node has no care-of address to which a Binding Error could go");
        events.Begin();
        events.End(links.Send(to, draft.ToPacket(peer.Address, to)));
    }

    private MessageDraft Draft(Func<MobilityOptionList, MobilityMessage> form) =>
        new()
        {
            IsAcknowledgement = false,
            Edition = Edition,
            Form = form,
        };

    private MobilityOption Option(RegistrationPeer peer, PortId place)
    {
        var bid =
            peer.Bindings.FirstOrDefault(binding => bids.LinkOf(binding) == place)?.Bid
            ?? bids.Of(place)
            ?? throw new StepFailedException($"the mobile node has used no BID for {MobileNodeWanted.Words(place)}");
        return Mobility.BidOptions.Build(Edition, (ushort)bid, careOfAddress: null, isHome: false);
    }
}
