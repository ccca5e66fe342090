using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mn;

/// <summary>A binding that the tester, as the peer of the mobile node under test, has granted.</summary>
/// <param name="Bid">The Binding Identifier; null without one.</param>
/// <param name="At">When the update was sent.</param>
/// <param name="Until">The end of the granted lifetime.</param>
/// <param name="IsHome">True for the home binding of a node that uses home link and foreign links at once.</param>
public sealed record NodeBinding(int? Bid, IPAddress CareOf, DateTimeOffset At, DateTimeOffset Until, bool IsHome);

/// <summary>
/// What the frames tell of the bindings of a mobile node under test: its Binding Updates, and what the tester has answered in the place of
/// home agent and correspondent node. Nothing from before a restart counts.
/// </summary>
public sealed class NodeLedger
{
    /// <summary>The status by which a peer names the last Sequence Number that it has accepted (RFC 6275, Section 6.1.8).</summary>
    internal const byte OutOfWindow = 135;

    /// <summary>
    /// No message comes sooner after what has caused it: a packet of a simulated link takes 0.1 ms. What comes sooner was sent before.
    /// </summary>
    private static readonly TimeSpan _quickest = TimeSpan.FromMicroseconds(150);

    private readonly List<SentUpdate> _updates = [];
    private readonly Dictionary<IPAddress, List<NodeBinding>> _bindings = [];

    private readonly TestSession _session;

    /// <param name="addresses">The addresses of the mobile node and its peers.</param>
    /// <param name="traffic">What the tester has told the node before; null for nothing.</param>
    internal NodeLedger(TestSession session, MobileNodeAddresses addresses, NodeTraffic? traffic)
    {
        (_session, Addresses, Traffic) = (session, addresses, traffic ?? new NodeTraffic());
        Tokens = new ReturnTokens(session, addresses);
    }

    public MobileNodeAddresses Addresses { get; }

    internal ReturnTokens Tokens { get; }

    internal NodeTraffic Traffic { get; }

    internal IReadOnlyList<SentUpdate> Updates => _updates;

    /// <summary>The bindings at a peer whose lifetime is not over.</summary>
    public IReadOnlyList<NodeBinding> At(IPAddress peer) => [.. All(peer).Where(binding => binding.Until > _session.Bed.Now)];

    /// <summary>All bindings at a peer that were not removed, also those whose lifetime is over.</summary>
    internal IReadOnlyList<NodeBinding> All(IPAddress peer) => _bindings.GetValueOrDefault(peer) ?? [];

    internal IEnumerable<SentUpdate> To(IPAddress peer) => _updates.Where(update => update.Peer.Equals(peer));

    /// <summary>True if the mobile node has had time to see a packet of the tester before it sent one.</summary>
    internal bool HasSeen(Packet sent, Packet before) =>
        sent.Frame.Number < before.Frame.Number && sent.Frame.At + OnItsWay <= before.Frame.At && !IsLost(sent);

    /// <summary>True unless the mobile node surely sent a packet before it could see one of the tester.</summary>
    internal static bool MayHaveSeen(Packet sent, Packet before) =>
        sent.Frame.Number < before.Frame.Number && sent.Frame.At + _quickest <= before.Frame.At;

    /// <summary>True for a packet whose link changed while it was on its way.</summary>
    private bool IsLost(Packet sent) => _session.LinkChanges.Any(sent.Frame.Port, sent.Frame.At, sent.Frame.At + OnItsWay);

    private TimeSpan OnItsWay => _session.Bed.Facts.Tolerance + _quickest;

    /// <summary>The updates to a peer whose answer the mobile node has had time to see, in the order of the answers.</summary>
    internal IEnumerable<SentUpdate> AnsweredBy(IPAddress peer, Packet before) =>
        To(peer).Where(update => update.Answer is { } answer && HasSeen(answer, before)).OrderBy(update => update.Answer!.Frame.Number);

    /// <summary>
    /// The update with the last answer of a peer, if the mobile node has sent the peer no update of a kind since that answer; null
    /// otherwise.
    /// </summary>
    internal SentUpdate? JustAnswered(IPAddress peer, Packet before, Func<SentUpdate, bool> isNext) =>
        AnsweredBy(peer, before).LastOrDefault() is { Answer: { } answer } last
        && !To(peer).Any(update => update.Packet.Frame.Number > answer.Frame.Number && isNext(update))
        && !To(peer).Any(update => update.Answer is { } other && other.Frame.Number > answer.Frame.Number)
            ? last
            : null;

    /// <summary>True if a peer had a binding that was not over when an update was sent to it.</summary>
    internal bool WasBoundAt(SentUpdate update) =>
        To(update.Peer)
            .Any(sent =>
                sent is { IsRemoval: false, Answer: { Mobility: { Status: < MobilityOctets.FirstRejection } answer } }
                && sent.Packet.Frame.Number < update.Packet.Frame.Number
                && sent.At + SentUpdate.LifetimeOf(answer) > update.At
            );

    internal void Add(SentUpdate update) => _updates.Add(update);

    /// <summary>Notes a Binding Acknowledgement that the tester has sent.</summary>
    internal void Answer(Packet answer, MobilityOctets message)
    {
        var peer = answer.Ip!.Source;
        var update = To(peer).LastOrDefault(sent => sent.Answer is null && sent.Message.SequenceNumber == message.SequenceNumber);
        if (message.Status == OutOfWindow)
        {
            update = To(peer).LastOrDefault(sent => sent.Answer is null);
        }

        foreach (var sent in To(peer))
        {
            sent.IsAnswered = true;
        }

        if (update is null || !IsTaken(update, answer, message))
        {
            return;
        }

        update.Answer = answer;
        Note(update, message);
    }

    /// <summary>
    /// True if the mobile node has to take the answer. It may forget an update once it has sent a later one about the same binding.
    /// </summary>
    private bool IsTaken(SentUpdate update, Packet answer, MobilityOctets message) =>
        !message.HidesOptions
        && message.HasRightChecksum != false
        && answer.Ip!.UpperDestination.Equals(Addresses.HomeAddress)
        && (update.Packet.Esp is null) == (answer.Esp is null)
        && !_updates.Exists(later => later.Packet.Frame.Number > update.Packet.Frame.Number && later.Touches(update))
        && (update.Peer.Equals(Addresses.HomeAgent) || Tokens.KeysOf(update, All(update.Peer)).Any(proof => proof.Key.Fits(message)));

    /// <summary>
    /// A home agent that answers an update without BID option has one binding; after one with H, the mobile node has to expect that all
    /// are deleted (RFC 5648, Section 6.3).
    /// </summary>
    private void Note(SentUpdate update, MobilityOctets message)
    {
        var all = _bindings.TryGetValue(update.Peer, out var known) ? known : _bindings[update.Peer] = [];
        var answered = BindingIdentity.In(message, _session.Scenario.Edition.Wire);
        if (update.Identities.Count == 0 || answered.Count == 0)
        {
            if (message.Status < MobilityOctets.FirstRejection)
            {
                all.Clear();
                if (!update.IsRemoval && !update.Identities.Any(identity => identity.IsHome))
                {
                    all.Add(new(null, update.CareOfAddresses[0], update.At, Until(update, message), IsHome: false));
                }
            }

            return;
        }

        var accepted = update
            .Identities.Zip(update.CareOfAddresses)
            .Where(pair => update.StatusOf(pair.First.Bid, answered) < MobilityOctets.FirstRejection)
            .ToList();
        if (accepted.Count > 0 && update is { Overwrites: true, IsRemoval: false })
        {
            all.Clear();
        }

        foreach (var (identity, careOf) in accepted)
        {
            var before = all.Find(binding => binding.Bid == identity.Bid);
            all.RemoveAll(binding => binding.Bid == identity.Bid || binding.Bid is null);
            if (identity is { IsHome: true, IsOfDraft: true })
            {
                all.Add(new(identity.Bid, Addresses.HomeAddress, update.At, DateTimeOffset.MaxValue, IsHome: true));
            }
            else if (!update.IsRemoval)
            {
                var isStated = identity.IsOfDraft || identity.CareOf is not null || identity.Ipv4CareOf is not null;
                var registered = isStated ? careOf : before?.CareOf ?? careOf;
                all.Add(new(identity.Bid, registered, update.At, Until(update, message), identity.IsHome));
            }
        }
    }

    private DateTimeOffset Until(SentUpdate update, MobilityOctets message) =>
        _session.Bed.Now + (SentUpdate.LifetimeOf(message) < update.Lifetime ? SentUpdate.LifetimeOf(message) : update.Lifetime);
}
