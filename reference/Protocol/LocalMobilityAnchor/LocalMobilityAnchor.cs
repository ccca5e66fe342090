using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// A local mobility anchor, RFC 5213, Section 5. Call <see cref="Handle"/> for every event, beginning with
/// <see cref="RoleInput.Started"/>, and <see cref="HandleTimeout"/> at <see cref="NextTimeout"/>; take all actions after each call.
/// </summary>
public sealed class LocalMobilityAnchor : IRole
{
    private readonly AnchorState _state;

    /// <param name="settings">The configuration.</param>
    /// <param name="random">The source of link-local addresses.</param>
    /// <param name="rules">The rules to apply; <see cref="LocalMobilityAnchorRules.For"/> the settings if null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public LocalMobilityAnchor(LocalMobilityAnchorSettings settings, Random random, LocalMobilityAnchorRules? rules = null)
    {
        settings.Validate();
        _state = new AnchorState(settings, rules ?? LocalMobilityAnchorRules.For(settings), random);
    }

    /// <summary>The settings in force, which system management changes.</summary>
    public LocalMobilityAnchorSettings Settings => _state.Settings;

    /// <summary>A copy of the state, for the host to display.</summary>
    public AnchorSnapshot Snapshot() => new([.. _state.Bindings.Entries.OrderBy(entry => entry.Session.Number)]);

    public Instant? NextTimeout => _state.Deadlines.Next;

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _state.Actions.TryTake(out action);

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.Started { Saved: var saved }:
                Start(saved);
                break;
            case RoleInput.Signal signal:
                Receive(signal, now);
                break;
            case RoleInput.Administer { Action: var action }:
                _state.Rules.Administration.Apply(new AdministrativeRequest(_state, action));
                break;
            case RoleInput.Udp datagram:
                Receive(datagram, now);
                break;
            case RoleInput.Icmp
            or RoleInput.AddressTested
            or RoleInput.PathMtuChanged
            or RoleInput.UnverifiedHomeAddress
            or RoleInput.AddressUsable
            or RoleInput.AddressGone
            or RoleInput.DefaultRouter
            or RoleInput.TunnelledPacket
            or RoleInput.LinkUp
            or RoleInput.LinkDown:
                break; // sessions do not depend on these inputs
            default:
                throw new UnreachableException($"Unknown kind of input: {input.GetType()}");
        }
    }

    public void HandleTimeout(Now now)
    {
        while (_state.Deadlines.TryTakeDue(now.Monotonic, out var deadline))
        {
            if (deadline.Request is { } request)
            {
                Resume(request, now, hasWaited: true);
            }
            else if (_state.Bindings.Find(deadline.Session) is { } entry)
            {
                _state.Rules.EndOfSession.Apply(new EndingSession(_state, entry));
            }
        }
    }

    /// <summary>RFC 5213, Section 5.6.2: the LMA is the last router for all of its prefixes, including unassigned ones.</summary>
    private void Start(IReadOnlyDictionary<string, string> saved)
    {
        _state.Settings = VariableValue.Restore(_state.Settings, saved, AnchorVariables.TrySet);

        var owned = _state
            .Settings.MobileNodes.SelectMany(policy => policy.AuthorizedPrefixes)
            .Where(prefix => !_state.Settings.PrefixPool.Contains(prefix));
        foreach (var prefix in owned.Prepend(_state.Settings.PrefixPool).Distinct())
        {
            _state.Actions.Add(new RoleAction.AddRoute(new Route(prefix, new RouteTarget.Blackhole())));
        }

        // RFC 5844, Section 3.1.3: likewise the last router for the IPv4 home network.
        if (_state.Settings.Ipv4 is { HomeNetwork: var network })
        {
            _state.Actions.Add(new RoleAction.AddRoute(new Route(network, new RouteTarget.Blackhole())));
        }
        if (_state is { Settings.Ipv4Transport.Ports: var ports, Rules.Ipv4TransportPort: { } port })
        {
            _state.Actions.Add(port(ports));
        }
        if (_state.Settings.Ipv4 is { DhcpServerAddress: not null })
        {
            _state.Actions.Add(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages));
        }
    }

    private void Receive(RoleInput.Udp datagram, Now now)
    {
        if (DhcpMessage.TryParse(datagram.Payload.Span, out var request, out var error))
        {
            _state.Rules.DhcpServer.Apply(new AnchorDhcpExchange(_state, datagram, request, now));
        }
        else
        {
            _state.Actions.Log("DhcpMalformed", $"{datagram.Path.Source}: {error.Detail}");
        }
    }

    private void Receive(RoleInput.Signal signal, Now now)
    {
        if (!_state.Settings.IsAddressed(signal.Path))
        {
            _state.Actions.Log("OtherDestination", $"a message to {signal.Destination} is not addressed to this LMA");
            return;
        }

        var received = new ReceivedSignal(signal, _state.Actions) { IsProtectionRequired = _state.Settings.ProtectionRequired };
        if (_state.Rules.Protection.Apply(received) == RuleOutcome.Stop || _state.Rules.MobilityHeader.Apply(received) == RuleOutcome.Stop)
        {
            return;
        }

        if (received.Message is BindingUpdate update)
        {
            Process(_state.Rules.ProxyBindingUpdate, new RegistrationRequest(_state, signal, update, now));
        }
        else
        {
            _state.Actions.Log("UnexpectedMessage", $"MH Type {received.Bytes[2]} from {signal.Source} is not for an LMA");
        }
    }

    private void Process(RuleList<RegistrationRequest> rules, RegistrationRequest request)
    {
        rules.Apply(request);
        if (request.Status is { } status)
        {
            Answer(request, status);
        }

        // RFC 5213, Section 5.4.1.2(4): requests of the next MAG waited for this de-registration.
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
        if (draft.ToMessage() is { } message)
        {
            _state.Actions.Send(draft.Path, message, draft.ProtectedFor);
        }
        else
        {
            _state.Actions.Log("AnswerTooLong", $"the answer to {request.Signal.Source}, {draft.Status}, has no room in a message");
        }
    }
}
