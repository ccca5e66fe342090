using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// A mobile node, RFC 6275, Section 11; with several care-of addresses by RFC 5648 or draft-ietf-monami6-multiplecoa-04. Call
/// <see cref="Handle"/> for every event, beginning with <see cref="RoleInput.Started"/>, and <see cref="HandleTimeout"/> at
/// <see cref="NextTimeout"/>; take all actions after each call.
/// </summary>
public sealed class MobileNode : IRole
{
    private readonly MobileNodeState _state;
    private readonly MobileNodeRegistrations _registrations;

    /// <param name="settings">The configuration.</param>
    /// <param name="rules">The rules to apply, made for these settings.</param>
    /// <param name="random">The source of cookies and first Sequence Numbers.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public MobileNode(MobileNodeSettings settings, MobileNodeRules rules, Random random)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _state = new MobileNodeState(settings, rules, random);
        _registrations = new MobileNodeRegistrations(_state);
    }

    /// <summary>The configuration.</summary>
    public MobileNodeSettings Settings => _state.Settings;

    /// <summary>The acknowledged bindings, for the host to display; those at the home agent first.</summary>
    public IReadOnlyList<(System.Net.IPAddress Peer, MobileBinding Binding)> Bindings =>
        [
            .. _state.Peers.SelectMany(peer =>
                peer.Acknowledged.Select(binding =>
                    (
                        peer.Address,
                        new MobileBinding(
                            new BindingKey(Settings.HomeAddress, binding.BindingId),
                            binding.Registered!,
                            peer.SequenceNumber,
                            binding.EndsAt
                        )
                    )
                )
            ),
        ];

    public Instant? NextTimeout => _state.Deadlines.Next;

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _state.Actions.TryTake(out action);

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.Started:
                _state.Actions.Add(new RoleAction.AddHomeAddress(Settings.HomeAddress));
                _state.Rules.Started.Apply(_state);
                break;
            case RoleInput.AddressUsable usable:
                Attach(usable, now.Monotonic);
                break;
            case RoleInput.AddressGone gone:
                Detach(gone, now.Monotonic);
                break;
            case RoleInput.DefaultRouter router:
                Learn(router);
                break;
            case RoleInput.TunnelledPacket packet:
                _state.Rules.CorrespondentPacket.Apply(new MobileNodeCorrespondentPacket(_state, packet));
                break;
            case RoleInput.Signal signal:
                Receive(signal, now.Monotonic);
                break;
            case RoleInput.Administer
            or RoleInput.UnverifiedHomeAddress
            or RoleInput.Udp
            or RoleInput.Icmp
            or RoleInput.AddressTested
            or RoleInput.PathMtuChanged
            or RoleInput.LinkUp
            or RoleInput.LinkDown:
                return; // bindings do not depend on these inputs
            default:
                throw new UnreachableException($"Unknown kind of input: {input.GetType()}");
        }
        _registrations.Settle(now.Monotonic);
    }

    public void HandleTimeout(Now now)
    {
        while (_state.Deadlines.TryTakeDue(now.Monotonic, out var deadline))
        {
            switch (deadline)
            {
                case MobileNodeDeadline.Retransmission due:
                    _registrations.Retransmit(due.Update, now.Monotonic);
                    break;
                case MobileNodeDeadline.TestRetransmission due:
                    _registrations.Retransmit(due.Test, now.Monotonic);
                    break;
                case MobileNodeDeadline.Refresh due:
                    _state.Rules.RefreshDue.Apply(new MobileNodeBindingEvent(_state, due.Peer, due.Binding));
                    _registrations.Settle(now.Monotonic);
                    break;
                case MobileNodeDeadline.EndOfBinding due:
                    _state.End(due.Peer, due.Binding);
                    _registrations.Settle(now.Monotonic);
                    break;
                case MobileNodeDeadline.EndOfGathering:
                    _state.HomeAgent.GathersUntil = null;
                    _registrations.Settle(now.Monotonic);
                    break;
                default:
                    throw new UnreachableException($"Unknown kind of deadline: {deadline.GetType()}");
            }
        }
    }

    private void Attach(RoleInput.AddressUsable usable, Instant now)
    {
        if (usable.Address.AddressFamily == AddressFamily.InterNetwork && Settings.DualStack is null)
        {
            return;
        }
        if (usable.Prefix == Settings.HomePrefix)
        {
            _state.HomeLink ??= new MobileNodeHomeLink(usable.Link, usable.Address);
            return;
        }

        _state.CareOf.Add(usable.Link, usable.Address, usable.Prefix);
        if (_state.HomeAgent is { RegistersInBulk: true, GathersUntil: null } && usable.Prefix is { IsIpv4: false })
        {
            _state.HomeAgent.GathersUntil = now + Settings.BulkDelay;
            _state.Deadlines.Set(new MobileNodeDeadline.EndOfGathering(), now + Settings.BulkDelay);
        }
    }

    private void Detach(RoleInput.AddressGone gone, Instant now)
    {
        if (_state.HomeLink is { } home && home.Link == gone.Link && home.Address.Equals(gone.Address))
        {
            _state.HomeLink = null;
            _state.Routers.Remove(gone.Link);
            _state.Rules.LeftHome.Apply(_state);
        }
        else if (!_state.CareOf.Remove(gone.Link, gone.Address))
        {
            _state.Actions.Log("AddressUnknown", $"{gone.Address} is not an address of {gone.Link}");
        }
    }

    private void Learn(RoleInput.DefaultRouter router)
    {
        if (router.LinkLayerAddress is { } address)
        {
            _state.Routers[router.Link] = new MobileNodeRouter(router.Router, address);
        }
    }

    private void Receive(RoleInput.Signal arrived, Instant now)
    {
        if (_state.Rules.PathToMobileNode(_state, arrived.Path) is not { } path)
        {
            _state.Actions.Log("OtherDestination", $"a message from {arrived.Source} does not come as those of the peers do");
            return;
        }

        var signal = path.Equals(arrived.Path) ? arrived : arrived with { Path = path, Packet = ReadOnlyMemory<byte>.Empty };
        var received = new ReceivedSignal(signal, _state.Actions)
        {
            IsProtectionRequired = Settings.ProtectionRequired && signal.Sender.Equals(Settings.HomeAgent),
        };
        if (_state.Rules.MobilityHeader.Apply(received) == RuleOutcome.Stop)
        {
            return;
        }

        switch (received.Message)
        {
            case BindingAcknowledgement acknowledgement when _state.Rules.Protection.Apply(received) == RuleOutcome.Continue:
                Receive(new MobileNodeAcknowledgement(_state, signal, acknowledgement, now), now);
                break;
            case BindingAcknowledgement:
                break; // not protected
            case HomeTest test:
                _state.Rules.HomeTest.Apply(
                    new TestInitAnswer(_state, signal, test.Options)
                    {
                        Cookie = test.Cookie,
                        NonceIndex = test.NonceIndex,
                        Token = test.KeygenToken,
                    }
                );
                break;
            case CareOfTest test:
                _state.Rules.CareOfTest.Apply(
                    new TestInitAnswer(_state, signal, test.Options)
                    {
                        Cookie = test.Cookie,
                        NonceIndex = test.NonceIndex,
                        Token = test.KeygenToken,
                    }
                );
                break;
            case BindingRefreshRequest request:
                _state.Rules.RefreshRequest.Apply(new MobileNodeRefreshRequest(_state, signal, request));
                break;
            case BindingError error:
                _state.Rules.BindingError.Apply(new MobileNodeBindingError(_state, signal, error));
                break;
            default:
                _state.Actions.Log("UnexpectedMessage", $"MH Type {received.Bytes[2]} from {signal.Source} is not for a mobile node");
                break;
        }
    }

    private void Receive(MobileNodeAcknowledgement acknowledgement, Instant now)
    {
        _state.Rules.Acknowledgement.Apply(acknowledgement);
        if (acknowledgement is { IsRetried: true, Update: { } update })
        {
            _registrations.Repeat(update, now);
        }
    }
}
