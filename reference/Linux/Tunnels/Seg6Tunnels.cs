using System.Net;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Tunnels by the kernel's segment routing: one segment in reduced encapsulation is plain IPv6-in-IPv6. Each is a cable with both
/// ends here. What is routed into the near end comes out of the far one, where it is sent in an outer header; what comes in an
/// outer header goes into the far end, and out of the near one.
/// <code>
/// routed into the tunnel -- near ==== far -- rule: table, in an outer header -- core
/// looked up as ever      -- near ==== far -- table -- End.DT6 -- rule: outer source and destination -- core
/// </code>
/// </summary>
/// <remarks>
/// The rule that finds what is for this node itself is moved behind those that find outer packets. All rules have a
/// <see cref="Protocol"/> of their own: the next to open tunnels removes those that a killed process has left.
/// </remarks>
internal sealed class Seg6Tunnels : ITunnelDevices
{
    /// <summary>RTPROT_*: a number nobody has registered.</summary>
    private const byte Protocol = 214;

    /// <summary>RTPROT_KERNEL.</summary>
    private const byte KernelProtocol = 2;

    /// <summary>Of rules, before those that a node has for packets out of its tunnels.</summary>
    private const uint DecapsulationPriority = 5209,
        OuterPriority = 5210,
        EncapsulationPriority = 5211,
        LocalPriority = 5212;

    /// <summary>Each tunnel has two.</summary>
    private const uint FirstTable = 5214_0000;

    private const string Kind = "veth",
        Family = "SEG6";

    /// <summary>linux/seg6_genl.h: SEG6_CMD_SET_TUNSRC, SEG6_ATTR_DST.</summary>
    private const byte SetTunnelSource = 3;
    private const ushort AddressAttribute = 1;

    /// <summary>Without neighbor discovery, the address of one end is what the other sends to.</summary>
    private static readonly MacAddress _bothEnds = MacAddress.Parse("02:00:5e:00:52:13");
    private static readonly IPNetwork _everywhere = new(IPAddress.IPv6Any, 0);
    private static readonly KernelRule _localRule = new(0, KernelRule.LocalTable) { Protocol = KernelProtocol };
    private static readonly KernelRule _movedLocalRule = new(LocalPriority, KernelRule.LocalTable) { Protocol = Protocol };

    private readonly RouteNetlink _netlink;
    private readonly GenericNetlink _segmentRouting;
    private readonly Lock _lock = new();
    private readonly Dictionary<(IPAddress Local, IPAddress Remote), TunnelOfVeth> _tunnels = [];
    private readonly SortedSet<int> _freeNumbers = [];
    private IPAddress _source = IPAddress.IPv6Any;

    private Seg6Tunnels(RouteNetlink netlink, GenericNetlink segmentRouting) => (_netlink, _segmentRouting) = (netlink, segmentRouting);

    public string Description =>
        "SEG6, as asked for; it departs from RFC 5213, Section 5.6.3, and RFC 2473: congestion told by an outer header is lost, the hop limit "
        + "falls twice at a tunnel's exit, an outer header has the hop limit of the packet inside, and one with extension headers or in fragments is refused";

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

    /// <summary>Removes what processes that are gone have left in a namespace, unless another that lives uses it.</summary>
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

    /// <exception cref="ArgumentException">There is such a tunnel already, or there are some with another local address: the kernel knows one only.</exception>
    public int Add(IPAddress local, IPAddress remote, int mtu)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mtu, TunTunnels.MinimumMtu);
        lock (_lock)
        {
            if (_tunnels.ContainsKey((local, remote)))
            {
                throw new ArgumentException($"There is a tunnel from {local} to {remote} already.", nameof(remote));
            }
            if (_tunnels.Count > 0 && !local.Equals(_source))
            {
                throw new ArgumentException($"Tunnels by SEG6 all leave from one address, {_source}, and not from {local}.", nameof(local));
            }
            SetSource(local);
            var number = _freeNumbers.Count > 0 ? _freeNumbers.Min : _tunnels.Count;
            var tunnel = Make(number, local, remote, mtu);
            _freeNumbers.Remove(number);
            _tunnels.Add((local, remote), tunnel);
            return tunnel.NearIndex;
        }
    }

    public void Remove(IPAddress local, IPAddress remote)
    {
        lock (_lock)
        {
            if (!_tunnels.Remove((local, remote), out var tunnel))
            {
                return;
            }
            Remove(tunnel);
            _freeNumbers.Add(tunnel.Number);
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
        _segmentRouting.Execute(SetTunnelSource, "SEG6_CMD_SET_TUNSRC", AddressAttribute, source.GetAddressBytes());
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

        // A packet that has got its outer header is looked up once more, as if it had come by the far end with it.
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

        // Its routes go with it.
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
            // It is as it should be.
        }
    }

    private sealed record TunnelOfVeth(int Number, int NearIndex, IReadOnlyList<KernelRule> Rules);
}
