using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A mobile access gateway that takes Packet Too Big about any packet for one about its tunnel (RFC 5213, Section 6.9.5).
/// </summary>
internal sealed class PathMtuRole(IRole role) : IRole
{
    private IPAddress? _anchor;

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        role.Handle(input, now);
        if (
            _anchor is { } anchor
            && input is RoleInput.Icmp icmp
            && Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _)
            && message is PacketTooBig tooBig
        )
        {
            role.Handle(new RoleInput.PathMtuChanged(anchor, tooBig.Mtu), now);
        }
    }

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        var isTaken = role.TryTakeAction(out action);
        _anchor = action is RoleAction.AddTunnel { Tunnel.Remote: var remote } ? remote : _anchor;
        return isTaken;
    }
}
