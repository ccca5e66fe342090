using System.Net;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Netlink;

/// <summary>A rule that selects the routing table for some packets: RTM_NEWRULE, struct fib_rule_hdr.</summary>
/// <param name="Priority">Rules are tried in ascending order: 0 is the priority of the local table, 32766 that of the main table.</param>
public sealed record KernelRule(uint Priority, uint Table)
{
    /// <summary>linux/fib_rules.h: FRA_*.</summary>
    internal const ushort ToAttribute = 1,
        FromAttribute = 2,
        InAttribute = 3,
        PriorityAttribute = 6,
        TableAttribute = 15,
        ProtocolAttribute = 21,
        UpperLayerAttribute = 22,
        DestinationPortsAttribute = 24;

    /// <summary>linux/fib_rules.h: FR_ACT_TO_TBL.</summary>
    internal const byte ToTableAction = 1;

    /// <summary>linux/rtnetlink.h: RT_TABLE_LOCAL, the table of this node's own addresses.</summary>
    public const uint LocalTable = 255;

    /// <summary>A rule for packets of IPv4; otherwise of IPv6. <see cref="From"/> and <see cref="To"/> are of the same family.</summary>
    public bool IsIpv4 { get; init; }

    /// <summary>The source network, or null for any source.</summary>
    public IPNetwork? From { get; init; }

    public IPNetwork? To { get; init; }

    /// <summary>The name of the incoming interface, or null for all; <c>lo</c> is for packets that this node originates.</summary>
    public string? InputInterface { get; init; }

    /// <summary>
    /// The upper-layer protocol number (FRA_IP_PROTO), or null for all; <c>ip rule</c> shows it as <c>ipproto</c>.
    /// </summary>
    public byte? UpperLayer { get; init; }

    /// <summary>The destination port (FRA_DPORT_RANGE), or null for all; <c>ip rule</c> shows it as <c>dport</c>.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>The origin of the rule, RTPROT_*; <c>ip rule</c> shows it as <c>proto</c>.</summary>
    public byte Protocol { get; init; }

    /// <summary>Null if the rule does not select a table, or its family is neither IPv4 nor IPv6.</summary>
    internal static KernelRule? Read(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out var header);
        if (!Family.IsInternet(header.Family) || header.Action != ToTableAction)
        {
            return null;
        }

        var rule = new KernelRule(0, header.Table) { IsIpv4 = header.Family == Libc.FamilyInet };
        while (attributes.TryNext(out var attribute))
        {
            rule = attribute.Type switch
            {
                ToAttribute => rule with { To = new IPNetwork(new IPAddress(attribute.Data), header.ToLength) },
                FromAttribute => rule with { From = new IPNetwork(new IPAddress(attribute.Data), header.FromLength) },
                InAttribute => rule with { InputInterface = attribute.Text },
                PriorityAttribute => rule with { Priority = attribute.UInt32 },
                TableAttribute => rule with { Table = attribute.UInt32 },
                ProtocolAttribute => rule with { Protocol = attribute.Data[0] },
                UpperLayerAttribute => rule with { UpperLayer = attribute.Data[0] },
                DestinationPortsAttribute => rule with { DestinationPort = MemoryMarshal.Read<PortRange>(attribute.Data).First },
                _ => rule,
            };
        }

        return rule;
    }

    /// <summary>struct fib_rule_port_range.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PortRange
    {
        internal ushort First;
        internal ushort Last;
    }

    /// <summary>struct fib_rule_hdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        internal byte Family;
        internal byte ToLength;
        internal byte FromLength;
        internal byte TypeOfService;
        internal byte Table;
        internal byte Reserved1;
        internal byte Reserved2;
        internal byte Action;
        internal uint Flags;
    }
}
