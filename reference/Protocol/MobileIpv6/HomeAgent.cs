using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// A home agent, RFC 6275, Section 10; with several care-of addresses of one home address by RFC 5648 or
/// draft-ietf-monami6-multiplecoa-04, and mobile networks by RFC 3963. Call <see cref="Handle"/> for every event, beginning with
/// <see cref="RoleInput.Started"/>, and <see cref="HandleTimeout"/> at <see cref="NextTimeout"/>; take all actions after each call.
/// </summary>
public sealed class HomeAgent : IRole
{
    private readonly HomeAgentState _state;

    /// <param name="settings">The configuration.</param>
    /// <param name="rules">The rules to apply; <see cref="HomeAgentRules.For(HomeAgentSettings)"/> them if null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public HomeAgent(HomeAgentSettings settings, HomeAgentRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _state = new HomeAgentState(settings, rules ?? HomeAgentRules.For(settings));
    }

    public Instant? NextTimeout => _state.Deadlines.Next;

    /// <summary>The bindings, by home address, for the host to display.</summary>
    public IReadOnlyList<MobileBinding> Bindings =>
        [.. _state.Bindings.All.OrderBy(binding => binding.Key.ToString(), StringComparer.Ordinal)];

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _state.Actions.TryTake(out action);

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.Started:
                _state.Rules.Started.Apply(_state);
                break;
            case RoleInput.Signal signal:
                Receive(signal, now);
                break;
            case RoleInput.AddressTested tested:
                Finish(tested, now);
                break;
            case RoleInput.UnverifiedHomeAddress packet:
                _state.Rules.UnverifiedHomeAddress.Apply(new UnverifiedPacket(_state, packet));
                break;
            case RoleInput.Icmp icmp:
                Receive(icmp);
                break;
            case RoleInput.Udp
            or RoleInput.PathMtuChanged
            or RoleInput.Administer
            or RoleInput.LinkUp
            or RoleInput.LinkDown
            or RoleInput.AddressUsable
            or RoleInput.AddressGone
            or RoleInput.DefaultRouter
            or RoleInput.TunnelledPacket:
                break; // bindings do not depend on these inputs
            default:
                throw new UnreachableException($"Unknown kind of input: {input.GetType()}");
        }
    }

    public void HandleTimeout(Now now)
    {
        while (_state.Deadlines.TryTakeDue(now.Monotonic, out var deadline))
        {
            switch (deadline)
            {
                case HomeAgentDeadline.EndOfBinding end:
                    Apply(_state.Rules.EndOfBinding, end.Binding);
                    break;
                case HomeAgentDeadline.RefreshDue due:
                    Apply(_state.Rules.RefreshDue, due.Binding);
                    break;
                case HomeAgentDeadline.EndOfSequenceNumber end:
                    _state.Numbers.Forget(end.Scope);
                    break;
                default:
                    throw new UnreachableException($"Unknown kind of deadline: {deadline.GetType()}");
            }
        }
    }

    private void Apply(RuleList<MobileBindingEvent> rules, BindingKey key)
    {
        if (_state.Bindings.Find(key) is { } binding)
        {
            rules.Apply(new MobileBindingEvent(_state, binding));
        }
    }

    private void Receive(RoleInput.Signal signal, Now now)
    {
        if (!_state.Rules.IsForHomeAgent(_state, signal.Path))
        {
            _state.Actions.Log("OtherDestination", $"a message to {signal.Destination} is not addressed to this home agent");
            return;
        }

        var received = new ReceivedSignal(signal, _state.Actions) { IsProtectionRequired = _state.Settings.ProtectionRequired };
        if (_state.Rules.MobilityHeader.Apply(received) == RuleOutcome.Stop)
        {
            return;
        }
        if (received.Message is not BindingUpdate update)
        {
            _state.Actions.Log("UnexpectedMessage", $"MH Type {received.Bytes[2]} from {signal.Source} is not for a home agent");
            return;
        }
        if (_state.Rules.Protection.Apply(received) == RuleOutcome.Continue)
        {
            Begin(new HomeRegistration(_state, signal, update, now));
        }
    }

    /// <summary>Messages for a home address under test are decided in the order in which they have come.</summary>
    private void Begin(HomeRegistration request)
    {
        if (_state.Tests.TryGetValue(request.Home, out var running))
        {
            running.Waiting.Add(request);
            return;
        }

        Process(request);
        if (request.IsWaiting)
        {
            _state.Tests[request.Home].Waiting.Add(request);
        }
    }

    private void Process(HomeRegistration request)
    {
        _state.Rules.BindingUpdate.Apply(request);
        if (request.Status is not { } status)
        {
            return;
        }

        var answer = new HomeAcknowledgement(request, status);
        _state.Rules.Acknowledgement.Apply(answer);
        if (answer.ToMessage() is { } message)
        {
            Send(answer, message);
        }
        else
        {
            _state.Actions.Log("AnswerTooLong", $"the answer to {request.Signal.Source}, {answer.Status}, has no room in a message");
        }
    }

    /// <summary>The entry of the neighbour cache for an answer is there for that answer alone, unless a home binding has it.</summary>
    private void Send(HomeAcknowledgement answer, BindingAcknowledgement message)
    {
        var (home, kept) = (answer.Request.Home, _state.Find(answer.Request.Home)?.Neighbor);
        var isForAnswer = answer is { Link: not null, Neighbor: not null } && answer.Neighbor != kept;
        if (isForAnswer)
        {
            _state.Actions.Add(new RoleAction.AddNeighbor(_state.Settings.HomeLink, home, answer.Neighbor!.Value));
        }
        _state.Actions.Add(
            new RoleAction.SendSignal(answer.Path, answer.Path.Complete(message)) { Link = answer.Link, ProtectedFor = answer.ProtectedFor }
        );
        if (isForAnswer)
        {
            _state.Actions.Add(
                kept is { } address
                    ? new RoleAction.AddNeighbor(_state.Settings.HomeLink, home, address)
                    : new RoleAction.RemoveNeighbor(_state.Settings.HomeLink, home)
            );
        }
    }

    private void Finish(RoleInput.AddressTested tested, Now now)
    {
        var (home, test) = _state.Tests.FirstOrDefault(test => test.Value.Pending.Contains(tested.Address));
        if (home is null || tested.Link != _state.Settings.HomeLink)
        {
            return;
        }

        test.Pending.Remove(tested.Address);
        if (tested.IsUnique && test.Pending.Count > 0)
        {
            return;
        }

        _state.Tests.Remove(home);
        foreach (var request in test.Waiting)
        {
            Process(request.Again(now, tested.IsUnique));
        }
    }

    private void Receive(RoleInput.Icmp icmp)
    {
        if (Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _) && message is MobilePrefixSolicitation solicitation)
        {
            _state.Rules.PrefixDiscovery.Apply(new PrefixRequest(_state, icmp, solicitation));
        }
    }
}
