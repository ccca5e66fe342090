using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// The IPv4 datagrams to UDP ports that the role takes from packets on its links, whatever their destination. A rule keeps the kernel from
/// forwarding them; those for this node itself come to a socket, too, whose copies are not used.
/// </summary>
internal sealed class InterceptedDatagrams(RouteNetlink netlink) : IDisposable
{
    private readonly Dictionary<ushort, PacketTap> _taps = [];
    private readonly HashSet<(int Link, ushort Port)> _intercepted = [];

    public IEnumerable<PacketTap> Taps => _taps.Values;

    public bool Cover(int linkIndex, ushort port) => _intercepted.Contains((linkIndex, port));

    /// <exception cref="LinuxException">The kernel refuses the rule.</exception>
    public void Add(NodeLink link, ushort port)
    {
        if (_intercepted.Count == 0)
        {
            netlink.Routes.Add(KernelMarks.DropAll(KernelMarks.InterceptionTable, IPAddress.Any));
        }
        if (!_taps.ContainsKey(port))
        {
            _taps.Add(port, PacketTap.OpenIpv4(PacketFilter.Ipv4Udp(port)));
        }
        if (_intercepted.Add((link.Index, port)))
        {
            netlink.Rules.Add(KernelMarks.Intercepting(link.Interface, port));
        }
    }

    /// <summary>The rules and the route are reverted with all others of the node.</summary>
    public void Dispose()
    {
        foreach (var tap in _taps.Values)
        {
            tap.Dispose();
        }
    }
}
