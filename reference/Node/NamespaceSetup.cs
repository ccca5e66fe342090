using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// Applies the configuration to the calling thread's namespace: interfaces, sysctls, addresses, routes. All changes are
/// reverted by <see cref="Dispose"/>, or by the next node that starts in this namespace.
/// </summary>
internal sealed class NamespaceSetup : IDisposable
{
    /// <summary>linux/if_link.h: IN6_ADDR_GEN_MODE_NONE, the kernel does not generate a link-local address.</summary>
    private const string NoLinkLocalAddress = "1";

    private const string Forwarding = "forwarding",
        Disabled = "disable_ipv6",
        AcceptAdvertisements = "accept_ra",
        AcceptRedirects = "accept_redirects",
        Delay = "router_solicitation_delay",
        Generation = "addr_gen_mode",
        Proxying = "proxy_ndp";

    private readonly NodeConfiguration _configuration;
    private readonly RouteNetlink _netlink;
    private readonly SetupJournal _journal;

    private NamespaceSetup(NodeConfiguration configuration, RouteNetlink netlink, NodeLog log)
    {
        (_configuration, _netlink) = (configuration, netlink);
        Links = [.. configuration.Interfaces.Select(settings => new NodeLink(settings, netlink.Links.Get(settings.Interface).Index))];
        _journal = SetupJournal.Begin(netlink, log, [.. Before()]);
    }

    public IReadOnlyList<NodeLink> Links { get; }

    /// <exception cref="LinuxException">The kernel refuses an operation. Changes made so far are reverted.</exception>
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

    /// <summary>Restores the addresses and routes that an interface has lost by being switched off.</summary>
    public void Restore(NodeLink link)
    {
        AddAddresses(link);
        AddRoutes(_configuration.Routes.Where(route => route.Link == link.Settings.Link));
    }

    public void Dispose() => _journal.Dispose();

    private static string Name(string interfaceName, string name) => $"net/ipv6/conf/{interfaceName}/{name}";

    private static string Ipv4Name(string interfaceName, string name) => $"net/ipv4/conf/{interfaceName}/{name}";

    /// <summary>
    /// Leaves a parameter alone that has the value: the parameters of a container may be read-only, and set from outside.
    /// </summary>
    private void Set(string interfaceName, string name, string value) =>
        new KernelSetting.Switch(Name(interfaceName, name), value).Restore(_netlink);

    private void SetIpv4(string interfaceName, string name, string value) =>
        new KernelSetting.Switch(Ipv4Name(interfaceName, name), value).Restore(_netlink);

    /// <summary>An object that existed before is left unchanged, also at the end.</summary>
    private static void IgnoreExisting(Action add)
    {
        try
        {
            add();
        }
        catch (LinuxException exists) when (exists.ErrorNumber == Errno.Exists)
        {
            // The object already exists.
        }
    }

    private IEnumerable<KernelSetting> Before()
    {
        // The setting "all" changes that of each interface, so it is restored first.
        foreach (var name in _netlink.Links.List().Select(link => Name(link.Name, Forwarding)).Where(Sysctl.Exists))
        {
            yield return KernelSetting.Switch.Read(name);
        }
        yield return KernelSetting.Switch.Read(Name("default", Forwarding));
        yield return KernelSetting.Switch.Read(Name("all", Forwarding));
        foreach (var setting in BeforeIpv4())
        {
            yield return setting;
        }
        foreach (var link in Links)
        {
            var state = _netlink.Links.Get(link.Index);
            if (link.Settings.IsAccessLink)
            {
                yield return KernelSetting.LinkLocalAddresses.Read(_netlink, link.Interface);
            }
            if (AddressOf(link) is not null && state.Address is { } address)
            {
                yield return new KernelSetting.HardwareAddress(link.Interface, address);
            }
            foreach (var name in SwitchesOf(link))
            {
                yield return KernelSetting.Switch.Read(Name(link.Interface, name));
            }
            if (!state.IsUp)
            {
                yield return new KernelSetting.Off(link.Interface);
            }
        }
    }

    private IEnumerable<KernelSetting> BeforeIpv4()
    {
        foreach (var name in _netlink.Links.List().Select(link => Ipv4Name(link.Name, Forwarding)).Where(Sysctl.Exists))
        {
            yield return KernelSetting.Switch.Read(name);
        }
        yield return KernelSetting.Switch.Read(Ipv4Name("default", Forwarding));

        // A change of forwarding changes this setting as well.
        yield return KernelSetting.Switch.Read(Ipv4Name("all", AcceptRedirects));
        yield return KernelSetting.Switch.Read(Ipv4Name("all", Forwarding));
        yield return KernelSetting.Switch.Read(ReversePath.OfAll);
        foreach (var link in Links.Where(link => link.Settings.IsAccessLink))
        {
            yield return KernelSetting.Switch.Read(ReversePath.Of(link.Interface));
        }
    }

    private static string[] SwitchesOf(NodeLink link) =>
        link.Settings.IsAccessLink
            ? [Disabled, AcceptAdvertisements, Proxying, Delay, Generation]
            : [Disabled, AcceptAdvertisements, Proxying];

    private void Apply()
    {
        Set("all", Forwarding, "1");
        SetIpv4("all", Forwarding, "1");

        // The check of each interface applies, and not a weaker one of all.
        new KernelSetting.Switch(ReversePath.OfAll, ReversePath.Off).Restore(_netlink);
        Drop();
        foreach (var link in Links)
        {
            if (AddressOf(link) is { } address)
            {
                new KernelSetting.HardwareAddress(link.Interface, address).Restore(_netlink);
            }
            Configure(link);
            if (!_netlink.Links.Get(link.Index).IsUp)
            {
                _netlink.Links.SetUp(link.Index);
            }
            link.IsEnabled = true;
            AddAddresses(link);
        }

        AddRoutes(_configuration.Routes);
    }

    /// <summary>Drops packets from access links and from tunnels of a MAG, unless a route permits their forwarding.</summary>
    private void Drop()
    {
        foreach (var any in KernelMarks.Families)
        {
            _netlink.Routes.Add(KernelMarks.DropAll(KernelMarks.DeliveryTable, any));
        }
        foreach (var link in Links.Where(link => link.Settings.IsAccessLink))
        {
            ArrivalTable.Add(_netlink, link.Interface, link.Index, KernelMarks.Families);
            new KernelSetting.Switch(ReversePath.Of(link.Interface), ReversePath.Strict).Restore(_netlink);
        }
    }

    private MacAddress? AddressOf(NodeLink link) =>
        _configuration.MobileAccessGateway is { } gateway
        && gateway.AccessLinks.FirstOrDefault(access => access.Link == link.Id) is { } access
            ? gateway.LinkLayerAddressOn(access)
            : link.Settings.MacAddress;

    private void Configure(NodeLink link)
    {
        Set(link.Interface, Disabled, "0");
        Set(link.Interface, AcceptAdvertisements, "0");

        // Without an entry for a neighbour, the kernel does not answer for it.
        Set(link.Interface, Proxying, "1");
        if (!link.Settings.IsAccessLink)
        {
            return;
        }

        // No random delay before duplicate address detection: the delay is meant for many nodes that start at once.
        Set(link.Interface, Delay, "0");
        Set(link.Interface, Generation, NoLinkLocalAddress);
        new KernelSetting.LinkLocalAddresses(link.Interface, []).Restore(_netlink);
    }

    private void AddAddresses(NodeLink link)
    {
        foreach (var (address, prefixLength) in link.Settings.Addresses)
        {
            IgnoreExisting(() =>
                _netlink.Addresses.Add(link.Index, address, prefixLength, KernelAddressFlags.NoDuplicateDetection, KernelMarks.Protocol)
            );
        }
    }

    private void AddRoutes(IEnumerable<NodeRoute> routes)
    {
        foreach (var route in routes)
        {
            IgnoreExisting(() =>
                _netlink.Routes.Add(
                    new KernelRoute(new IPNetwork(route.To.Network, route.To.Length))
                    {
                        Gateway = route.Via,
                        LinkIndex = Links.FirstOrDefault(link => link.Settings.Link == route.Link)?.Index,
                        Protocol = KernelMarks.Protocol,
                    }
                )
            );
        }
    }
}
