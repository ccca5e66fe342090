using System.Net;
using System.Runtime.InteropServices;
using Pmip.Wire;

namespace Pmip.Linux.Netlink;

/// <summary>An entry of the neighbor cache: RTM_NEWNEIGH, struct ndmsg.</summary>
/// <param name="LinkLayerAddress">Null while the address is not resolved.</param>
public sealed record KernelNeighbor(
    int LinkIndex,
    IPAddress Address,
    MacAddress? LinkLayerAddress,
    KernelNeighborState State,
    bool IsRouter
)
{
    /// <summary>The kernel answers for the neighbor.</summary>
    public bool IsProxy { get; init; }

    /// <summary>The origin of the entry, RTPROT_*; 0 if it is not known.</summary>
    public byte Protocol { get; init; }

    /// <summary>linux/neighbour.h: NDA_*, NTF_ROUTER, NTF_PROXY.</summary>
    internal const ushort DestinationAttribute = 1,
        LinkLayerAttribute = 2,
        ProtocolAttribute = 12;

    internal const byte ProxyFlag = 0x08;

    private const byte RouterFlag = 0x80;

    /// <summary>Null if the family is neither IPv4 nor IPv6: bridges report the addresses at their ports with the same message.</summary>
    internal static KernelNeighbor? Read(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out var header);
        if (!Family.IsInternet(header.Family))
        {
            return null;
        }

        var (address, linkLayer, protocol) = (default(IPAddress), default(MacAddress?), default(byte));
        while (attributes.TryNext(out var attribute))
        {
            switch (attribute.Type)
            {
                case DestinationAttribute:
                    address = new IPAddress(attribute.Data);
                    break;
                case LinkLayerAttribute when attribute.Data.Length == MacAddress.Length:
                    linkLayer = new MacAddress(attribute.Data);
                    break;
                case ProtocolAttribute when attribute.Data.Length == sizeof(byte):
                    protocol = attribute.Data[0];
                    break;
            }
        }

        return address is null
            ? null
            : new KernelNeighbor(header.LinkIndex, address, linkLayer, (KernelNeighborState)header.State, (header.Flags & RouterFlag) != 0)
            {
                IsProxy = (header.Flags & ProxyFlag) != 0,
                Protocol = protocol,
            };
    }

    /// <summary>struct ndmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        internal byte Family;
        internal byte Padding1;
        internal ushort Padding2;
        internal int LinkIndex;
        internal ushort State;
        internal byte Flags;
        internal byte Type;
    }
}

/// <summary>linux/neighbour.h: NUD_*.</summary>
[Flags]
public enum KernelNeighborState
{
    None = 0,
    Incomplete = 0x01,
    Reachable = 0x02,
    Stale = 0x04,
    Delay = 0x08,
    Probe = 0x10,
    Failed = 0x20,
    NoArp = 0x40,
    Permanent = 0x80,
}
