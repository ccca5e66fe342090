using System.Buffers.Binary;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// Processes the extension headers of a packet for this node, from left to right (RFC 8200, Section 4). The Tunnel
/// Encapsulation Limit (RFC 2473, Section 4.1.1) is supported and, before a Mobility Header, the Home Address option and the
/// type 2 routing header (RFC 6275, Sections 6.3 and 6.4). A correspondent node knows the Home Address option before all upper layers, and
/// a mobile node the routing header.
/// </summary>
public static class ExtensionHeaderRules
{
    private const int FirstOption = 2;
    private const byte Pad1 = 0;
    private const byte HomeAddress = 201;
    private const int AddressLength = 16;

    private const int RoutingTypeOffset = 2;
    private const int SegmentsLeftOffset = 3;
    private const int RoutingAddressOffset = 8;
    private const byte Type2 = 2;

    /// <param name="mobilityAware">The node has a role that receives Mobility Headers.</param>
    /// <param name="isCorrespondent">The node is a correspondent of mobile nodes.</param>
    /// <param name="isMobileNode">The node is a mobile node.</param>
    public static ExtensionHeaderVerdict Judge(
        Ipv6Packet packet,
        UpperLayer upper,
        bool mobilityAware,
        bool isCorrespondent = false,
        bool isMobileNode = false
    )
    {
        var forMobility = mobilityAware && upper.Protocol == IpProtocol.MobilityHeader;
        var knowsHomeAddress = forMobility || isCorrespondent;
        var accepted = new ExtensionHeaderVerdict.Accepted(null, null);
        foreach (var header in upper.Headers)
        {
            var verdict = header.Type switch
            {
                IpProtocol.HopByHop or IpProtocol.DestinationOptions => JudgeOptions(packet, upper, header, knowsHomeAddress, accepted),
                IpProtocol.Routing when isMobileNode && header.Bytes.Span[RoutingTypeOffset] == Type2 => accepted.FinalDestination is null
                && LastHopOf(header) is { } home
                    ? accepted with
                    {
                        FinalDestination = home,
                    }
                    : new ExtensionHeaderVerdict.Discarded("a type 2 routing header of another form, or a second one"),
                IpProtocol.Routing => JudgeRouting(header, forMobility, accepted),
                IpProtocol.Fragment => JudgeFragment(header, accepted),
                _ => accepted,
            };
            if (verdict is not ExtensionHeaderVerdict.Accepted next)
            {
                return verdict;
            }
            accepted = next;
        }

        return accepted;
    }

    private static ExtensionHeaderVerdict JudgeOptions(
        Ipv6Packet packet,
        UpperLayer upper,
        ExtensionHeader header,
        bool knowsHomeAddress,
        ExtensionHeaderVerdict.Accepted accepted
    )
    {
        var bytes = header.Bytes.Span;
        var at = FirstOption;
        while (at < bytes.Length)
        {
            var type = bytes[at];
            if (type == Pad1)
            {
                at++;
                continue;
            }

            if (at + 2 > bytes.Length || at + 2 + bytes[at + 1] > bytes.Length)
            {
                return new ExtensionHeaderVerdict.Discarded("an option extends beyond its header");
            }

            var data = bytes.Slice(at + 2, bytes[at + 1]);
            switch (type)
            {
                case HomeAddress when knowsHomeAddress && header.Type == IpProtocol.DestinationOptions && data.Length == AddressLength:
                    if (accepted.HomeAddress is not null || !IsPlaceOfHomeAddress(upper, header))
                    {
                        return new ExtensionHeaderVerdict.Discarded("a second Home Address option, or one in the wrong place");
                    }
                    accepted = accepted with { HomeAddress = new IPAddress(data) };
                    break;

                case TunnelEncapsulationLimit.OptionType when data.Length == 1:
                    // The limit applies to nodes that encapsulate the packet again. The tunnel ends at this node.
                    break;

                default:
                    if (JudgeUnknownOption(packet, type, header.Offset + at) is { } verdict)
                    {
                        return verdict;
                    }
                    break;
            }

            at += 2 + data.Length;
        }

        return accepted;
    }

    // RFC 6275, Section 6.3: behind a routing header, and in front of a Fragment header.
    private static bool IsPlaceOfHomeAddress(UpperLayer upper, ExtensionHeader header) =>
        upper.Headers.All(other => other.Offset < header.Offset ? other.Type != IpProtocol.Fragment : other.Type != IpProtocol.Routing);

    // RFC 8200, Section 4.2: the two highest bits of the type determine how a packet with an unknown option is handled.
    private static ExtensionHeaderVerdict? JudgeUnknownOption(Ipv6Packet packet, byte type, int offset) =>
        (type >> 6) switch
        {
            0 => null,
            2 => new ExtensionHeaderVerdict.Rejected(new PacketError.UnknownOption(offset)),
            3 when !packet.Destination.IsIPv6Multicast => new ExtensionHeaderVerdict.Rejected(new PacketError.UnknownOption(offset)),
            _ => new ExtensionHeaderVerdict.Discarded("an option is unknown"),
        };

    // RFC 8200, Section 4.4: an unknown routing type is ignored if no segments are left.
    private static ExtensionHeaderVerdict JudgeRouting(ExtensionHeader header, bool forMobility, ExtensionHeaderVerdict.Accepted accepted)
    {
        var bytes = header.Bytes.Span;
        var isType2 = forMobility && bytes[RoutingTypeOffset] == Type2 && bytes.Length == RoutingAddressOffset + AddressLength;
        return (isType2, bytes[SegmentsLeftOffset]) switch
        {
            (true, 0) => accepted,
            (true, 1) when accepted.FinalDestination is not null => new ExtensionHeaderVerdict.Discarded("a second type 2 routing header"),
            (true, 1) => accepted with { FinalDestination = new IPAddress(bytes.Slice(RoutingAddressOffset, AddressLength)) },
            (true, _) => new ExtensionHeaderVerdict.Rejected(new PacketError.ErroneousField(header.Offset + SegmentsLeftOffset)),
            (false, 0) => accepted,
            (false, _) => new ExtensionHeaderVerdict.Rejected(new PacketError.ErroneousField(header.Offset + RoutingTypeOffset)),
        };
    }

    // RFC 6275, Section 11.3.3: a mobile node discards silently what is not as it must be.
    private static IPAddress? LastHopOf(ExtensionHeader header)
    {
        var bytes = header.Bytes.Span;
        return bytes.Length == RoutingAddressOffset + AddressLength && bytes[SegmentsLeftOffset] == 1
            ? new IPAddress(bytes.Slice(RoutingAddressOffset, AddressLength))
            : null;
    }

    // A host puts fragments together before; a fragment that is the whole packet is left (RFC 6946).
    private static ExtensionHeaderVerdict JudgeFragment(ExtensionHeader header, ExtensionHeaderVerdict.Accepted accepted)
    {
        const int OffsetAndMoreMask = 0xFFF9;
        var field = BinaryPrimitives.ReadUInt16BigEndian(header.Bytes.Span[2..]);
        return (field & OffsetAndMoreMask) == 0 ? accepted : new ExtensionHeaderVerdict.Discarded("fragments are not reassembled");
    }
}
