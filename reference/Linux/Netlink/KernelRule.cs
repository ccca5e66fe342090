using System.Net;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Netlink;

/// <summary>A rule that says which table to search for which packets: RTM_NEWRULE, struct fib_rule_hdr.</summary>
/// <param name="Priority">Rules are tried from the lowest on: 0 is the local table's, 32766 the main one's.</param>
public sealed record KernelRule(uint Priority, uint Table)
{
    /// <summary>linux/fib_rules.h: FRA_*.</summary>
    internal const ushort ToAttribute = 1,
        FromAttribute = 2,
        InAttribute = 3,
        PriorityAttribute = 6,
        TableAttribute = 15,
        ProtocolAttribute = 21,
        UpperLayerAttribute = 22;

    /// <summary>linux/fib_rules.h: FR_ACT_TO_TBL.</summary>
    internal const byte ToTableAction = 1;

    /// <summary>linux/rtnetlink.h: RT_TABLE_LOCAL: what is for this node itself.</summary>
    public const uint LocalTable = 255;

    /// <summary>IPv6, unless <see cref="From"/> or <see cref="To"/> are of IPv4.</summary>
    public IPNetwork? From { get; init; }

    public IPNetwork? To { get; init; }

    /// <summary>The name of the interface that packets come in by, or null for all; <c>lo</c> stands for the node's own.</summary>
    public string? InputInterface { get; init; }

    /// <summary>The Next Header that packets have, or null for all; <c>ip rule</c> shows it as <c>ipproto</c>.</summary>
    public byte? UpperLayer { get; init; }

    /// <summary>Who made it, RTPROT_*; <c>ip rule</c> shows it as <c>proto</c>.</summary>
    public byte Protocol { get; init; }

    /// <summary>Null if the rule does something else than name a table, or for another family.</summary>
    internal static KernelRule? Read(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out var header);
        if (!Family.IsInternet(header.Family) || header.Action != ToTableAction)
        {
            return null;
        }

        var rule = new KernelRule(0, header.Table);
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
                _ => rule,
            };
        }

        return rule;
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
