using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The autoconfiguration of a host's interface: Router Solicitations (RFC 4861, Section 6.3.7), default routers and on-link
/// prefixes (6.3.4), addresses (RFC 4862, Sections 5.3 and 5.5).
/// </summary>
/// <remarks>
/// A host does not know whether it has moved. It keeps its global addresses when the link goes down. On the first Router
/// Advertisement after link up, it keeps the addresses of the advertised prefixes and removes the others.
/// </remarks>
internal sealed class HostAutoconfiguration(
    NodeInterface on,
    StackParts parts,
    NeighborDiscovery neighbors,
    DuplicateAddressDetection uniqueness
)
{
    /// <summary>RFC 4861, Section 10: RTR_SOLICITATION_INTERVAL.</summary>
    private static readonly TimeSpan _routerSolicitationInterval = TimeSpan.FromSeconds(4);

    /// <summary>RFC 4861, Section 10: MAX_RTR_SOLICITATIONS.</summary>
    private const int MaxRouterSolicitations = 3;

    /// <summary>RFC 4862, Section 5.5.3 e: an unauthenticated advertisement cannot make an address shorter-lived than this.</summary>
    private static readonly TimeSpan _twoHours = TimeSpan.FromHours(2);

    /// <summary>RFC 4861, Section 4.6.2: a lifetime of all ones is infinite.</summary>
    private const uint Infinity = uint.MaxValue;

    /// <summary>RFC 2464, Section 4: the interface identifier of Ethernet has 64 bits, and so has the prefix.</summary>
    private const int PrefixLength = 64;

    private readonly HashSet<IPAddress> _routers = [];
    private readonly HashSet<Ipv6Prefix> _onLink = [];
    private readonly Dictionary<IPAddress, Autoconfigured> _addresses = [];

    /// <summary>The addresses that the role knows to be usable.</summary>
    private readonly HashSet<IPAddress> _usable = [];
    private int _solicitations;
    private bool _newLink;

    private sealed record Autoconfigured(Ipv6Prefix Prefix, Instant? ValidUntil);

    /// <summary>Restarts autoconfiguration, because the link may be another one.</summary>
    public void LinkUp(Now now)
    {
        LeaveLink();
        _newLink = true;
        _solicitations = 0;
        uniqueness.Begin(on, on.MacAddress.LinkLocalAddress(), now);
        if (parts.Settings.MaxSolicitationDelay > TimeSpan.Zero)
        {
            parts.Timers.Set(
                new StackTimer.Solicitation(on.Link),
                now.Monotonic + (parts.Settings.MaxSolicitationDelay * parts.Random.NextDouble())
            );
        }
        else
        {
            Solicit(now);
        }
    }

    public void LinkDown() => LeaveLink();

    /// <summary>The interface was switched off: all learned state is removed.</summary>
    public void Forget()
    {
        LeaveLink();
        ForgetAllBut([]);
    }

    /// <summary>Processes a valid Router Advertisement.</summary>
    public void Receive(IPAddress router, RouterAdvertisement advertisement, Now now)
    {
        if (advertisement.Options.First<SourceLinkLayerAddressOption>() is { } sender)
        {
            neighbors.Learn(on, router, sender.Address, now);
        }

        var isNew = SetRouter(router, TimeSpan.FromSeconds(advertisement.RouterLifetimeSeconds), now);
        if (advertisement.Options.First<MtuOption>() is { } mtu && mtu.Mtu >= Ipv6Packet.MinimumMtu && mtu.Mtu <= on.Settings.Mtu)
        {
            on.Mtu = mtu.Mtu;
        }

        var prefixes = advertisement.Options.All<PrefixInformationOption>().Where(p => !p.Prefix.Network.IsIPv6LinkLocal).ToList();
        foreach (var prefix in prefixes.Where(p => p.OnLink))
        {
            SetOnLink(prefix.Prefix, prefix.ValidLifetimeSeconds, now);
        }
        foreach (var prefix in prefixes.Where(p => p.Autonomous && p.PreferredLifetimeSeconds <= p.ValidLifetimeSeconds))
        {
            SetAddress(prefix, now);
        }

        if (_newLink)
        {
            ForgetAllBut([.. prefixes.Select(p => p.Prefix)]);
        }
        _newLink = false;
        if (isNew)
        {
            var linkLayerAddress = advertisement.Options.First<SourceLinkLayerAddressOption>()?.Address;
            parts.Tell(new RoleInput.DefaultRouter(on.Link, router, linkLayerAddress), now);
        }
    }

    /// <summary>Tells the role of each global address that has become usable, or is not any more.</summary>
    public void Report(Now now)
    {
        if (parts.Role is null)
        {
            return;
        }

        foreach (var gone in _usable.Where(address => !IsUsable(address, now)).ToList())
        {
            _usable.Remove(gone);
            parts.Tell(new RoleInput.AddressGone(on.Link, gone), now);
        }
        foreach (var (address, known) in _addresses.Where(known => IsUsable(known.Key, now)).ToList())
        {
            if (_usable.Add(address))
            {
                parts.Tell(new RoleInput.AddressUsable(on.Link, address, known.Prefix), now);
            }
        }
    }

    /// <summary>Sends a Router Solicitation, and schedules the next one in case no router answers.</summary>
    public void Solicit(Now now)
    {
        _solicitations++;
        if (_solicitations < MaxRouterSolicitations)
        {
            parts.Timers.Set(new StackTimer.Solicitation(on.Link), now.Monotonic + _routerSolicitationInterval);
        }

        var source = on.LinkLocalAddress;
        var solicitation = new RouterSolicitation(
            source is null ? NdOptionList.Empty : new NdOptionList(new SourceLinkLayerAddressOption(on.MacAddress))
        );
        parts.Output.Multicast(on, source ?? IPAddress.IPv6Any, Ipv6Multicast.AllRouters, solicitation);
    }

    public void ForgetRouter(IPAddress router)
    {
        if (!_routers.Remove(router))
        {
            return;
        }

        parts.Timers.Cancel(new StackTimer.RouterExpiry(on.Link, router));
        parts.Routes.Remove(Ipv6Prefix.AllZero, new RouteTarget.Gateway(on.Link, router));
    }

    public void ForgetPrefix(Ipv6Prefix prefix)
    {
        if (!_onLink.Remove(prefix))
        {
            return;
        }

        parts.Timers.Cancel(new StackTimer.PrefixExpiry(on.Link, prefix));
        parts.Routes.Remove(prefix, new RouteTarget.OnLink(on.Link));
    }

    public void ForgetAddress(IPAddress address)
    {
        if (!_addresses.Remove(address))
        {
            return;
        }

        parts.Timers.Cancel(new StackTimer.AddressExpiry(on.Link, address));
        parts.Timers.Cancel(new StackTimer.Deprecation(on.Link, address));
        uniqueness.Cancel(on, address);
        on.Remove(address);
    }

    private void LeaveLink()
    {
        parts.Timers.Cancel(new StackTimer.Solicitation(on.Link));
        on.Mtu = on.Settings.Mtu;
        foreach (var router in _routers.ToList())
        {
            ForgetRouter(router);
        }

        // Addresses whose uniqueness was not confirmed are removed.
        foreach (var address in _addresses.Keys.Where(a => on.Find(a) is not { State: AddressState.Assigned }).ToList())
        {
            ForgetAddress(address);
        }
        var linkLocal = on.MacAddress.LinkLocalAddress();
        uniqueness.Cancel(on, linkLocal);
        on.Remove(linkLocal);
    }

    /// <summary>True if the router becomes a default router.</summary>
    private bool SetRouter(IPAddress router, TimeSpan lifetime, Now now)
    {
        if (lifetime == TimeSpan.Zero)
        {
            ForgetRouter(router);
            return false;
        }

        // A host with a default router stops soliciting.
        parts.Timers.Cancel(new StackTimer.Solicitation(on.Link));
        parts.Timers.Set(new StackTimer.RouterExpiry(on.Link, router), now.Monotonic + lifetime);
        if (!_routers.Add(router))
        {
            return false;
        }

        parts.Routes.Add(Ipv6Prefix.AllZero, new RouteTarget.Gateway(on.Link, router));
        return true;
    }

    private void SetOnLink(Ipv6Prefix prefix, uint validSeconds, Now now)
    {
        if (validSeconds == 0)
        {
            ForgetPrefix(prefix);
            return;
        }

        if (_onLink.Add(prefix))
        {
            parts.Routes.Add(prefix, new RouteTarget.OnLink(on.Link));
        }
        SetTimer(new StackTimer.PrefixExpiry(on.Link, prefix), End(validSeconds, now));
    }

    private void SetAddress(PrefixInformationOption option, Now now)
    {
        if (option.Prefix.Length != PrefixLength)
        {
            return;
        }

        var address = option.Prefix.AddressWith(on.MacAddress.InterfaceIdentifier());
        var preferredUntil = End(option.PreferredLifetimeSeconds, now);
        if (_addresses.TryGetValue(address, out var known))
        {
            if (on.Find(address) is { } present)
            {
                on.Set(present with { PreferredUntil = preferredUntil });
                WatchPreference(address, preferredUntil);
            }
            SetValidity(address, known with { ValidUntil = LaterValidity(known.ValidUntil, option.ValidLifetimeSeconds, now) });
        }
        else if (option.ValidLifetimeSeconds > 0 && on.Find(address) is null)
        {
            SetValidity(address, new Autoconfigured(option.Prefix, End(option.ValidLifetimeSeconds, now)));
            uniqueness.Begin(on, address, now, preferredUntil);
            WatchPreference(address, preferredUntil);
        }
    }

    /// <summary>A role hears when an address ceases to be preferred.</summary>
    private void WatchPreference(IPAddress address, Instant? preferredUntil)
    {
        if (parts.Role is not null)
        {
            SetTimer(new StackTimer.Deprecation(on.Link, address), preferredUntil);
        }
    }

    private bool IsUsable(IPAddress address, Now now) =>
        on.IsUp
        && _routers.Count > 0
        && on.Find(address) is { State: AddressState.Assigned, PreferredUntil: var until }
        && (until is not { } end || end > now.Monotonic);

    private void SetValidity(IPAddress address, Autoconfigured autoconfigured)
    {
        _addresses[address] = autoconfigured;
        SetTimer(new StackTimer.AddressExpiry(on.Link, address), autoconfigured.ValidUntil);
    }

    // RFC 4862, Section 5.5.3 e, items 1 to 3.
    private static Instant? LaterValidity(Instant? current, uint advertisedSeconds, Now now)
    {
        var advertised = End(advertisedSeconds, now);
        var inTwoHours = now.Monotonic + _twoHours;
        if (advertised is not { } end || end > inTwoHours || end > current)
        {
            return advertised;
        }

        return current <= inTwoHours ? current : inTwoHours;
    }

    private void ForgetAllBut(HashSet<Ipv6Prefix> present)
    {
        foreach (var (address, _) in _addresses.Where(a => !present.Contains(a.Value.Prefix)).ToList())
        {
            ForgetAddress(address);
        }
        foreach (var prefix in _onLink.Where(p => !present.Contains(p)).ToList())
        {
            ForgetPrefix(prefix);
        }
    }

    private void SetTimer(StackTimer timer, Instant? at)
    {
        if (at is { } end)
        {
            parts.Timers.Set(timer, end);
        }
        else
        {
            parts.Timers.Cancel(timer);
        }
    }

    private static Instant? End(uint seconds, Now now) => seconds == Infinity ? null : now.Monotonic + TimeSpan.FromSeconds(seconds);
}
