using System.Net;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnels by the kernel's segment routing: reduced encapsulation with one segment is plain IPv6-in-IPv6. Each tunnel is a veth pair
/// with both ends in this namespace. A packet routed into the near end leaves the far end and is sent in an outer header; a packet
/// received in an outer header goes into the far end and leaves the near end.
/// <code>
/// routed into the tunnel -- near ==== far -- rule: table, in an outer header -- core
/// looked up as usual     -- near ==== far -- table -- End.DT6 -- rule: outer source and destination -- core
/// </code>
/// </summary>
/// <remarks>
/// The rule for this node's own addresses is moved after the rules for outer packets. All rules carry <see cref="Protocol"/>, so
/// that the next process to open tunnels can remove the rules of a killed process.
/// </remarks>
internal sealed class Seg6Tunnels : ITunnelDevices
{
    /// <summary>RTPROT_*: an unregistered number.</summary>
    private const byte Protocol = 214;

    /// <summary>RTPROT_KERNEL.</summary>
    private const byte KernelProtocol = 2;

    /// <summary>Priorities of rules, before those of a node's rules for packets from its tunnels.</summary>
    private const uint DecapsulationPriority = 5209,
        OuterPriority = 5210,
        EncapsulationPriority = 5211,
        LocalPriority = 5212;

    /// <summary>The first routing table; each tunnel has two.</summary>
    private const uint FirstTable = 5214_0000;

    private const string Kind = "veth",
        Family = "SEG6";

    /// <summary>linux/seg6_genl.h: SEG6_CMD_SET_TUNSRC, SEG6_ATTR_DST.</summary>
    private const byte SetTunnelSource = 3;
    private const ushort AddressAttribute = 1;

    /// <summary>The address of both ends: without Neighbor Discovery, each end sends to its own address.</summary>
    private static readonly MacAddress _bothEnds = MacAddress.Parse("02:00:5e:00:52:13");
    private static readonly IPNetwork _everywhere = new(IPAddress.IPv6Any, 0);
    private static readonly KernelRule _localRule = new(0, KernelRule.LocalTable) { Protocol = KernelProtocol };
    private static readonly KernelRule _movedLocalRule = new(LocalPriority, KernelRule.LocalTable) { Protocol = Protocol };

    private readonly RouteNetlink _netlink;
    private readonly GenericNetlink _segmentRouting;
    private readonly Lock _lock = new();
    private readonly Dictionary<Tunnel, TunnelOfVeth> _tunnels = [];
    private readonly SortedSet<int> _freeNumbers = [];
    private IPAddress _source = IPAddress.IPv6Any;

    private Seg6Tunnels(RouteNetlink netlink, GenericNetlink segmentRouting) => (_netlink, _segmentRouting) = (netlink, segmentRouting);

    public string Description =>
        "SEG6, as requested; it departs from RFC 5213, Section 5.6.3, and RFC 2473: a congestion mark in an outer header is lost, "
        + "the hop limit is decremented twice at a tunnel's exit, an outer header has the hop limit of the inner packet, "
        + "and outer packets with extension headers or in fragments are refused";

    internal static Seg6Tunnels Open()
    {
        var netlink = RouteNetlink.Open();
        GenericNetlink? segmentRouting = null;
        try
        {
            segmentRouting = OpenSegmentRouting();
            netlink.Rules.Add(_movedLocalRule);
            Ignore(Errno.NoEntry, () => netlink.Rules.Remove(_localRule));
            return new Seg6Tunnels(netlink, segmentRouting);
        }
        catch
        {
            segmentRouting?.Dispose();
            netlink.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes the interfaces and rules that ended processes have left in a namespace. The rules stay if a living process has tunnels
    /// there.
    /// </summary>
    internal static void RemoveLeftovers(RouteNetlink netlink)
    {
        if (!netlink.Rules.List().Any(rule => rule.Protocol == Protocol))
        {
            return;
        }
        foreach (var link in netlink.Links.List().Where(link => link.Kind == Kind && TunnelNames.IsLeftover(link.Name)))
        {
            KernelTunnels.Delete(netlink.Links, link.Index);
        }
        if (!netlink.Links.List().Any(link => link.Kind == Kind && TunnelNames.IsOne(link.Name)))
        {
            RemoveRules(netlink);
        }
    }

    /// <exception cref="ArgumentException">
    /// The tunnel exists already, or there are tunnels with another local address: the kernel supports only one.
    /// </exception>
    public int Add(Tunnel tunnel, int pathMtu)
    {
        TunnelMtu.RequireIpv6(tunnel, Family);
        var mtu = TunnelMtu.Of(tunnel, pathMtu);
        var local = tunnel.Local;
        lock (_lock)
        {
            if (_tunnels.ContainsKey(tunnel))
            {
                throw new ArgumentException($"The tunnel {tunnel} exists already.", nameof(tunnel));
            }
            if (_tunnels.Count > 0 && !local.Equals(_source))
            {
                throw new ArgumentException($"All SEG6 tunnels must have the same local address: {_source}, not {local}.", nameof(tunnel));
            }
            SetSource(local);
            var number = _freeNumbers.Count > 0 ? _freeNumbers.Min : _tunnels.Count;
            var made = Make(number, local, tunnel.Remote, mtu);
            _freeNumbers.Remove(number);
            _tunnels.Add(tunnel, made);
            return made.NearIndex;
        }
    }

    public void SetPathMtu(Tunnel tunnel, int pathMtu)
    {
        lock (_lock)
        {
            if (_tunnels.TryGetValue(tunnel, out var changed))
            {
                _netlink.Links.SetMtu(changed.NearIndex, TunnelMtu.Of(tunnel, pathMtu));
            }
        }
    }

    public void Remove(Tunnel tunnel)
    {
        lock (_lock)
        {
            if (!_tunnels.Remove(tunnel, out var removed))
            {
                return;
            }
            Remove(removed);
            _freeNumbers.Add(removed.Number);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var tunnel in _tunnels.Values)
            {
                Remove(tunnel);
            }
            _tunnels.Clear();
            SetSource(IPAddress.IPv6Any);
            RemoveRules(_netlink);
            _segmentRouting.Dispose();
            _netlink.Dispose();
        }
    }

    private static GenericNetlink OpenSegmentRouting()
    {
        try
        {
            return new GenericNetlink(Family);
        }
        catch (LinuxException missing) when (missing.ErrorNumber == Errno.NoEntry)
        {
            throw new LinuxException(
                "CTRL_CMD_GETFAMILY",
                Family,
                Errno.NotSupported,
                "the kernel is built without CONFIG_IPV6_SEG6_LWTUNNEL"
            );
        }
    }

    private void SetSource(IPAddress source)
    {
        if (source.Equals(_source))
        {
            return;
        }
        _segmentRouting.Execute(SetTunnelSource, "SEG6_CMD_SET_TUNSRC", request => request.Add(AddressAttribute, source.GetAddressBytes()));
        _source = source;
    }

    private TunnelOfVeth Make(int number, IPAddress local, IPAddress remote, int mtu)
    {
        var (near, far) = (TunnelNames.Of(2 * number), TunnelNames.Of(2 * number + 1));
        _netlink.Links.AddVethPair(
            new VethEnd(near) { Address = _bothEnds, Mtu = mtu },
            new VethEnd(far) { Address = _bothEnds, Mtu = mtu }
        );
        var tunnel = new TunnelOfVeth(number, _netlink.Links.Get(near).Index, [.. RulesOf(number, far, local, remote)]);
        try
        {
            var farIndex = _netlink.Links.Get(far).Index;
            foreach (var index in (int[])[tunnel.NearIndex, farIndex])
            {
                _netlink.Links.SetLinkLocalAddress(index, enabled: false);
                _netlink.Links.SetArp(index, enabled: false);
                _netlink.Links.SetUp(index);
            }

            _netlink.Links.WaitUntilRunning(tunnel.NearIndex, until: null);
            _netlink.Links.WaitUntilRunning(farIndex, until: null);
            var (outward, inward) = TablesOf(number);
            _netlink.Routes.Add(
                new KernelRoute(_everywhere)
                {
                    LinkIndex = tunnel.NearIndex,
                    Table = outward,
                    Encapsulation = new RouteEncapsulation.Outer(remote),
                }
            );
            _netlink.Routes.Add(
                new KernelRoute(Only(local))
                {
                    LinkIndex = tunnel.NearIndex,
                    Table = outward,
                    Encapsulation = new RouteEncapsulation.Inner(inward),
                }
            );
            _netlink.Routes.Add(new KernelRoute(_everywhere) { LinkIndex = farIndex, Table = inward });
            foreach (var rule in tunnel.Rules)
            {
                _netlink.Rules.Add(rule);
            }
            return tunnel;
        }
        catch
        {
            Remove(tunnel);
            throw;
        }
    }

    private static (uint Outward, uint Inward) TablesOf(int number) => (FirstTable + 2 * (uint)number, FirstTable + 2 * (uint)number + 1);

    private static IEnumerable<KernelRule> RulesOf(int number, string far, IPAddress local, IPAddress remote)
    {
        var (outward, _) = TablesOf(number);
        yield return new KernelRule(DecapsulationPriority, outward)
        {
            From = Only(remote),
            To = Only(local),
            UpperLayer = IpProtocol.Ipv6,
            Protocol = Protocol,
        };

        // An encapsulated packet is looked up once more, as if it had arrived on the far end with its outer header.
        yield return new KernelRule(OuterPriority, KernelRoute.MainTable)
        {
            To = Only(remote),
            UpperLayer = IpProtocol.Ipv6,
            InputInterface = far,
            Protocol = Protocol,
        };
        yield return new KernelRule(EncapsulationPriority, outward) { InputInterface = far, Protocol = Protocol };
    }

    private void Remove(TunnelOfVeth tunnel)
    {
        foreach (var rule in tunnel.Rules)
        {
            Ignore(Errno.NoEntry, () => _netlink.Rules.Remove(rule));
        }

        // Deleting the interface also deletes its routes.
        KernelTunnels.Delete(_netlink.Links, tunnel.NearIndex);
    }

    private static void RemoveRules(RouteNetlink netlink)
    {
        Ignore(Errno.Exists, () => netlink.Rules.Add(_localRule));
        foreach (var rule in netlink.Rules.List().Where(rule => rule.Protocol == Protocol))
        {
            Ignore(Errno.NoEntry, () => netlink.Rules.Remove(rule));
        }
    }

    private static IPNetwork Only(IPAddress address) => new(address, 128);

    private static void Ignore(int error, Action action)
    {
        try
        {
            action();
        }
        catch (LinuxException known) when (known.ErrorNumber == error)
        {
            // The configuration is already as requested.
        }
    }

    private sealed record TunnelOfVeth(int Number, int NearIndex, IReadOnlyList<KernelRule> Rules);
}
