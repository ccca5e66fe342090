using System.Runtime.InteropServices;
using Pmip.Wire;

namespace Pmip.Linux.Netlink;

/// <summary>A network interface as the kernel reports it: RTM_NEWLINK, struct ifinfomsg.</summary>
/// <param name="Kind">The type of a virtual interface: <c>veth</c>, <c>tun</c>, <c>bridge</c>; null for hardware and the loopback.</param>
/// <param name="Address">Null if the interface has no six-octet address.</param>
/// <param name="BridgeIndex">The bridge of which the interface is a port, or null.</param>
public sealed record Link(int Index, string Name, LinkFlags Flags, int Mtu, MacAddress? Address, string? Kind, int? BridgeIndex)
{
    /// <summary>linux/if_link.h: IFLA_*.</summary>
    internal const ushort AddressAttribute = 1,
        NameAttribute = 3,
        MtuAttribute = 4,
        MasterAttribute = 10,
        QueueLengthAttribute = 13,
        InfoAttribute = 18,
        FamilyAttribute = 26,
        NamespaceAttribute = 28,
        CarrierLossesAttribute = 48;

    /// <summary>linux/if_link.h: IFLA_INFO_*.</summary>
    internal const ushort InfoKindAttribute = 1,
        InfoDataAttribute = 2;

    /// <summary>How often the interface has lost its carrier since it was created.</summary>
    public int CarrierLosses { get; init; }

    /// <summary>The local end of the UDP of a tunnel device; null if the interface is none, or sends without UDP.</summary>
    internal FouPort? UdpPort { get; init; }

    public bool IsUp => Flags.HasFlag(LinkFlags.Up);

    /// <summary>The other end exists, and both ends are up.</summary>
    public bool HasCarrier => Flags.HasFlag(LinkFlags.LowerUp);

    /// <summary>Packets pass. For a moment after the carrier is up, the kernel still drops the packets that it is to send.</summary>
    public bool IsRunning => Flags.HasFlag(LinkFlags.Running);

    internal static Link Read(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out var header);
        var link = new Link(header.Index, "", (LinkFlags)header.Flags, 0, null, null, null);
        while (attributes.TryNext(out var attribute))
        {
            link = attribute.Type switch
            {
                AddressAttribute when attribute.Data.Length == MacAddress.Length => link with { Address = new MacAddress(attribute.Data) },
                NameAttribute => link with { Name = attribute.Text },
                MtuAttribute => link with { Mtu = attribute.Int32 },
                MasterAttribute => link with { BridgeIndex = attribute.Int32 },
                CarrierLossesAttribute => link with { CarrierLosses = attribute.Int32 },
                InfoAttribute => ReadInfo(link, attribute.Nested),
                _ => link,
            };
        }

        return link;
    }

    /// <summary>The kind precedes the data, which only it gives a meaning.</summary>
    private static Link ReadInfo(Link link, AttributeReader info)
    {
        while (info.TryNext(out var attribute))
        {
            link = attribute.Type switch
            {
                InfoKindAttribute => link with { Kind = attribute.Text },
                InfoDataAttribute when link.Kind == TunnelRequest.KindOf(TunnelMode.Ipv4Udp) => link with
                {
                    UdpPort = TunnelRequest.UdpPortOf(attribute.Nested),
                },
                _ => link,
            };
        }

        return link;
    }

    /// <summary>struct ifinfomsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        internal byte Family;
        internal byte Padding;
        internal ushort Type;
        internal int Index;
        internal uint Flags;

        /// <summary>The flags that a request changes.</summary>
        internal uint Change;
    }
}

/// <summary>linux/if.h: IFF_*.</summary>
[Flags]
public enum LinkFlags
{
    None = 0,
    Up = 0x1,
    Broadcast = 0x2,
    Loopback = 0x8,
    PointToPoint = 0x10,
    Running = 0x40,
    NoArp = 0x80,
    Promiscuous = 0x100,
    AllMulticast = 0x200,
    Multicast = 0x1000,
    LowerUp = 0x10000,
    Dormant = 0x20000,
}
