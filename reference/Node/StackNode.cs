using System.Diagnostics;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Node.Management;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;

namespace Pmip.Node;

/// <summary>
/// Runs a role of Mobile IPv6 as configured, on a stack of its own (<see cref="StackHost"/>), with its management socket.
/// </summary>
internal sealed class StackNode : INodeHost
{
    private readonly Stack<IDisposable> _open = [];
    private readonly StackHost _host;
    private readonly ManagementServer? _management;

    /// <param name="role">Null for a router that has no other role.</param>
    /// <param name="restart">Set when the management asks for a restart of the node.</param>
    /// <exception cref="LinuxException">The kernel refuses an operation. Changes made so far are reverted.</exception>
    /// <exception cref="IOException">A file with a key cannot be used.</exception>
    public StackNode(NodeConfiguration configuration, IRole? role, Random random, NodeLog log, WakeUp restart)
    {
        var counters = new Counters();
        try
        {
            var netlink = Keep(RouteNetlink.Open());
            SetupJournal.Recover(netlink, log);
            var acting = configuration.Router is null
                ? role!
                : new AdvertisingRouter([.. AdvertisedBy(configuration, configuration.Router, netlink)], role);
            Keep(SetupJournal.Begin(netlink, log, [.. configuration.Interfaces.SelectMany(on => Before(on.Interface, netlink))]));
            _host = Keep(
                new StackHost(
                    SettingsOf(configuration),
                    configuration.Interfaces.ToDictionary(on => on.Id, on => on.Interface),
                    new CountedRole(acting, configuration, counters),
                    random,
                    log,
                    configuration.MobileNode is not null
                )
            );
            if (configuration.ManagementSocket is { } path)
            {
                var state = new MobilityState(configuration, role ?? acting, _host.Addresses, netlink, counters);
                var managed = new ManagedNode(
                    acting,
                    _ => throw new UnreachableException(),
                    (_, _) => throw new UnreachableException(),
                    () => counters.ActionsFailed,
                    restart.Set
                );
                _management = Keep(
                    new ManagementServer(UnixListener.Open(path), new ManagementCommands(configuration, state.Write, managed))
                );
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Start() => _host.Start();

    public IReadable Run(params IReadOnlyList<IReadable> until)
    {
        while (true)
        {
            var ready = _host.Run([.. until, .. _management?.Sources ?? []]);
            _management?.Handle();
            if (until.Contains(ready))
            {
                return ready;
            }
        }
    }

    public void Dispose()
    {
        while (_open.TryPop(out var open))
        {
            open.Dispose();
        }
    }

    /// <summary>The settings of an interface that the host changes.</summary>
    private static IEnumerable<KernelSetting> Before(string name, RouteNetlink netlink)
    {
        var link = netlink.Links.Get(name);
        yield return KernelSetting.Switch.Read($"net/ipv6/conf/{name}/disable_ipv6");
        yield return KernelSetting.Switch.Read(ReversePath.Of(name));
        yield return KernelSetting.Switch.Read(ReversePath.OfAll);
        if (!link.Flags.HasFlag(LinkFlags.NoArp))
        {
            yield return new KernelSetting.Arp(name);
        }
        if (!link.IsUp)
        {
            yield return new KernelSetting.Off(name);
        }
    }

    private static IpNodeSettings SettingsOf(NodeConfiguration configuration) =>
        new()
        {
            Name = configuration.Name,
            IsRouter = configuration.HomeAgent is not null || configuration.Router is not null,
            VerifyReversePathOfTunnels = configuration.HomeAgent is not null,
            ProcessesHomeAddressOption = true,
            Interfaces =
            [
                .. configuration.Interfaces.Select(on => new InterfaceSettings(on.Id, default)
                {
                    Addresses = [.. on.Addresses.Select(known => new Protocol.Stack.ConfiguredAddress(known.Address, known.PrefixLength))],
                    Autoconfigure = configuration.MobileNode is not null,
                }),
            ],
            Routes = [.. configuration.Routes.Select(route => RouteOf(route, configuration))],
            Security = configuration.Security?.Load() ?? new SecuritySettings(),
        };

    private static IEnumerable<AdvertisedLink> AdvertisedBy(NodeConfiguration configuration, RouterSettings router, RouteNetlink netlink) =>
        configuration
            .Interfaces.Where(on => router.AdvertisedLinks.Contains(on.Id))
            .Select(on => new AdvertisedLink(on.Id, netlink.Links.Get(on.Interface).Address!.Value, on.AdvertisedPrefix!.Value));

    private static StaticRoute RouteOf(NodeRoute route, NodeConfiguration configuration) =>
        new(route.To, configuration.LinkOf(route) ?? throw new UnreachableException("A next hop is on a link of the node."), route.Via);

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Push(opened);
        return opened;
    }
}
