using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// A correspondent node with route optimization, RFC 6275, Section 9, for mobile nodes with one or several care-of addresses. Call
/// <see cref="Handle"/> for every event, beginning with <see cref="RoleInput.Started"/>, and <see cref="HandleTimeout"/> at
/// <see cref="NextTimeout"/>; take all actions after each call.
/// </summary>
public sealed class CorrespondentNode : IRole
{
    private readonly CorrespondentState _state;

    /// <param name="settings">The configuration.</param>
    /// <param name="rules">The rules to apply, made for these settings.</param>
    /// <param name="random">The source of nonces and node keys.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public CorrespondentNode(CorrespondentNodeSettings settings, CorrespondentNodeRules rules, Random random)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _state = new CorrespondentState(settings, rules, random);
    }

    /// <summary>The configuration.</summary>
    public CorrespondentNodeSettings Settings => _state.Settings;

    /// <summary>A copy of the Binding Cache; of one home address the binding that was registered or renewed last is at the end.</summary>
    public IReadOnlyList<MobileBinding> Bindings => [.. _state.Bindings.All];

    public Instant? NextTimeout => _state.Deadlines.Next;

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _state.Actions.TryTake(out action);

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.Signal signal:
                Receive(signal, now);
                break;
            case RoleInput.UnverifiedHomeAddress unverified:
                _state.Rules.Unverified.Apply(new UnverifiedCorrespondentPacket(_state, unverified));
                break;
            case RoleInput.Started
            or RoleInput.Administer
            or RoleInput.Udp
            or RoleInput.Icmp
            or RoleInput.AddressTested
            or RoleInput.PathMtuChanged
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
                case CorrespondentDeadline.EndOfBinding end:
                    if (_state.Bindings.Find(end.Key) is { } ended)
                    {
                        _state.Rules.EndOfBinding.Apply(new CorrespondentBindingEvent(_state, ended));
                    }
                    break;
                case CorrespondentDeadline.Refresh refresh:
                    if (_state.Bindings.Find(refresh.Key) is { } ending)
                    {
                        _state.Rules.RefreshRequest.Apply(new RefreshRequestDraft(_state, ending));
                    }
                    break;
                default:
                    throw new UnreachableException($"Unknown kind of deadline: {deadline.GetType()}");
            }
        }
    }

    private void Receive(RoleInput.Signal signal, Now now)
    {
        if (signal.Path is not Ipv6Signaling || !signal.Destination.Equals(_state.Settings.Address))
        {
            _state.Actions.Log("OtherDestination", $"a message to {signal.Destination} is not addressed to this node");
            return;
        }

        var received = new ReceivedSignal(signal, _state.Actions);
        if (_state.Rules.MobilityHeader.Apply(received) == RuleOutcome.Stop)
        {
            return;
        }

        switch (received.Message)
        {
            case HomeTestInit { Cookie: var cookie, Options: var options }:
                Test(
                    _state.Rules.HomeTest,
                    new ReturnRoutabilityTest(_state, signal, options, now) { Cookie = cookie },
                    (test, answers) => new HomeTest(test.NonceIndex, test.Cookie, test.KeygenToken, answers)
                );
                break;
            case CareOfTestInit { Cookie: var cookie, Options: var options }:
                Test(
                    _state.Rules.CareOfTest,
                    new ReturnRoutabilityTest(_state, signal, options, now) { Cookie = cookie },
                    (test, answers) => new CareOfTest(test.NonceIndex, test.Cookie, test.KeygenToken, answers)
                );
                break;
            case BindingUpdate update:
                Decide(new CorrespondentRegistration(_state, signal, update, now));
                break;
            default:
                _state.Actions.Log("UnexpectedMessage", $"MH Type {received.Bytes[2]} from {signal.Source} is for a mobile node");
                break;
        }
    }

    private void Test(
        RuleList<ReturnRoutabilityTest> rules,
        ReturnRoutabilityTest test,
        Func<ReturnRoutabilityTest, MobilityOptionList, MobilityMessage> message
    )
    {
        if (rules.Apply(test) == RuleOutcome.Continue)
        {
            _state.Actions.Send(test.Path, message(test, new MobilityOptionList(test.Options)));
        }
    }

    private void Decide(CorrespondentRegistration request)
    {
        var rules = _state.Rules;
        if (
            rules.Update.Apply(request) == RuleOutcome.Continue
            && (!request.HasIdentities || rules.BindingIdentifiers.Apply(request) == RuleOutcome.Continue)
        )
        {
            (request.IsRemoval ? rules.Deletion : rules.Caching).Apply(request);
        }
        if (request.Status is not { } status)
        {
            return;
        }

        var draft = new CorrespondentAcknowledgement(request, status);
        if (rules.Acknowledgement.Apply(draft) == RuleOutcome.Continue)
        {
            _state.Actions.Send(draft.Path, draft.ToMessage());
        }
    }
}
