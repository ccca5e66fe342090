using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// A local mobility anchor, RFC 5213, Section 5. Call <see cref="Handle"/> for everything that happens, beginning with
/// <see cref="RoleInput.Started"/>, and <see cref="HandleTimeout"/> at <see cref="NextTimeout"/>; drain the actions after each.
/// </summary>
public sealed class LocalMobilityAnchor : IRole
{
    private readonly AnchorState _state;

    /// <param name="settings">Its configuration.</param>
    /// <param name="random">Where link-local addresses come from.</param>
    /// <param name="rules">What it does, where that is not <see cref="LocalMobilityAnchorRules.Default"/>.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public LocalMobilityAnchor(LocalMobilityAnchorSettings settings, Random random, LocalMobilityAnchorRules? rules = null)
    {
        settings.Validate();
        _state = new AnchorState(settings, rules ?? LocalMobilityAnchorRules.Default, random);
    }

    /// <summary>What it has and knows, for its host to show.</summary>
    public AnchorState State => _state;

    public Instant? NextTimeout => _state.Deadlines.Next;

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _state.Actions.TryTake(out action);

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.Started:
                Start();
                break;
            case RoleInput.Signal signal:
                Receive(signal, now);
                break;
            case RoleInput.Icmp or RoleInput.LinkUp or RoleInput.LinkDown:
                break; // nothing an anchor's sessions depend on
            default:
                throw new UnreachableException($"An input of an unknown kind: {input.GetType()}");
        }
    }

    public void HandleTimeout(Now now)
    {
        while (_state.Deadlines.TryTakeDue(now.Monotonic, out var deadline))
        {
            switch (deadline)
            {
                case AnchorDeadline.EndOfSession end:
                    if (_state.Bindings.Find(end.Session) is { } entry)
                    {
                        _state.Rules.EndOfSession.Apply(new EndingSession(_state, entry));
                    }
                    break;
                case AnchorDeadline.EndOfWait end:
                    Resume(end.Request, now, hasWaited: true);
                    break;
                default:
                    throw new UnreachableException($"A deadline of an unknown kind: {deadline.GetType()}");
            }
        }
    }

    /// <summary>RFC 5213, Section 5.6.2: the anchor is the last router for all of its prefixes, those that nobody has included.</summary>
    private void Start()
    {
        var owned = _state
            .Settings.MobileNodes.SelectMany(policy => policy.AuthorizedPrefixes)
            .Where(prefix => !_state.Settings.PrefixPool.Contains(prefix));
        foreach (var prefix in owned.Prepend(_state.Settings.PrefixPool).Distinct())
        {
            _state.Actions.Add(new RoleAction.AddRoute(new Route(prefix) { Blackhole = true }));
        }
    }

    private void Receive(RoleInput.Signal signal, Now now)
    {
        if (!signal.Destination.Equals(_state.Settings.Address))
        {
            _state.Actions.Log("OtherDestination", $"a message to {signal.Destination} is not for this anchor");
            return;
        }

        var received = new ReceivedSignal(signal, _state.Actions);
        if (_state.Rules.MobilityHeader.Apply(received) == RuleOutcome.Stop)
        {
            return;
        }

        if (received.Message is BindingUpdate update)
        {
            Process(_state.Rules.ProxyBindingUpdate, new RegistrationRequest(_state, signal, update, now));
        }
        else
        {
            _state.Actions.Log("UnexpectedMessage", $"MH Type {received.Bytes[2]} from {signal.Source} is not for an anchor");
        }
    }

    private void Process(RuleList<RegistrationRequest> rules, RegistrationRequest request)
    {
        rules.Apply(request);
        if (request.Status is { } status)
        {
            Answer(request, status);
        }

        // RFC 5213, Section 5.4.1.2(4): this is what the requests of the next gateway were waiting for.
        if (request is { Status: BindingStatus.ACCEPTED, Entry: BindingCacheEntry.PendingDeletion { Session: var session } })
        {
            foreach (var key in _state.Waiting.Where(waiting => waiting.Value.Session == session).Select(waiting => waiting.Key).ToList())
            {
                Resume(key, request.Now, hasWaited: false);
            }
        }
    }

    private void Resume(WaitingRequestKey key, Now now, bool hasWaited)
    {
        if (_state.Waiting.TryGetValue(key, out var waiting))
        {
            Process(_state.Rules.ExistenceTest, waiting.Request.Again(now, hasWaited));
        }
    }

    /// <summary>Item 14 of RFC 5213, Section 5.3.1.</summary>
    private void Answer(RegistrationRequest request, BindingStatus status)
    {
        var draft = new AcknowledgementDraft(request, status);
        _state.Rules.Acknowledgement.Apply(draft);
        _state.Actions.Send(draft.Source, draft.Destination, draft.ToMessage());
    }
}
