using System.Buffers.Binary;
using System.Net;
using Pmip.Linux.Native;

namespace Pmip.Linux.Netlink;

/// <summary>
/// A UDP port of which the kernel itself takes the datagrams, as packets of IPv6 or IPv4 in UDP: linux/fou.h. The first octet says which
/// family it is, as in Generic UDP Encapsulation, version 1, which has no header of its own.
/// </summary>
/// <param name="Address">An IPv4 address of this node.</param>
internal sealed record FouPort(IPAddress Address, ushort Port)
{
    internal const string Family = "fou";

    /// <summary>FOU_CMD_*.</summary>
    internal const byte Open = 1,
        Close = 2;

    /// <summary>FOU_ATTR_*; FOU_ENCAP_GUE.</summary>
    private const ushort PortAttribute = 1,
        FamilyAttribute = 2,
        TypeAttribute = 4,
        LocalAttribute = 6;
    private const byte GenericEncapsulation = 2;

    /// <summary>Adds the attributes of either command.</summary>
    internal void AddTo(NetlinkRequest request) =>
        request
            .Add(PortAttribute, BinaryPrimitives.ReverseEndianness(Port))
            .Add(FamilyAttribute, (byte)Libc.FamilyInet)
            .Add(TypeAttribute, GenericEncapsulation)
            .Add(LocalAttribute, Address.GetAddressBytes());
}
