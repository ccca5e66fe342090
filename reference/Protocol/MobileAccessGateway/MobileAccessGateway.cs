using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// A mobile access gateway, RFC 5213, Section 6. Call <see cref="Handle"/> for every event, beginning with
/// <see cref="RoleInput.Started"/>, and <see cref="HandleTimeout"/> at <see cref="NextTimeout"/>; take all actions after each call.
/// </summary>
public sealed class MobileAccessGateway : IRole
{
    private readonly GatewayState _state;

    /// <param name="settings">The configuration.</param>
    /// <param name="random">The source of link-local addresses.</param>
    /// <param name="rules">The rules to apply; <see cref="MobileAccessGatewayRules.For"/> the settings if null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public MobileAccessGateway(MobileAccessGatewaySettings settings, Random random, MobileAccessGatewayRules? rules = null)
    {
        settings.Validate();
        _state = new GatewayState(settings, rules ?? MobileAccessGatewayRules.For(settings), random);
    }

    /// <summary>The settings in force, which system management changes.</summary>
    public MobileAccessGatewaySettings Settings => _state.Settings;

    /// <summary>A copy of the state, for the host to display.</summary>
    public GatewaySnapshot Snapshot() =>
        new([
            .. _state
                .Attachments.OrderBy(attachment => attachment.Link.Name, StringComparer.Ordinal)
                .Select(attachment => new AttachmentSnapshot(
                    attachment,
                    _state.LinkLocalAddressOn(attachment.Link),
                    _state.TunnelOf(attachment)
                )),
        ]);

    public Instant? NextTimeout => _state.Deadlines.Next;

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _state.Actions.TryTake(out action);

    public void Handle(RoleInput input, Now now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case RoleInput.Started { Saved: var saved }:
                Start(saved);
                OpenPorts();
                break;
            case RoleInput.Signal signal:
                Receive(signal, now);
                break;
            case RoleInput.Icmp icmp:
                Receive(icmp, now);
                break;
            case RoleInput.Udp datagram:
                if (!_state.DownLinks.Contains(datagram.Link))
                {
                    Receive(datagram, now);
                }
                break;
            case RoleInput.AddressTested tested:
                _state.Rules.AddressTest.Apply(new TestedAddress(_state, tested.Link, tested.Address, tested.IsUnique, now));
                break;
            case RoleInput.PathMtuChanged changed:
                _state.Rules.PathMtu.Apply(new ReportedPathMtu(_state, changed.Destination, changed.Mtu));
                break;
            case RoleInput.Administer { Action: var action }:
                _state.Rules.Administration.Apply(new AdministrativeRequest(_state, action, now));
                break;
            case RoleInput.LinkUp up:
                _state.DownLinks.Remove(up.Link);
                _state.LinkUps[up.Link] = up;
                _state.LinkUpTimes[up.Link] = now.Monotonic;
                if (_state.FindLink(up.Link) is { } port)
                {
                    Detect(new DetectionEvent(_state, port, now) { Authenticated = up.MobileNode });
                }
                break;
            case RoleInput.LinkDown down:
                _state.DownLinks.Add(down.Link);
                _state.LinkUps.Remove(down.Link);
                _state.LinkUpTimes.Remove(down.Link);
                if (_state.TryFind(down.Link, out var attachment))
                {
                    _state.Rules.StartOfDeRegistration.Apply(new AttachmentEvent(_state, attachment, now));
                }
                break;
            case RoleInput.UnverifiedHomeAddress
            or RoleInput.AddressUsable
            or RoleInput.AddressGone
            or RoleInput.DefaultRouter
            or RoleInput.TunnelledPacket:
                break; // a gateway has no bindings of correspondents, and no care-of addresses
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
                case GatewayDeadline.Transmission transmission:
                    UpdateTransmission.Run(_state, transmission.Link, now);
                    break;
                case GatewayDeadline.Extension extension:
                    PresenceProbingRules.ExtendIfPresent(_state, extension.Link, now);
                    break;
                case GatewayDeadline.Probe probe:
                    PresenceProbingRules.ExtendIfPresent(_state, probe.Link, now);
                    break;
                case GatewayDeadline.Expiry expiry:
                    if (_state.TryFind(expiry.Link, out var expired))
                    {
                        _state.Rules.EndOfLifetime.Apply(new AttachmentEvent(_state, expired, now));
                    }
                    break;
                case GatewayDeadline.EndOfDeRegistration end:
                    if (_state.TryFind(end.Link, out var ended))
                    {
                        _state.Rules.EndOfAttachment.Apply(new EndingAttachment(_state, ended));
                    }
                    break;
                case GatewayDeadline.DelayedDeRegistration delayed:
                    DelayedDeRegistration.Send(_state, delayed.Departed, now);
                    break;
                default:
                    throw new UnreachableException($"Unknown kind of deadline: {deadline.GetType()}");
            }
        }
    }

    /// <summary>RFC 5213, Section 6.8: a fixed link-local address is common to the domain and configured at the start.</summary>
    private void Start(IReadOnlyDictionary<string, string> saved)
    {
        _state.Settings = VariableValue.Restore(_state.Settings, saved, GatewayVariables.TrySet);

        // The host has set the configured address already.
        if (saved.ContainsKey(nameof(MobileAccessGatewaySettings.FixedMAGLinkLayerAddressOnAllAccessLinks)))
        {
            _state.SetLinkLayerAddresses();
        }

        var address = _state.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks;
        if (address.Equals(IPAddress.IPv6Any))
        {
            return;
        }

        foreach (var link in _state.Settings.AccessLinks)
        {
            _state.Configure(link.Link, address, performDad: false);
        }
    }

    private void Receive(RoleInput.Signal signal, Now now)
    {
        if (!IsOwn(signal.Path))
        {
            _state.Actions.Log("OtherDestination", $"a message to {signal.Destination} is not addressed to this MAG");
            return;
        }

        var received = new ReceivedSignal(signal, _state.Actions) { IsProtectionRequired = _state.Settings.ProtectionRequired };
        if (_state.Rules.Protection.Apply(received) == RuleOutcome.Stop || _state.Rules.MobilityHeader.Apply(received) == RuleOutcome.Stop)
        {
            return;
        }

        if (received.Message is BindingAcknowledgement acknowledgement)
        {
            _state.Rules.ProxyBindingAcknowledgement.Apply(new ReceivedAcknowledgement(_state, signal, acknowledgement, now));
        }
        else
        {
            _state.Actions.Log("UnexpectedMessage", $"MH Type {received.Bytes[2]} from {signal.Source} is not for a MAG");
        }
    }

    /// <summary>Over IPv4, the inner packet of the drafts before RFC 5844 is for this node, too.</summary>
    private bool IsOwn(SignalingTransport path) =>
        path is Ipv6Signaling
            ? path.Destination.Equals(_state.Settings.ProxyCareOfAddress)
            : path.Destination.Equals(_state.Settings.Ipv4Transport?.Address)
                && (path as Ipv4UdpIpv6Signaling)?.Inner.Destination.Equals(_state.Settings.ProxyCareOfAddress) != false;

    private void OpenPorts()
    {
        _state.Rules.Start.Apply(_state);
        if (_state.Settings.Dhcpv6Servers.Count > 0)
        {
            _state.Actions.Add(new RoleAction.OpenUdp(UdpPort.Dhcpv6Server, UdpContent.Messages));
        }
        if (_state.Settings.Ipv4 is null)
        {
            return;
        }

        _state.Actions.Add(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages));
        foreach (var link in _state.Settings.AccessLinks)
        {
            _state.Actions.Add(new RoleAction.InterceptUdp(link.Link, UdpPort.DhcpServer));
            if (_state.Settings.Ipv4.DhcpAddress is { } own)
            {
                _state.Actions.Add(new RoleAction.AddAddress(link.Link, own, PerformDad: false));
            }
        }
    }

    private void Receive(RoleInput.Udp datagram, Now now)
    {
        if (datagram.Path.DestinationPort == UdpPort.Dhcpv6Server)
        {
            if (RelayedDhcpv6.TryRead(_state, datagram, out var relayed))
            {
                _state.Rules.Dhcpv6Relay.Apply(relayed);
            }
        }
        else if (DhcpExchange.TryRead(_state, datagram, now, out var exchange))
        {
            Receive(exchange, now);
        }
    }

    /// <summary>A mobile node that takes leave is not detected by its message.</summary>
    private void Receive(DhcpExchange exchange, Now now)
    {
        if (_state.FindLink(exchange.Link) is not { } port)
        {
            _state.Rules.DhcpRelayReply.Apply(new RelayedDhcpReply(_state, exchange.Datagram, exchange.Request, now));
            return;
        }

        if (exchange.Request is { Operation: DhcpOperation.BootRequest, Type: not (DhcpMessageType.Release or DhcpMessageType.Decline) })
        {
            Detect(new DetectionEvent(_state, port, now) { Dhcp = exchange.Datagram });
        }
        if (_state.TryFind(exchange.Link, out _))
        {
            _state.LastDhcp[exchange.Link] = exchange.Request;
            _state.Rules.Dhcp.Apply(exchange);
        }
    }

    private void Receive(RoleInput.Icmp icmp, Now now)
    {
        if (!Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _))
        {
            return;
        }

        if (_state.FindLink(icmp.Link) is { } link && !_state.DownLinks.Contains(icmp.Link))
        {
            Detect(new DetectionEvent(_state, link, now) { Packet = icmp, Message = message });
        }
    }

    private void Detect(DetectionEvent detected)
    {
        if (_state.Rules.Identification.Apply(detected) == RuleOutcome.Continue && detected.MobileNode is not null)
        {
            _state.Rules.Detection.Apply(detected);
        }
    }
}
