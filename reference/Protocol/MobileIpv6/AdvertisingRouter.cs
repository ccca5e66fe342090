using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// A router of links to which mobile nodes come: it answers their solicitations, and advertises itself now and then (RFC 4861, Section
/// 6.2). Another role may be on the same node, as a home agent is that is the router of the home link (RFC 6275, Section 10.5).
/// </summary>
/// <param name="inner">The other role of the node, which gets every input and every call; null if there is none.</param>
public sealed class AdvertisingRouter(IReadOnlyList<AdvertisedLink> links, IRole? inner = null) : IRole
{
    /// <summary>Between MinRtrAdvInterval and MaxRtrAdvInterval of RFC 4861, Section 6.2.1.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(200);

    private const byte HopLimit = 64;

    private readonly ActionQueue _actions = new();
    private Instant? _next;

    public Instant? NextTimeout => inner?.NextTimeout is { } other && (_next is null || other < _next) ? other : _next;

    public void Handle(RoleInput input, Now now)
    {
        inner?.Handle(input, now);
        HandleOwnTimeout(now);
        switch (input)
        {
            case RoleInput.Started:
                AdvertiseAll(now);
                break;
            case RoleInput.LinkUp { Link: var up }:
                Advertise(up);
                break;
            case RoleInput.Icmp { Link: var on, Message: var octets }
                when Icmpv6Message.TryParse(octets.Span, out var message, out _) && message is RouterSolicitation:
                Advertise(on);
                break;
        }
    }

    public void HandleTimeout(Now now)
    {
        inner?.HandleTimeout(now);
        HandleOwnTimeout(now);
    }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) =>
        _actions.TryTake(out action) || (inner is not null && inner.TryTakeAction(out action));

    private void HandleOwnTimeout(Now now)
    {
        if (_next <= now.Monotonic)
        {
            AdvertiseAll(now);
        }
    }

    private void AdvertiseAll(Now now)
    {
        foreach (var link in links)
        {
            Advertise(link.Link);
        }
        _next = now.Monotonic + _interval;
    }

    private void Advertise(LinkId on)
    {
        foreach (var link in links.Where(known => known.Link == on))
        {
            var advertisement = new RouterAdvertisement(
                HopLimit,
                Managed: false,
                OtherConfig: false,
                link.RouterLifetimeSeconds,
                ReachableTimeMilliseconds: 0,
                RetransTimerMilliseconds: 0,
                new NdOptionList([
                    new SourceLinkLayerAddressOption(link.LinkLayerAddress),
                    new PrefixInformationOption(
                        link.Prefix,
                        OnLink: true,
                        Autonomous: true,
                        link.ValidLifetimeSeconds,
                        link.PreferredLifetimeSeconds
                    ),
                ])
            );
            _actions.Send(link.LinkLayerAddress.LinkLocalAddress(), Ipv6Multicast.AllNodes, link.Link, advertisement);
        }
    }
}
