using System.Net;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Netlink;

/// <summary>A route of the kernel: RTM_NEWROUTE, struct rtmsg.</summary>
/// <param name="To">::/0 or 0.0.0.0/0 for a default route.</param>
public sealed record KernelRoute(IPNetwork To)
{
    /// <summary>linux/rtnetlink.h: RT_TABLE_MAIN.</summary>
    public const uint MainTable = 254;

    /// <summary>linux/rtnetlink.h: RTPROT_STATIC.</summary>
    public const byte StaticProtocol = 4;

    /// <summary>linux/rtnetlink.h: RTA_*, RTAX_MTU.</summary>
    internal const ushort DestinationAttribute = 1,
        SourceAttribute = 2,
        OutAttribute = 4,
        GatewayAttribute = 5,
        PriorityAttribute = 6,
        PreferredSourceAttribute = 7,
        MetricsAttribute = 8,
        TableAttribute = 15,
        EncapsulationTypeAttribute = 21,
        EncapsulationAttribute = 22,
        MtuMetric = 2;

    /// <summary>Restricts the route to packets from this network; IPv6 only. ::/0 is read as null.</summary>
    public IPNetwork? From { get; init; }

    public KernelRouteType Type { get; init; } = KernelRouteType.Unicast;

    public uint Table { get; init; } = MainTable;

    /// <summary>The origin of the route, RTPROT_*; <c>ip route</c> shows it as <c>proto</c>.</summary>
    public byte Protocol { get; init; } = StaticProtocol;

    /// <summary>The next hop; null for on-link destinations.</summary>
    public IPAddress? Gateway { get; init; }

    public int? LinkIndex { get; init; }

    /// <summary>The route with the lowest metric is preferred. Null leaves the choice to the kernel: 1024 for IPv6.</summary>
    public uint? Metric { get; init; }

    public IPAddress? PreferredSource { get; init; }

    public uint? Mtu { get; init; }

    /// <summary>The encapsulation of packets that take the route. Not read back from the kernel.</summary>
    internal RouteEncapsulation? Encapsulation { get; init; }

    /// <summary>Null if the family is neither IPv4 nor IPv6.</summary>
    internal static KernelRoute? Read(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out var header);
        if (!Family.IsInternet(header.Family))
        {
            return null;
        }

        var any = Family.Any(header.Family);
        var route = new KernelRoute(new IPNetwork(any, 0))
        {
            Type = (KernelRouteType)header.Type,
            Table = header.Table,
            Protocol = header.Protocol,
        };
        while (attributes.TryNext(out var attribute))
        {
            route = attribute.Type switch
            {
                DestinationAttribute => route with { To = new IPNetwork(new IPAddress(attribute.Data), header.ToLength) },
                SourceAttribute => route with { From = new IPNetwork(new IPAddress(attribute.Data), header.FromLength) },
                OutAttribute => route with { LinkIndex = attribute.Int32 },
                GatewayAttribute => route with { Gateway = new IPAddress(attribute.Data) },
                PriorityAttribute => route with { Metric = attribute.UInt32 },
                PreferredSourceAttribute => route with { PreferredSource = new IPAddress(attribute.Data) },
                TableAttribute => route with { Table = attribute.UInt32 },
                MetricsAttribute => route with { Mtu = ReadMtu(attribute.Nested) },
                _ => route,
            };
        }

        return route;
    }

    private static uint? ReadMtu(AttributeReader metrics)
    {
        while (metrics.TryNext(out var attribute))
        {
            if (attribute.Type == MtuMetric)
            {
                return attribute.UInt32;
            }
        }

        return null;
    }

    /// <summary>struct rtmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        internal byte Family;
        internal byte ToLength;
        internal byte FromLength;
        internal byte TypeOfService;
        internal byte Table;
        internal byte Protocol;
        internal byte Scope;
        internal byte Type;
        internal uint Flags;
    }
}

/// <summary>linux/rtnetlink.h: RTN_*.</summary>
public enum KernelRouteType
{
    None = 0,
    Unicast = 1,
    Local = 2,
    Broadcast = 3,
    Anycast = 4,
    Multicast = 5,

    /// <summary>Packets are dropped silently.</summary>
    Blackhole = 6,

    /// <summary>Packets are dropped with an ICMP error.</summary>
    Unreachable = 7,
    Prohibit = 8,

    /// <summary>The lookup continues in the next table.</summary>
    Throw = 9,
}
