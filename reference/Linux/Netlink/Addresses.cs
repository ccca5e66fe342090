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

    /// <summary>The kernel's worker needs less than a millisecond; the limit only ends a wait for an event that will never come.</summary>
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
    /// Adds an address. If <paramref name="flags"/> disable Duplicate Address Detection, the address is in use when this returns.
    /// Otherwise the detection continues, and a <see cref="NetlinkSubscription"/> reports its result.
    /// </summary>
    /// <param name="protocol">A number by which the program recognises its addresses; IFAPROT_*.</param>
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

        // The kernel refuses packets for the address until a worker has added the local route and reported the address.
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
    /// Waits until an interface has a link-local address in use. Until then the kernel solicits no neighbors on the interface, and
    /// drops the packets that it was to forward to them.
    /// </summary>
    /// <param name="until">Null waits without a time limit.</param>
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
