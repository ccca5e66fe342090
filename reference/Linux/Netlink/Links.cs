using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Netlink;

/// <summary>One end of a veth pair to create.</summary>
/// <param name="Name">At most 15 octets.</param>
public sealed record VethEnd(string Name)
{
    /// <summary>
    /// The namespace in which the end is created; null is that of the rtnetlink socket. The end never exists in another namespace.
    /// </summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>Null lets the kernel choose an address.</summary>
    public MacAddress? Address { get; init; }

    public int? Mtu { get; init; }
}

/// <summary>Network interfaces: RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK.</summary>
public sealed class Links
{
    /// <summary>linux/rtnetlink.h.</summary>
    internal const ushort NewMessage = 16,
        DeleteMessage = 17,
        GetMessage = 18;

    /// <summary>linux/veth.h: VETH_INFO_PEER.</summary>
    private const ushort VethPeerAttribute = 1;

    /// <summary>linux/if_link.h: IFLA_BR_MCAST_SNOOPING.</summary>
    private const ushort BridgeSnoopingAttribute = 23;

    /// <summary>linux/if_link.h: IFLA_BR_AGEING_TIME, how long a bridge remembers the port of an address.</summary>
    private const ushort BridgeAgeingAttribute = 4;

    /// <summary>linux/if_link.h: IFLA_INET6_ADDR_GEN_MODE; IN6_ADDR_GEN_MODE_EUI64, IN6_ADDR_GEN_MODE_NONE.</summary>
    private const ushort AddressGenerationAttribute = 8;
    private const byte GenerateLinkLocal = 0,
        GenerateNone = 1;

    private readonly NetlinkSocket _socket;
    private readonly NetlinkAwaiter _awaiter;

    internal Links(NetlinkSocket socket, NetlinkAwaiter awaiter) => (_socket, _awaiter) = (socket, awaiter);

    public IReadOnlyList<Link> List() => _socket.Dump(new NetlinkRequest(GetMessage, "RTM_GETLINK").AddHeader(new Link.Header()), Read);

    /// <exception cref="LinuxException">There is no interface of this name.</exception>
    public Link Get(string name) =>
        _socket.Get(new NetlinkRequest(GetMessage, "RTM_GETLINK").AddHeader(new Link.Header()).Add(Link.NameAttribute, name), name, Read);

    /// <exception cref="LinuxException">There is no interface of this index.</exception>
    public Link Get(int index) =>
        _socket.Get(new NetlinkRequest(GetMessage, "RTM_GETLINK").AddHeader(new Link.Header { Index = index }), Describe(index), Read);

    public Link? Find(string name) => List().FirstOrDefault(link => link.Name == name);

    /// <summary>Creates two interfaces connected to each other, both down. Deleting one deletes the other.</summary>
    public void AddVethPair(VethEnd left, VethEnd right)
    {
        using var leftNamespace = left.Namespace?.Descriptor.Hold();
        using var rightNamespace = right.Namespace?.Descriptor.Hold();
        var request = New(NetlinkRequest.Create | NetlinkRequest.Exclusive, new Link.Header());
        AddEnd(request, left, leftNamespace?.Number);
        request.AddNested(
            Link.InfoAttribute,
            info =>
                info.Add(Link.InfoKindAttribute, "veth")
                    .AddNested(
                        Link.InfoDataAttribute,
                        data =>
                            data.AddNested(
                                VethPeerAttribute,
                                peer => AddEnd(peer.AddHeader(new Link.Header()), right, rightNamespace?.Number)
                            )
                    )
        );
        _socket.Execute(request, $"veth {left.Name} - {right.Name}");
    }

    /// <summary>Creates a bridge that floods multicast like a plain switch: a shared link.</summary>
    /// <param name="hub">Floods all frames, so that every port receives the traffic between any two others.</param>
    public Link AddBridge(string name, bool hub = false)
    {
        var request = New(NetlinkRequest.Create | NetlinkRequest.Exclusive, new Link.Header())
            .Add(Link.NameAttribute, name)
            .AddNested(
                Link.InfoAttribute,
                info =>
                    info.Add(Link.InfoKindAttribute, "bridge")
                        .AddNested(
                            Link.InfoDataAttribute,
                            data =>
                            {
                                data.Add(BridgeSnoopingAttribute, (byte)0);
                                if (hub)
                                {
                                    data.Add(BridgeAgeingAttribute, 0u);
                                }
                            }
                        )
            );
        _socket.Execute(request, $"bridge {name}");
        return Get(name);
    }

    /// <summary>Creates a tunnel device of the kernel for packets of both families, down.</summary>
    /// <exception cref="LinuxException">The kernel refuses it.</exception>
    internal Link AddTunnel(string name, Tunnel tunnel)
    {
        _socket.Execute(TunnelRequest.New(name, tunnel), $"{TunnelRequest.KindOf(tunnel.Mode)} {name} for {tunnel}");
        return Get(name);
    }

    /// <summary>Whether the kernel has tunnel devices for a mode, or a module that it can load. Creates nothing.</summary>
    public bool KnowsTunnels(TunnelMode mode)
    {
        try
        {
            _socket.Execute(TunnelRequest.Probe(mode), TunnelRequest.KindOf(mode));
            throw new InvalidOperationException("The kernel has created a tunnel for an invalid protocol.");
        }
        catch (LinuxException refused) when (refused.ErrorNumber is Errno.NotSupported or Errno.InvalidArgument)
        {
            return refused.ErrorNumber == Errno.InvalidArgument;
        }
    }

    /// <summary>Makes an interface a port of a bridge, or removes it from its bridge.</summary>
    public void SetBridge(int index, int? bridgeIndex) =>
        _socket.Execute(New(0, new Link.Header { Index = index }).Add(Link.MasterAttribute, bridgeIndex ?? 0), Describe(index));

    public void SetUp(int index) => SetFlags(index, LinkFlags.Up, LinkFlags.Up);

    public void SetDown(int index) => SetFlags(index, LinkFlags.Up, LinkFlags.None);

    /// <summary>
    /// Waits until an interface is running. Before that, and for a moment after both ends are up, packets sent on the interface are
    /// lost.
    /// </summary>
    /// <param name="until">Null waits without a time limit.</param>
    /// <returns>False if the time came first.</returns>
    public bool WaitUntilRunning(int index, KernelTime? until) =>
        _awaiter.Await(NetlinkTopics.Links, () => Get(index).IsRunning, _ => Get(index).IsRunning, until);

    /// <summary>
    /// Switches ARP and Neighbor Discovery on or off. Without them the kernel neither resolves addresses on the interface nor
    /// answers.
    /// </summary>
    public void SetArp(int index, bool enabled) => SetFlags(index, LinkFlags.NoArp, enabled ? LinkFlags.None : LinkFlags.NoArp);

    /// <summary>
    /// Sets whether the kernel assigns a link-local address when the interface comes up. Without the address, it solicits no routers
    /// there.
    /// </summary>
    public void SetLinkLocalAddress(int index, bool enabled) =>
        _socket.Execute(
            New(0, new Link.Header { Index = index })
                .AddNested(
                    Link.FamilyAttribute,
                    families =>
                        families.AddNested(
                            Libc.FamilyInet6,
                            settings => settings.Add(AddressGenerationAttribute, enabled ? GenerateLinkLocal : GenerateNone)
                        )
                ),
            $"{Describe(index)} link-local address {(enabled ? "on" : "off")}"
        );

    public void SetMtu(int index, int mtu) =>
        _socket.Execute(New(0, new Link.Header { Index = index }).Add(Link.MtuAttribute, mtu), $"{Describe(index)} mtu {mtu}");

    /// <summary>Sets how many packets may wait for a device that does not take them yet, before more are dropped.</summary>
    public void SetQueueLength(int index, int packets) =>
        _socket.Execute(
            New(0, new Link.Header { Index = index }).Add(Link.QueueLengthAttribute, packets),
            $"{Describe(index)} queue length {packets}"
        );

    public void SetAddress(int index, MacAddress address) =>
        _socket.Execute(
            New(0, new Link.Header { Index = index }).Add(Link.AddressAttribute, address.ToArray()),
            $"{Describe(index)} address {address}"
        );

    /// <summary>Renames an interface, which must be down.</summary>
    public void Rename(int index, string name) =>
        _socket.Execute(New(0, new Link.Header { Index = index }).Add(Link.NameAttribute, name), $"{Describe(index)} name {name}");

    /// <summary>Moves an interface to a namespace, where it is down and without addresses. Its index may change.</summary>
    public void MoveTo(int index, NetworkNamespace target)
    {
        using var held = target.Descriptor.Hold();
        _socket.Execute(
            New(0, new Link.Header { Index = index }).Add(Link.NamespaceAttribute, held.Number),
            $"{Describe(index)} to {target}"
        );
    }

    public void Delete(int index) =>
        _socket.Execute(new NetlinkRequest(DeleteMessage, "RTM_DELLINK").AddHeader(new Link.Header { Index = index }), Describe(index));

    /// <summary>Deletes all virtual interfaces, and returns when they are deleted.</summary>
    internal void DeleteVirtual()
    {
        foreach (var link in List().Where(link => link.Kind is not null))
        {
            try
            {
                Delete(link.Index);
            }
            catch (LinuxException gone) when (gone.ErrorNumber is Errno.NoDevice or Errno.NotSupported)
            {
                // The other end of a pair is deleted with the first; the default device of a tunnel module is deleted with its namespace.
            }
        }
    }

    private static Link Read(ushort type, ReadOnlySpan<byte> payload) => Link.Read(payload);

    private static void AddEnd(NetlinkRequest request, VethEnd end, int? namespaceDescriptor)
    {
        request
            .Add(Link.NameAttribute, end.Name)
            .AddIfAny(Link.MtuAttribute, end.Mtu)
            .AddIfAny(Link.NamespaceAttribute, namespaceDescriptor);
        if (end.Address is { } address)
        {
            request.Add(Link.AddressAttribute, address.ToArray());
        }
    }

    private static string Describe(int index) => $"interface {index}";

    private static NetlinkRequest New(int flags, Link.Header header) =>
        new NetlinkRequest(NewMessage, "RTM_NEWLINK", (ushort)flags).AddHeader(header);

    private void SetFlags(int index, LinkFlags which, LinkFlags value) =>
        _socket.Execute(
            New(
                0,
                new Link.Header
                {
                    Index = index,
                    Flags = (uint)value,
                    Change = (uint)which,
                }
            ),
            $"{Describe(index)} flags {value} of {which}"
        );
}
