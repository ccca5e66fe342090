using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The state of a local mobility anchor between two inputs, read and changed by its rules.</summary>
public sealed class AnchorState
{
    private readonly Dictionary<IPAddress, RouteTarget.IntoTunnel> _tunnels = [];

    internal AnchorState(LocalMobilityAnchorSettings settings, LocalMobilityAnchorRules rules, Random random)
    {
        Settings = settings;
        Rules = rules;
        Random = random;
        Forwarding = new Forwarding<SessionId>(Actions);
        Prefixes = new PrefixAllocator(settings.PrefixPool, Bindings);
        if (settings.Ipv4 is { } ipv4)
        {
            DhcpLeases = ipv4.DhcpPool is { } pool ? new DhcpLeaseTable(pool, Bindings) : null;
            Ipv4Addresses = new Ipv4AddressAllocator(ipv4, settings.MobileNodes.SelectMany(policy => policy.Ipv4HomeAddresses), Bindings);
        }
    }

    /// <summary>The settings in force, which system management changes.</summary>
    public LocalMobilityAnchorSettings Settings
    {
        get;
        [MemberNotNull(nameof(Policies), nameof(Gateways))]
        set
        {
            Policies = field?.MobileNodes == value.MobileNodes ? Policies! : new MobileNodePolicies(value.MobileNodes);
            Gateways =
                field?.AuthorizedMobileAccessGateways == value.AuthorizedMobileAccessGateways
                    ? Gateways!
                    : [.. value.AuthorizedMobileAccessGateways];
            field = value;
            _tunnels.Clear();
        }
    }

    /// <summary>The policies of the settings in force.</summary>
    internal MobileNodePolicies Policies { get; private set; }

    /// <summary>The authorized MAGs of the settings in force.</summary>
    internal HashSet<IPAddress> Gateways { get; private set; }

    public LocalMobilityAnchorRules Rules { get; }

    public Random Random { get; }

    public ActionQueue Actions { get; } = new();

    public BindingCache Bindings { get; } = new();

    public Forwarding<SessionId> Forwarding { get; }

    /// <summary>
    /// The same address, as the one object by which the settings name an authorized MAG if there is one: sessions share it.
    /// </summary>
    internal IPAddress Known(IPAddress address) => Gateways.TryGetValue(address, out var known) ? known : address;

    /// <summary>The tunnel over IPv6 to a MAG, as a target; the same object for all of its sessions.</summary>
    internal RouteTarget.IntoTunnel IntoTunnelTo(IPAddress gateway)
    {
        if (!_tunnels.TryGetValue(gateway, out var target))
        {
            target = new RouteTarget.IntoTunnel(new Tunnel(Settings.Address, gateway, Settings.TunnelModeTo(gateway)));
            if (Gateways.Contains(gateway))
            {
                _tunnels.Add(gateway, target);
            }
        }
        return target;
    }

    /// <summary>Requests that wait for the de-registration of a session, by attachment.</summary>
    public Dictionary<WaitingRequestKey, WaitingRequest> Waiting { get; } = [];

    public DeadlineQueue<AnchorDeadline> Deadlines { get; } = new();

    /// <summary>The IPv4 addresses of the home network; null without IPv4 support.</summary>
    public Ipv4AddressAllocator? Ipv4Addresses { get; }

    /// <summary>The leases of the DHCP server to clients without a session; null if it gives none.</summary>
    public DhcpLeaseTable? DhcpLeases { get; }

    /// <summary>Whether a route for the IPv4 home network is announced.</summary>
    public bool IsIpv4Announced { get; set; }

    internal PrefixAllocator Prefixes { get; }

    /// <summary>Puts an entry into the Binding Cache and sets its deadline.</summary>
    public void Put(BindingCacheEntry entry)
    {
        var before = Bindings.Find(entry.Session);
        Bindings.Put(entry);
        Release(before);
        Deadlines.Set(new AnchorDeadline.EndOfSession(entry.Session), entry.EndsAt);
    }

    /// <summary>Removes a session from the Binding Cache.</summary>
    public void Remove(SessionId session)
    {
        var before = Bindings.Find(session);
        Bindings.Remove(session);
        Release(before);
        Deadlines.Cancel(new AnchorDeadline.EndOfSession(session));
    }

    /// <summary>Removes a waiting request that a newer request of the same attachment replaces.</summary>
    public void StopWaiting(WaitingRequestKey key)
    {
        if (Waiting.Remove(key))
        {
            Deadlines.Cancel(new AnchorDeadline.EndOfWait(key));
        }
    }

    /// <summary>The IPv4 addresses that an entry had and no session has any more can be assigned again.</summary>
    private void Release(BindingCacheEntry? before)
    {
        if (before is not { Binding.Ipv4HomeAddresses: { Count: > 0 } addresses })
        {
            return;
        }

        foreach (var home in addresses)
        {
            if (!Bindings.IsInUse(home.Address))
            {
                Ipv4Addresses?.Release(home.Address);
                DhcpLeases?.End(home.Address);
            }
        }
    }
}
