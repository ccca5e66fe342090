using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Pmip.Wire;

namespace Pmip.Linux.Netlink;

/// <summary>
/// The RTM_NEWLINK request for a tunnel device of the kernel: linux/if_tunnel.h, linux/if_link.h. A device carries packets of both
/// families, copies the traffic class of the packets inside, and adds no Tunnel Encapsulation Limit option.
/// </summary>
internal static class TunnelRequest
{
    /// <summary>IFLA_IPTUN_*.</summary>
    private const ushort Local = 2,
        Remote = 3,
        HopLimit = 4,
        TypeOfService = 5,
        Flags = 8,
        Protocol = 9,
        PathMtuDiscovery = 10,
        EncapsulationType = 15,
        EncapsulationFlags = 16,
        SourcePort = 17,
        DestinationPort = 18;

    /// <summary>The content of a device: packets of IPv6 and of IPv4.</summary>
    private const byte BothFamilies = 0;

    /// <summary>IP6_TNL_F_*.</summary>
    private const uint WithoutEncapsulationLimit = 0x1,
        InheritTrafficClass = 0x2;

    /// <summary>The type of service that stands for that of the packet inside.</summary>
    private const byte InheritTypeOfService = 1;

    /// <summary>TUNNEL_ENCAP_FOU, TUNNEL_ENCAP_FLAG_CSUM.</summary>
    private const ushort UdpWithoutOtherHeader = 1,
        WithChecksum = 1;

    /// <summary>The modes for which there are devices. None of them adds ESP.</summary>
    internal static IReadOnlyList<TunnelMode> Modes { get; } = [TunnelMode.Ipv6, TunnelMode.Ipv4, TunnelMode.Ipv4Udp];

    /// <summary>The kind of device for a mode; the one for IPv4 also sends in UDP.</summary>
    /// <exception cref="NotSupportedException">There is none for the mode.</exception>
    internal static string KindOf(TunnelMode mode) =>
        mode switch
        {
            TunnelMode.Ipv6 => "ip6tnl",
            TunnelMode.Ipv4 or TunnelMode.Ipv4Udp => "sit",
            _ => throw new NotSupportedException($"The kernel has no devices for tunnels of the mode {mode}."),
        };

    /// <summary>The module that has the kind of device.</summary>
    internal static string ModuleOf(TunnelMode mode) => mode == TunnelMode.Ipv6 ? "ip6_tunnel" : "sit";

    /// <summary>A device that is down.</summary>
    internal static NetlinkRequest New(string name, Tunnel tunnel) =>
        New(
            name,
            tunnel.Mode,
            BothFamilies,
            data =>
            {
                data.Add(Local, tunnel.Local.GetAddressBytes())
                    .Add(Remote, tunnel.Remote.GetAddressBytes())
                    .Add(HopLimit, TunnelHeader.HopLimit);
                if (tunnel.Mode == TunnelMode.Ipv6)
                {
                    data.Add(Flags, WithoutEncapsulationLimit | InheritTrafficClass);
                    return;
                }

                // RFC 4213, Section 3.2.2: Don't Fragment is set unless the path is too small for the minimum MTU of IPv6.
                data.Add(TypeOfService, InheritTypeOfService).Add(PathMtuDiscovery, (byte)1);
                if (tunnel.Ports is { } ports)
                {
                    data.Add(EncapsulationType, UdpWithoutOtherHeader)
                        .Add(EncapsulationFlags, WithChecksum)
                        .Add(SourcePort, BinaryPrimitives.ReverseEndianness(ports.Local))
                        .Add(DestinationPort, BinaryPrimitives.ReverseEndianness(ports.Remote));
                }
            }
        );

    /// <summary>
    /// A request that creates nothing: there is no tunnel for its protocol. A kernel that knows the kind of device rejects it as invalid.
    /// </summary>
    internal static NetlinkRequest Probe(TunnelMode mode) => New("pmip-probe", mode, IpProtocol.NoNextHeader, static _ => { });

    /// <summary>The local end of the UDP of a device, as the kernel reports the device; null if it sends without UDP.</summary>
    internal static FouPort? UdpPortOf(AttributeReader data)
    {
        FouPort? end = null;
        var (local, isInUdp) = (IPAddress.Any, false);
        while (data.TryNext(out var attribute))
        {
            switch (attribute.Type)
            {
                case Local:
                    local = new IPAddress(attribute.Data);
                    break;
                case EncapsulationType:
                    isInUdp = MemoryMarshal.Read<ushort>(attribute.Data) == UdpWithoutOtherHeader;
                    break;
                case SourcePort when isInUdp:
                    end = new FouPort(local, BinaryPrimitives.ReadUInt16BigEndian(attribute.Data));
                    break;
            }
        }

        return end;
    }

    private static NetlinkRequest New(string name, TunnelMode mode, byte protocol, Action<NetlinkRequest> addData) =>
        new NetlinkRequest(Links.NewMessage, "RTM_NEWLINK", NetlinkRequest.Create | NetlinkRequest.Exclusive)
            .AddHeader(new Link.Header())
            .Add(Link.NameAttribute, name)
            .AddNested(
                Link.InfoAttribute,
                info =>
                    info.Add(Link.InfoKindAttribute, KindOf(mode))
                        .AddNested(Link.InfoDataAttribute, data => addData(data.Add(Protocol, protocol)))
            );
}
