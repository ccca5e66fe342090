using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>How a mobile access gateway takes a Packet Too Big about its tunnel wrongly.</summary>
internal enum PathMtuFault
{
    /// <summary>It does not hear it.</summary>
    Unheard,

    /// <summary>It tells no mobile node until one asks.</summary>
    Secret,

    /// <summary>It takes one about any packet for one about its tunnel.</summary>
    AboutAnyPacket,

    /// <summary>It advertises the MTU of the latest one, also if that is larger than the one before.</summary>
    Latest,
}

/// <summary>A mobile access gateway with a fault in path MTU discovery (RFC 5213, Section 6.9.5).</summary>
internal sealed class PathMtuRole(IRole role, PathMtuFault fault) : IRole
{
    private const int AddressesOffset = 8;

    private Tunnel? _tunnel;
    private uint? _reported;
    private bool _isReported;

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        if (input is not RoleInput.Icmp icmp || !Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _))
        {
            role.Handle(input, now);
            return;
        }

        _isReported = message is PacketTooBig;
        if (message is PacketTooBig tooBig && fault != PathMtuFault.Unheard)
        {
            _reported = tooBig.Mtu;
            var invoking = fault == PathMtuFault.AboutAnyPacket ? AboutTunnel(tooBig.Invoking) : tooBig.Invoking;
            role.Handle(icmp with { Message = new PacketTooBig(tooBig.Mtu, invoking).ToBytes(icmp.Source, icmp.Destination) }, now);
        }
        else if (!_isReported)
        {
            role.Handle(input, now);
        }
    }

    public void HandleTimeout(Now now)
    {
        _isReported = false;
        role.HandleTimeout(now);
    }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        while (role.TryTakeAction(out action))
        {
            _tunnel = action is RoleAction.AddTunnel { Tunnel: var tunnel } ? tunnel : _tunnel;
            if (action is not RoleAction.SendIcmp sent || Advertisement(sent) is not { } advertisement)
            {
                return true;
            }
            if (fault == PathMtuFault.Latest && _reported is { } mtu)
            {
                action = sent with { Message = WithMtu(advertisement, mtu).ToBytes(sent.Source, sent.Destination) };
            }
            if (fault != PathMtuFault.Secret || !_isReported)
            {
                return true;
            }
        }

        return false;
    }

    private static RouterAdvertisement? Advertisement(RoleAction.SendIcmp sent) =>
        Icmpv6Message.TryParse(sent.Message.Span, out var message, out _) ? message as RouterAdvertisement : null;

    private static RouterAdvertisement WithMtu(RouterAdvertisement advertisement, uint pathMtu) =>
        advertisement with
        {
            Options = new NdOptionList(
                advertisement.Options.Select(option => option is MtuOption ? new MtuOption(pathMtu - Ipv6Packet.HeaderLength) : option)
            ),
        };

    private OctetString AboutTunnel(OctetString invoking)
    {
        if (_tunnel is not { } tunnel || invoking.Length < Ipv6Packet.HeaderLength)
        {
            return invoking;
        }

        byte[] addresses = [.. tunnel.Local.GetAddressBytes(), .. tunnel.Remote.GetAddressBytes()];
        var octets = invoking.ToArray();
        addresses.CopyTo(octets, AddressesOffset);
        return new OctetString(octets);
    }
}
