using System.Net;
using System.Net.Sockets;

namespace Pmip.Linux.Netlink;

/// <summary>Addresses of interfaces: RTM_NEWADDR, RTM_DELADDR, RTM_GETADDR.</summary>
public sealed class Addresses
{
    /// <summary>linux/rtnetlink.h.</summary>
    internal const ushort NewMessage = 20,
        DeleteMessage = 21,
        GetMessage = 22;

    /// <summary>The kernel's worker needs less than a millisecond; this only ends a wait for what will never come.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly NetlinkSocket _socket;
    private readonly NetlinkAwaiter _awaiter;

    internal Addresses(NetlinkSocket socket, NetlinkAwaiter awaiter) => (_socket, _awaiter) = (socket, awaiter);

    public IReadOnlyList<KernelAddress> List() =>
        _socket.Dump(
            new NetlinkRequest(GetMessage, "RTM_GETADDR").AddHeader(new KernelAddress.Header()),
            static (_, payload) => KernelAddress.Read(payload)
        );

    /// <summary>
    /// Adds an address. It is in use when this returns if <paramref name="flags"/> say that it is not tested for uniqueness;
    /// otherwise the test goes on, and a <see cref="NetlinkSubscription"/> tells how it ended.
    /// </summary>
    /// <param name="protocol">A number of the program's own, to know its addresses by; IFAPROT_*.</param>
    public void Add(
        int linkIndex,
        IPAddress address,
        byte prefixLength,
        KernelAddressFlags flags = KernelAddressFlags.None,
        byte protocol = 0
    )
    {
        var target = Describe(linkIndex, address, prefixLength);
        var request = Request(NewMessage, "RTM_NEWADDR", linkIndex, address, prefixLength, NetlinkRequest.Create | NetlinkRequest.Exclusive)
            .Add(KernelAddress.FlagsAttribute, (uint)flags);
        if (protocol != 0)
        {
            request.Add(KernelAddress.ProtocolAttribute, protocol);
        }
        if (!flags.HasFlag(KernelAddressFlags.NoDuplicateDetection) || address.AddressFamily == AddressFamily.InterNetwork)
        {
            _socket.Execute(request, target);
            return;
        }

        // Packets for the address are refused until a worker of the kernel has made its local route, and told.
        bool Begin()
        {
            _socket.Execute(request, target);
            return false;
        }

        bool IsDone(NetlinkEvent told) =>
            told switch
            {
                NetlinkEvent.AddressChanged changed => changed.Address.LinkIndex == linkIndex && changed.Address.Address.Equals(address),
                NetlinkEvent.AddressRemoved removed => removed.Address.LinkIndex == linkIndex && removed.Address.Address.Equals(address),
                _ => false,
            };

        if (!_awaiter.Await(NetlinkTopics.Addresses, Begin, IsDone, KernelTime.Now + _patience))
        {
            throw new LinuxException(request.Name, target, Errno.TimedOut);
        }
    }

    public void Remove(int linkIndex, IPAddress address, byte prefixLength) =>
        _socket.Execute(
            Request(DeleteMessage, "RTM_DELADDR", linkIndex, address, prefixLength, 0),
            Describe(linkIndex, address, prefixLength)
        );

    /// <summary>
    /// Waits until an interface has a link-local address in use. Before that the kernel solicits no neighbor on it, and drops what it
    /// was to forward to one.
    /// </summary>
    /// <param name="until">Null waits for as long as it takes.</param>
    /// <returns>False if the time came first.</returns>
    public bool WaitUntilLinkLocal(int linkIndex, KernelTime? until)
    {
        return _awaiter.Await(NetlinkTopics.Addresses, IsThere, _ => IsThere(), until);

        bool IsThere() => List().Any(address => address.LinkIndex == linkIndex && address.Address.IsIPv6LinkLocal && !address.IsTentative);
    }

    private static string Describe(int linkIndex, IPAddress address, byte prefixLength) =>
        $"{address}/{prefixLength} on interface {linkIndex}";

    private static NetlinkRequest Request(ushort type, string name, int linkIndex, IPAddress address, byte prefixLength, int flags) =>
        new NetlinkRequest(type, name, (ushort)flags)
            .AddHeader(
                new KernelAddress.Header
                {
                    Family = Family.Of(address),
                    PrefixLength = prefixLength,
                    LinkIndex = linkIndex,
                }
            )
            .Add(KernelAddress.LocalAttribute, address.GetAddressBytes())
            .Add(KernelAddress.AddressAttribute, address.GetAddressBytes());
}
