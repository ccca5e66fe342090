using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The configuration of a host's interface by DHCP: an ordinary client, RFC 2131, Section 4.4. It does not test the address.
/// </summary>
/// <remarks>
/// A host does not know whether it has moved. It keeps its address when the link goes down, and asks on the next link whether it may go on
/// to use it. If nobody answers, it does (Section 3.2).
/// </remarks>
internal sealed class Ipv4HostConfiguration(NodeInterface on, StackParts parts, PacketForwarder forwarder)
{
    /// <summary>RFC 2131, Section 4.1: the first wait for an answer, and the longest.</summary>
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(64);

    /// <summary>RFC 2131, Section 4.1: the wait differs at random by up to one second.</summary>
    private static readonly TimeSpan _jitter = TimeSpan.FromSeconds(1);

    /// <summary>RFC 2131, Section 4.4.5: the shortest wait for an answer to a renewal.</summary>
    private static readonly TimeSpan _shortestRenewal = TimeSpan.FromSeconds(60);

    /// <summary>RFC 2131, Section 4.4.5: T1 and T2, as fractions of the lease.</summary>
    private const double RenewAt = 0.5,
        RebindAt = 0.875;

    /// <summary>The number of requests after which a client gives up a server, or the question whether it may use its address.</summary>
    private const int MaximumRequests = 3;

    private State _state = State.Idle;
    private Lease? _lease;
    private DhcpMessage? _offer;
    private uint _transaction;
    private int _sent;
    private TimeSpan _wait;

    private enum State
    {
        /// <summary>There is no carrier.</summary>
        Idle,
        Selecting,
        Requesting,
        Rebooting,
        Bound,
        Renewing,
        Rebinding,
    }

    private sealed record Lease(IPAddress Address, byte PrefixLength, IPAddress? Router, IPAddress Server)
    {
        public required Instant RenewsAt { get; init; }

        public required Instant RebindsAt { get; init; }

        /// <summary>Null for ever.</summary>
        public required Instant? EndsAt { get; init; }

        public IpPrefix Subnet => new(Address, PrefixLength);
    }

    /// <summary>The link may be another one.</summary>
    public void LinkUp(Now now)
    {
        if (_lease is { EndsAt: { } end } && end <= now.Monotonic)
        {
            Unconfigure();
        }
        Begin(_lease is null ? State.Selecting : State.Rebooting, now);
    }

    public void LinkDown()
    {
        _state = State.Idle;
        parts.Timers.Cancel(new StackTimer.Dhcp(on.Link));
    }

    /// <summary>The interface was switched off: the lease is forgotten.</summary>
    public void Forget()
    {
        LinkDown();
        Unconfigure();
    }

    /// <summary>A datagram to the port of DHCP clients has arrived.</summary>
    public void Receive(ReadOnlySpan<byte> payload, Now now)
    {
        if (
            !DhcpMessage.TryParse(payload, out var message, out _)
            || message.Operation != DhcpOperation.BootReply
            || message.TransactionId != _transaction
            || message.HardwareAddress != Hardware
        )
        {
            return;
        }

        var isAwaited = _state is State.Requesting or State.Rebooting or State.Renewing or State.Rebinding;
        switch (message.Type)
        {
            case DhcpMessageType.Offer when _state == State.Selecting && message.Options.Has<DhcpServerIdentifierOption>():
                _offer = message;
                Begin(State.Requesting, now);
                break;
            case DhcpMessageType.Ack when isAwaited:
                Bind(message, now);
                break;
            case DhcpMessageType.Nak when isAwaited:
                Unconfigure();
                Begin(State.Selecting, now);
                break;
        }
    }

    /// <summary>An answer has not come in time, or a lease has to be renewed.</summary>
    public void HandleTimeout(Now now)
    {
        switch (_state)
        {
            case State.Idle:
                break;
            case State.Bound:
                Begin(State.Renewing, now);
                break;
            case State.Renewing when _lease is { } lease && lease.RebindsAt <= now.Monotonic:
                Begin(State.Rebinding, now);
                break;
            case State.Rebinding when _lease is { EndsAt: { } end } && end <= now.Monotonic:
                Unconfigure();
                Begin(State.Selecting, now);
                break;
            case State.Requesting when _sent == MaximumRequests:
                Begin(State.Selecting, now);
                break;
            case State.Rebooting when _sent == MaximumRequests:
                Rest(now);
                break;
            default:
                Send(now);
                break;
        }
    }

    private OctetString Hardware => new(on.MacAddress.ToArray());

    private void Begin(State state, Now now)
    {
        // A request goes on with the transaction of the offer.
        if (state != State.Requesting)
        {
            _transaction = (uint)parts.Random.NextInt64(1L << 32);
        }
        (_state, _sent, _wait) = (state, 0, _firstWait);
        Send(now);
    }

    private void Send(Now now)
    {
        _sent++;
        var message = Message();
        if (_state == State.Renewing && _lease is { } lease)
        {
            var path = new UdpPath(lease.Address, UdpPort.DhcpClient, lease.Server, UdpPort.DhcpServer);
            forwarder.Originate(path.Wrap(message.ToBytes()), on: null, now);
        }
        else
        {
            var path = new UdpPath(message.ClientAddress, UdpPort.DhcpClient, IPAddress.Broadcast, UdpPort.DhcpServer);
            forwarder.SendOn(on, path.Wrap(message.ToBytes()), now);
        }
        SetTimer(now.Monotonic + Wait(now));
    }

    /// <summary>RFC 2131, Section 4.4.1, Table 5.</summary>
    private DhcpMessage Message()
    {
        var type = _state == State.Selecting ? DhcpMessageType.Discover : DhcpMessageType.Request;
        List<DhcpOption> options = [new DhcpMessageTypeOption(type)];
        if (_state == State.Requesting && _offer is { } offer)
        {
            options.Add(new DhcpRequestedAddressOption(offer.YourAddress));
            options.Add(offer.Options.First<DhcpServerIdentifierOption>()!);
        }
        else if (_state == State.Rebooting && _lease is { } lease)
        {
            options.Add(new DhcpRequestedAddressOption(lease.Address));
        }
        options.Add(
            new DhcpParameterRequestListOption(
                new OctetString([
                    (byte)DhcpOptionCode.SubnetMask,
                    (byte)DhcpOptionCode.Router,
                    (byte)DhcpOptionCode.InterfaceMtu,
                    (byte)DhcpOptionCode.LeaseTime,
                ])
            )
        );
        return new DhcpMessage(DhcpOperation.BootRequest, _transaction, new DhcpOptionList(options))
        {
            HardwareAddress = Hardware,
            ClientAddress = _state is State.Renewing or State.Rebinding ? _lease?.Address ?? IPAddress.Any : IPAddress.Any,
        };
    }

    private TimeSpan Wait(Now now)
    {
        var next = _state switch
        {
            State.Renewing => _lease?.RebindsAt,
            State.Rebinding => _lease?.EndsAt,
            _ => null,
        };
        if (_state is State.Renewing or State.Rebinding)
        {
            var left = next is { } at ? at - now.Monotonic : TimeSpan.MaxValue;
            var half = left / 2 > _shortestRenewal ? left / 2 : _shortestRenewal;
            return half < left ? half : left;
        }

        var wait = _wait;
        _wait = wait * 2 < _longestWait ? wait * 2 : _longestWait;
        return wait + (_jitter * ((parts.Random.NextDouble() * 2) - 1));
    }

    private void Bind(DhcpMessage message, Now now)
    {
        if (
            message.Options.First<DhcpServerIdentifierOption>() is not { Address: var server }
            || message.Options.First<DhcpLeaseTimeOption>() is not { Seconds: var seconds }
            || message.YourAddress.Equals(IPAddress.Any)
        )
        {
            return;
        }

        Unconfigure();
        var time = TimeSpan.FromSeconds(seconds);
        _lease = new Lease(
            message.YourAddress,
            (byte)(message.Options.First<DhcpSubnetMaskOption>()?.PrefixLength ?? IpPrefix.MaximumLengthOf(message.YourAddress)),
            message.Options.First<DhcpRouterOption>()?.Addresses[0],
            server
        )
        {
            RenewsAt = now.Monotonic + (time * RenewAt),
            RebindsAt = now.Monotonic + (time * RebindAt),
            EndsAt = seconds == DhcpLeaseTimeOption.Infinite ? null : now.Monotonic + time,
        };
        on.Set(new InterfaceAddress(_lease.Address, AddressState.Assigned) { Subnet = _lease.Subnet });
        parts.Routes.Add(_lease.Subnet, new RouteTarget.OnLink(on.Link));
        if (_lease.Router is { } router)
        {
            parts.Routes.Add(IpPrefix.AllIpv4, new RouteTarget.Gateway(on.Link, router));
        }
        if (message.Options.First<DhcpInterfaceMtuOption>() is { Mtu: var mtu } && mtu >= Ipv6Packet.MinimumMtu && mtu < on.Mtu)
        {
            on.Mtu = mtu;
        }
        Rest(now);
    }

    /// <summary>The lease is used until it has to be renewed.</summary>
    private void Rest(Now now)
    {
        _state = State.Bound;
        if (_lease is { EndsAt: not null, RenewsAt: var at })
        {
            SetTimer(at > now.Monotonic ? at : now.Monotonic);
        }
        else
        {
            parts.Timers.Cancel(new StackTimer.Dhcp(on.Link));
        }
    }

    private void Unconfigure()
    {
        if (_lease is not { } lease)
        {
            return;
        }

        _lease = null;
        on.Remove(lease.Address);
        parts.Routes.Remove(lease.Subnet, new RouteTarget.OnLink(on.Link));
        if (lease.Router is { } router)
        {
            parts.Routes.Remove(IpPrefix.AllIpv4, new RouteTarget.Gateway(on.Link, router));
        }
    }

    private void SetTimer(Instant at) => parts.Timers.Set(new StackTimer.Dhcp(on.Link), at);
}
