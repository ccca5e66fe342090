using System.Globalization;
using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;

namespace Pmip.Node;

/// <summary>
/// What the configuration asks of the calling thread's namespace: interfaces, sysctls, addresses, routes. All of it is taken
/// back, in reverse order, by <see cref="Dispose"/>.
/// </summary>
internal sealed class NamespaceSetup : IDisposable
{
    /// <summary>linux/if_link.h: IN6_ADDR_GEN_MODE_NONE, the kernel makes no link-local address.</summary>
    private const string NoLinkLocalAddress = "1";

    private readonly NodeConfiguration _configuration;
    private readonly RouteNetlink _netlink;
    private readonly NodeLog _log;
    private readonly Stack<Action> _undo = [];
    private readonly List<NodeLink> _links = [];

    private NamespaceSetup(NodeConfiguration configuration, RouteNetlink netlink, NodeLog log) => (_configuration, _netlink, _log) = (configuration, netlink, log);

    public IReadOnlyList<NodeLink> Links => _links;

    /// <exception cref="LinuxException">The kernel refuses something. What had been done is taken back.</exception>
    public static NamespaceSetup Apply(NodeConfiguration configuration, RouteNetlink netlink, NodeLog log)
    {
        var setup = new NamespaceSetup(configuration, netlink, log);
        try
        {
            setup.Apply();
            return setup;
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    /// <summary>Gives an interface again what it has lost by having been switched off.</summary>
    public void Restore(NodeLink link)
    {
        AddAddresses(link);
        AddRoutes(_configuration.Routes.Where(route => route.Link == link.Settings.Link));
    }

    public void Dispose()
    {
        while (_undo.TryPop(out var undo))
        {
            try
            {
                KernelMarks.IgnoreGone(undo);
            }
            catch (LinuxException failed)
            {
                _log.Write("NotTakenBack", failed.Message);
            }
        }
    }

    private void Apply()
    {
        foreach (var settings in _configuration.Interfaces) _links.Add(new NodeLink(settings, _netlink.Links.Get(settings.Interface).Index));

        Forward();
        Drop();
        foreach (var link in _links)
        {
            if (link.Settings.IsAccessLink) KeepLinkLocalAddresses(link);
            SetAddress(link);
            Configure(link);
            SwitchOn(link);
            AddAddresses(link);
        }

        AddRoutes(_configuration.Routes);
    }

    /// <summary>A router. The switch for all interfaces changes that of each, and is the only one that counts.</summary>
    private void Forward()
    {
        string[] each = [.. _netlink.Links.List().Select(link => link.Name), "default"];
        var before = each.Select(name => (Name: Switch(name, "forwarding"), Value: Sysctl.Read(Switch(name, "forwarding")))).ToList();
        _undo.Push(() =>
        {
            foreach (var (name, value) in before) KernelMarks.IgnoreGone(() => Write(name, value));
        });
        Set(Switch("all", "forwarding"), "1");
    }

    /// <summary>What comes by an access link, and has no right to be forwarded, never gets any further.</summary>
    private void Drop()
    {
        _undo.Push(() => KernelMarks.RemoveAll(_netlink));
        foreach (var table in (uint[])[KernelMarks.BlackholeTable, KernelMarks.DeliveryTable])
        {
            _netlink.Routes.Add(new KernelRoute(new IPNetwork(IPAddress.IPv6Any, 0))
            {
                Type = KernelRouteType.Blackhole,
                Table = table,
                Protocol = KernelMarks.Protocol,
            });
        }

        foreach (var link in _links.Where(link => link.Settings.IsAccessLink))
            _netlink.Rules.Add(new KernelRule(KernelMarks.DropPriority, KernelMarks.BlackholeTable) { InputInterface = link.Interface, Protocol = KernelMarks.Protocol });
    }

    private void SetAddress(NodeLink link)
    {
        var before = _netlink.Links.Get(link.Index);
        var wanted = link.Settings.MacAddress ?? _configuration.MobileAccessGateway?.AccessLinks.FirstOrDefault(access => access.Link == link.Id)?.MacAddress;
        if (wanted is not { } address || address == before.Address) return;

        ChangeAddress(link, address);
        if (before.Address is { } original) _undo.Push(() => ChangeAddress(link, original));
    }

    /// <summary>Many devices change it only while they are off.</summary>
    private void ChangeAddress(NodeLink link, Wire.MacAddress address)
    {
        try
        {
            _netlink.Links.SetAddress(link.Index, address);
        }
        catch (LinuxException) when (_netlink.Links.Get(link.Index).IsUp)
        {
            _netlink.Links.SetDown(link.Index);
            _netlink.Links.SetAddress(link.Index, address);
            _netlink.Links.SetUp(link.Index);
        }
    }

    private void Configure(NodeLink link)
    {
        Set(Switch(link.Interface, "disable_ipv6"), "0");
        Set(Switch(link.Interface, "accept_ra"), "0");
        if (!link.Settings.IsAccessLink) return;

        // Duplicate address detection begins without the random delay that is against nodes that all start together.
        Set(Switch(link.Interface, "router_solicitation_delay"), "0");
        Set(Switch(link.Interface, "addr_gen_mode"), NoLinkLocalAddress);
        foreach (var made in LinkLocalAddresses(link)) _netlink.Addresses.Remove(link.Index, made.Address, made.PrefixLength);
    }

    /// <summary>The kernel makes link-local addresses whenever something changes: at the end there are to be those of the beginning.</summary>
    private void KeepLinkLocalAddresses(NodeLink link)
    {
        var before = LinkLocalAddresses(link);
        _undo.Push(() =>
        {
            var now = LinkLocalAddresses(link);
            foreach (var made in now.Where(address => before.All(old => !old.Address.Equals(address.Address))))
                KernelMarks.IgnoreGone(() => _netlink.Addresses.Remove(link.Index, made.Address, made.PrefixLength));
            foreach (var lost in before.Where(old => now.All(address => !old.Address.Equals(address.Address))))
                _netlink.Addresses.Add(link.Index, lost.Address, lost.PrefixLength, KernelAddressFlags.NoDuplicateDetection, lost.Protocol);
        });
    }

    private List<KernelAddress> LinkLocalAddresses(NodeLink link) =>
        [.. _netlink.Addresses.List().Where(address => address.LinkIndex == link.Index && address.Address.IsIPv6LinkLocal)];

    private void SwitchOn(NodeLink link)
    {
        link.IsEnabled = true;
        if (_netlink.Links.Get(link.Index).IsUp) return;

        _netlink.Links.SetUp(link.Index);
        _undo.Push(() => _netlink.Links.SetDown(link.Index));
    }

    private void AddAddresses(NodeLink link)
    {
        foreach (var (address, prefixLength) in link.Settings.Addresses)
            IgnoreExisting(() => _netlink.Addresses.Add(link.Index, address, prefixLength, KernelAddressFlags.NoDuplicateDetection, KernelMarks.Protocol));
    }

    private void AddRoutes(IEnumerable<NodeRoute> routes)
    {
        foreach (var route in routes)
        {
            IgnoreExisting(() => _netlink.Routes.Add(new KernelRoute(new IPNetwork(route.To.Network, route.To.Length))
            {
                Gateway = route.Via,
                LinkIndex = _links.FirstOrDefault(link => link.Settings.Link == route.Link)?.Index,
                Protocol = KernelMarks.Protocol,
            }));
        }
    }

    /// <summary>What was there before is left as it is, also at the end.</summary>
    private static void IgnoreExisting(Action add)
    {
        try
        {
            add();
        }
        catch (LinuxException exists) when (exists.ErrorNumber == Errno.Exists)
        {
            // Somebody has configured it already.
        }
    }

    private static string Switch(string interfaceName, string name) => string.Create(CultureInfo.InvariantCulture, $"net/ipv6/conf/{interfaceName}/{name}");

    private void Set(string name, string value)
    {
        var before = Sysctl.Read(name);
        if (before == value) return;
        Write(name, value);
        _undo.Push(() => Write(name, before));
    }

    private static void Write(string name, string value)
    {
        if (Sysctl.Read(name) != value) Sysctl.Write(name, value);
    }
}
