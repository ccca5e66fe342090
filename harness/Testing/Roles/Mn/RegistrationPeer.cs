using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What home agent and correspondent node around a mobile node under test have in common: they take and answer updates.</summary>
/// <param name="address">The address of the peer.</param>
/// <param name="takesIpv4">True for a peer that can reach an IPv4 care-of address.</param>
public abstract class RegistrationPeer(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids,
    IPAddress address,
    bool isHomeAgent,
    bool takesIpv4
)
{
    /// <summary>40 s, so that a device which is used for many scenarios is free of bindings soon.</summary>
    private const ushort LongestUnits = 10;

    /// <summary>The name of the mobile node in durations: <c>the lifetime of the MN</c>.</summary>
    private const string NodeName = "the MN";

    private readonly List<RequestedUpdate> _updates = [];
    private readonly HashSet<int> _refreshes = [];

    /// <summary>What the words of a scenario are about: the mobile node has no identity of the bed's pool.</summary>
    private readonly MobileNode _node = new(session.Tested);

    public IPAddress Address => address;

    public PeerCache Cache { get; } = new(session.Scenario.Edition.Wire, isHomeAgent, takesIpv4);

    public PeerPolicy Policy { get; } = new();

    /// <summary>True once the peer has rejected an update, or a BID in one.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>The updates that have come, in their order.</summary>
    public IReadOnlyList<RequestedUpdate> Updates => _updates;

    protected TestSession Session => session;

    protected MobileNodeLinks Links => links;

    protected MobileNodeEvents Events => events;

    protected WireEdition Edition => session.Scenario.Edition.Wire;

    protected IPAddress Home => links.Known.HomeAddress;

    /// <summary>The bindings that the peer has now.</summary>
    public IReadOnlyList<PeerBinding> Bindings => Cache.Bindings.At(session.Bed.Now);

    /// <summary>Takes an update that is for this peer.</summary>
    public void Take(RequestedUpdate update)
    {
        _updates.Add(update);
        bids.Note(update);
        Notice(update);
        if (IsRefresh(update))
        {
            _refreshes.Add(update.Packet.Frame.Number);
        }

        var isForbidden = IsForbidden(update);
        if ((!Policy.IsSilent || isForbidden is not null) && update.Home.Equals(Home) && IsAuthentic(update))
        {
            Answer(Policy.IgnoresBids ? RequestedUpdate.In(update.Packet, WireEdition.Rfc6275)! : update, isForbidden);
        }
    }

    /// <summary>
    /// True for an update that has extended bindings which were near their end, as a mobile node has to (RFC 6275, Section 11.7.1).
    /// </summary>
    public bool WasRefresh(Packet update) => _refreshes.Contains(update.Frame.Number);

    /// <summary>Changes a message as a step says, as far as it has the options that are to be changed.</summary>
    protected void Edit(MessageDraft draft, EditList edits, ushort lastSequenceNumber) =>
        new DraftEditor(session, _node, lastSequenceNumber).Apply(
            draft,
            new EditList([.. edits.Edits.Where(edit => edit.References.All(reference => Has(draft, reference)))])
        );

    private bool Has(MessageDraft draft, OptionReference reference) =>
        MobilityOptionKind.Named(reference.Name, Edition) is not { } kind
        || draft.Options.Count(option => option.Type == kind.NumberIn(Edition)) >= reference.Number;

    /// <summary>Learns what an update says beside its bindings.</summary>
    protected virtual void Notice(RequestedUpdate update) { }

    /// <summary>False for an update that the peer drops without an answer.</summary>
    protected abstract bool IsAuthentic(RequestedUpdate update);

    /// <summary>What the peer has to reject before it looks at its bindings; null if nothing.</summary>
    protected virtual byte? Fault(RequestedUpdate update) => null;

    /// <summary>Adds what the acknowledgement of such a peer has beside the BID options.</summary>
    protected virtual void Complete(MessageDraft draft, RequestedUpdate update, AnswerChanges changes) { }

    /// <summary>Sends an acknowledgement.</summary>
    /// <returns>Null if it is not sent yet.</returns>
    protected abstract Frame? Send(MessageDraft draft, RequestedUpdate update);

    private bool IsRefresh(RequestedUpdate update) =>
        !update.IsDeregistration
        && update.Entries.All(entry =>
            Cache.Bindings.Find(entry.Bid, update.At) is { } known
            && (entry.CareOf ?? known.CareOf).Equals(known.CareOf)
            && (entry.Bid is not null || update.PlainCareOf.Equals(known.CareOf))
            && update.At - known.From >= (known.Until - known.From) / 2
        );

    /// <summary>
    /// True if an update ends what nothing in the scenario has begun: the mobile node may still have bindings of an earlier one, whose end
    /// it could not tell. What a scenario says of answers is not about that.
    /// </summary>
    private bool IsOfEarlier(RequestedUpdate update) =>
        update is { IsDeregistration: true, HasIdentifiers: true }
        && update.Entries.All(entry => !entry.IsHome && !Cache.Bindings.HasGranted(entry.Bid!.Value));

    /// <summary>The status of what the peer forbids; null for what it allows.</summary>
    private byte? IsForbidden(RequestedUpdate update) =>
        update is { HasIdentifiers: true } && Policy.ForbidsSeveral ? Cache.Prohibited
        : update.Entries.Count > 1 && Policy.ForbidsBulk ? Cache.Bulk
        : null;

    private void Answer(RequestedUpdate update, byte? forbidden)
    {
        var isOfEarlier = IsOfEarlier(update);
        var changes = isOfEarlier ? AnswerChanges.Nothing : Policy.Take([.. update.Entries.Select(entry => bids.LinkOf(update, entry))]);
        var draft = Draft(update, forbidden is { } status ? Rejection(update, status) : Decide(update, isOfEarlier), changes);
        Complete(draft, update, changes);
        Edit(draft, changes.Edits, update.Message.SequenceNumber);
        var answer = new MobilityOctets(draft.ToBytes(address, Home), offset: 0);
        Cache.Note(update, answer);
        HasRefused |=
            !isOfEarlier
            && (
                answer.Status >= MobilityOctets.FirstRejection
                || BindingIdentity.In(answer, Edition).Any(option => option.Status >= MobilityOctets.FirstRejection)
            );
        if ((update.Message.AcknowledgeFlag || draft.Status != 0) && Send(draft, update) is { } frame)
        {
            events.NoteAnswer(frame, changes != AnswerChanges.Nothing);
            NoteGrant(update, frame);
        }
    }

    /// <summary>Notes what has granted the lifetime of the mobile node, for durations in scenarios.</summary>
    private void NoteGrant(RequestedUpdate update, Frame frame)
    {
        if (!isHomeAgent || update.IsDeregistration || Packet.Of(frame) is not { Mobility.Status: < MobilityOctets.FirstRejection } answer)
        {
            return;
        }

        var node = session.Nodes.Named(NodeName);
        node.Binding.AcceptedRequest = new Exchange(update.Packet, node, session.Tested);
        node.Binding.AcceptedRequest.Add(answer);
    }

    private static PeerDecision Rejection(RequestedUpdate update, byte status) =>
        new(status, new Dictionary<int, byte>(), update.Message.SequenceNumber);

    private PeerDecision Decide(RequestedUpdate update, bool isOfEarlier)
    {
        if (!isOfEarlier && Policy.TakeStatus() is { } status)
        {
            return Rejection(update, status);
        }

        return Fault(update) is { } fault ? Rejection(update, fault) : Cache.Decide(update);
    }

    private MessageDraft Draft(RequestedUpdate update, PeerDecision decision, AnswerChanges changes)
    {
        var draft = new MessageDraft
        {
            IsAcknowledgement = true,
            Edition = Edition,
            ProxyFlag = false,
            Status = decision.Status,
            SequenceNumber = decision.SequenceNumber,
            LifetimeUnits = update.IsDeregistration ? (ushort)0 : Math.Min(update.Message.LifetimeUnits, LongestUnits),
        };
        if (update.HasIdentifiers)
        {
            draft.Options.AddRange(
                BindingIdentity
                    .In(update.Message, Edition)
                    .Select(asked => Copy(asked, decision.OfBids.GetValueOrDefault(asked.Bid), changes.CareOf))
            );
        }

        return draft;
    }

    /// <summary>An option of an update without its care-of address, unless a step gives it one, and with a status.</summary>
    private MobilityOption Copy(BindingIdentity asked, byte status, IPAddress? careOf) =>
        asked.IsOfDraft
            ? new BindingUniqueIdentifierOption(
                (ushort)asked.Bid,
                (BindingStatus)status,
                asked.Overwrites,
                asked.IsHome,
                CareOfAddress: null
            )
            {
                OptionType = Edition.BindingUniqueIdentifierType,
            }
            : new BindingIdentifierOption((ushort)asked.Bid, (BindingStatus)status, asked.IsHome, careOf);
}
