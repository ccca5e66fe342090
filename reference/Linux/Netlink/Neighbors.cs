using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Netlink;

/// <summary>The neighbor cache: RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH.</summary>
public sealed class Neighbors
{
    /// <summary>linux/rtnetlink.h.</summary>
    internal const ushort NewMessage = 28,
        DeleteMessage = 29,
        GetMessage = 30;

    private readonly NetlinkSocket _socket;

    internal Neighbors(NetlinkSocket socket) => _socket = socket;

    public IReadOnlyList<KernelNeighbor> List() =>
        _socket.Dump(
            new NetlinkRequest(GetMessage, "RTM_GETNEIGH").AddHeader(new KernelNeighbor.Header()),
            static (_, payload) => KernelNeighbor.Read(payload)
        );

    /// <summary>The neighbors for which the kernel answers; for IPv6 only if the sysctl proxy_ndp is set.</summary>
    public IReadOnlyList<KernelNeighbor> ListProxies() =>
        _socket.Dump(
            new NetlinkRequest(GetMessage, "RTM_GETNEIGH").AddHeader(new KernelNeighbor.Header { Flags = KernelNeighbor.ProxyFlag }),
            static (_, payload) => KernelNeighbor.Read(payload)
        );

    /// <summary>Makes the kernel answer for a neighbor on a link, as a router does that has a route to it by another link.</summary>
    /// <param name="protocol">The origin of the entry, RTPROT_*.</param>
    public void AddProxy(int linkIndex, IPAddress address, byte protocol) =>
        _socket.Execute(
            Request(
                    NewMessage,
                    "RTM_NEWNEIGH",
                    linkIndex,
                    address,
                    KernelNeighborState.Permanent,
                    NetlinkRequest.Create | NetlinkRequest.Replace,
                    KernelNeighbor.ProxyFlag
                )
                .Add(KernelNeighbor.ProtocolAttribute, protocol),
            $"proxy of {address} on interface {linkIndex}"
        );

    public void RemoveProxy(int linkIndex, IPAddress address) =>
        _socket.Execute(
            Request(DeleteMessage, "RTM_DELNEIGH", linkIndex, address, KernelNeighborState.None, 0, KernelNeighbor.ProxyFlag),
            $"proxy of {address} on interface {linkIndex}"
        );

    /// <summary>Adds a neighbor, or replaces its entry.</summary>
    public void Set(
        int linkIndex,
        IPAddress address,
        MacAddress linkLayerAddress,
        KernelNeighborState state = KernelNeighborState.Permanent
    ) =>
        _socket.Execute(
            Request(NewMessage, "RTM_NEWNEIGH", linkIndex, address, state, NetlinkRequest.Create | NetlinkRequest.Replace)
                .Add(KernelNeighbor.LinkLayerAttribute, linkLayerAddress.ToArray()),
            $"{address} at {linkLayerAddress} on interface {linkIndex}"
        );

    public void Remove(int linkIndex, IPAddress address) =>
        _socket.Execute(
            Request(DeleteMessage, "RTM_DELNEIGH", linkIndex, address, KernelNeighborState.None, 0),
            $"{address} on interface {linkIndex}"
        );

    private static NetlinkRequest Request(
        ushort type,
        string name,
        int linkIndex,
        IPAddress address,
        KernelNeighborState state,
        int flags,
        byte kind = 0
    ) =>
        new NetlinkRequest(type, name, (ushort)flags)
            .AddHeader(
                new KernelNeighbor.Header
                {
                    Family = Family.Of(address),
                    LinkIndex = linkIndex,
                    State = (ushort)state,
                    Flags = kind,
                }
            )
            .Add(KernelNeighbor.DestinationAttribute, address.GetAddressBytes());
}
