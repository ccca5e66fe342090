using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile nodes that take packets which they must not take: RFC 6275, Sections 11.3.3, 11.6.2 and 11.7.4.</summary>
internal static class MnReceptionDeviations
{
    private const int SegmentsLeftOffset = 3;
    private const int LengthOffset = 1;
    private const int AddressOffset = 8;

    /// <summary>In an ICMPv6 message.</summary>
    private const int ChecksumOffset = 2;

    /// <summary>A type 2 routing header has one address: two units of 8 octets after the first.</summary>
    private const int OneAddress = 2;

    /// <summary>The octets of a type 2 routing header.</summary>
    private const int RoutingHeader = 24;

    private static readonly MobileNodeAddresses _known = McoaDomains.OfMobileNode;

    public static IReadOnlyList<Deviation> All { get; } = [.. Packets(), .. Messages()];

    private static IEnumerable<Deviation> Packets() =>
        [
            Taking(
                "mn-any-tunnel",
                "takes packets out of tunnels of every node",
                "rfc6275-11.3.3-k1",
                packet => packet.NextHeader == IpProtocol.Ipv6 ? packet with { Source = _known.HomeAgent } : packet
            ),
            Taking(
                "mn-no-routing-header",
                "drops packets with a type 2 routing header that are no Mobility Headers",
                "rfc6275-11.3.3-k3",
                packet => IsRouted(packet) ? packet with { NextHeader = IpProtocol.NoNextHeader } : packet
            ),
            Taking(
                "mn-any-segments-left",
                "takes a type 2 routing header with any number of segments left",
                "rfc6275-11.3.3-k3",
                packet => IsRouted(packet) ? Edited(packet, header => header[SegmentsLeftOffset] = 1) : packet
            ),
            Taking(
                "mn-any-routing-length",
                "takes a type 2 routing header of another length",
                "rfc6275-11.3.3-k3",
                packet => IsRouted(packet) ? Cut(packet) : packet
            ),
            Taking(
                "mn-any-routing-address",
                "takes a type 2 routing header with another address than the home address",
                "rfc6275-11.3.3-k3",
                packet => IsRouted(packet) ? ToHome(packet) : packet
            ),
        ];

    private static IEnumerable<Deviation> Messages() =>
        [
            Taking(
                "mn-home-test-of-anyone",
                "takes a Home Test of every node",
                "rfc6275-11.6.2-k2",
                packet =>
                    packet.NextHeader == IpProtocol.Ipv6
                    && Ipv6Packet.TryParse(packet.Payload, out var inner, out _)
                    && IsOf(inner, MobilityHeaderType.HomeTest)
                        ? packet with
                        {
                            Payload = OfCorrespondent(inner).ToBytes(),
                        }
                        : packet
            ),
            MnParts.Any(
                "mn-home-test-without-tunnel",
                "takes a Home Test that comes directly",
                "rfc6275-11.6.2-k2",
                mn => mn with { Input = frame => IsDirectHomeTest(frame, out var ethernet) ? Tunnelled(ethernet) : frame }
            ),
            Taking(
                "mn-care-of-test-of-anyone",
                "takes a Care-of Test of every node",
                "rfc6275-11.6.2-k6",
                packet => IsOf(packet, MobilityHeaderType.CareOfTest) ? OfCorrespondent(packet) : packet
            ),
            MnParts.Any(
                "mn-answers-strangers",
                "tests its addresses for every node that asks it to refresh a binding",
                "rfc6275-11.7.4-d2",
                mn =>
                    mn with
                    {
                        Around = (_, create) =>
                            new RewritingRole(create())
                            {
                                Inputs = input =>
                                    input is RoleInput.Signal signal && IsRefreshRequest(signal)
                                        ?
                                        [
                                            input,
                                            new RoleInput.TunnelledPacket(
                                                new Tunnel(signal.Destination, _known.HomeAgent),
                                                signal.Source,
                                                _known.HomeAddress
                                            ),
                                        ]
                                        : [input],
                            },
                    }
            ),
        ];

    private static Deviation Taking(string name, string description, string statement, Func<Ipv6Packet, Ipv6Packet> edit) =>
        MnParts.Any(name, description, statement, mn => mn with { Input = frame => FrameEditor.EditPacket(frame, edit) });

    private static bool IsRefreshRequest(RoleInput.Signal signal) =>
        MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _) && message is BindingRefreshRequest;

    /// <summary>True for data behind a routing header.</summary>
    private static bool IsRouted(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Routing && packet.Payload.Span[0] != MobilityHeader.Protocol;

    private static bool IsOf(Ipv6Packet packet, MobilityHeaderType type) =>
        packet.NextHeader == MobilityHeader.Protocol
        && MobilityMessage.TryParse(packet.Payload.Span, out var message, out _)
        && message.Type == (byte)type;

    private static bool IsDirectHomeTest(ReadOnlyMemory<byte> frame, [NotNullWhen(true)] out EthernetFrame? ethernet) =>
        EthernetFrame.TryParse(frame, out ethernet, out _)
        && FrameEditor.Carries(frame, packet => IsOf(packet, MobilityHeaderType.HomeTest));

    /// <summary>The packet as if the home agent had sent it to the care-of address on the link.</summary>
    private static ReadOnlyMemory<byte> Tunnelled(EthernetFrame ethernet)
    {
        var link = McoaDomains.MobileNode.Tested!.Interfaces.Index().First(known => ethernet.Destination == known.Item.LinkLayer).Index;
        var careOf = Ipv6Prefix.Parse($"2001:db8:10{link + 1}::/64").AddressWith(ethernet.Destination.InterfaceIdentifier());
        return (
            ethernet with
            {
                Payload = new Ipv6Packet(_known.HomeAgent, careOf, IpProtocol.Ipv6, ethernet.Payload).ToBytes(),
            }
        ).ToBytes();
    }

    private static Ipv6Packet Edited(Ipv6Packet packet, Action<byte[]> edit)
    {
        var payload = packet.Payload.ToArray();
        edit(payload);
        return packet with { Payload = payload };
    }

    /// <summary>Whatever the header says of its length, it takes it for one with the home address alone.</summary>
    private static Ipv6Packet Cut(Ipv6Packet packet)
    {
        var payload = packet.Payload.ToArray();
        byte[] header = [.. payload[..AddressOffset], .. _known.HomeAddress.GetAddressBytes()];
        (header[LengthOffset], header[SegmentsLeftOffset]) = (OneAddress, 1);
        return packet with { Payload = (byte[])[.. header, .. payload[RoutingHeader..]] };
    }

    private static Ipv6Packet ToHome(Ipv6Packet packet)
    {
        var payload = packet.Payload.ToArray();
        var message = payload[RoutingHeader..];
        _known.HomeAddress.GetAddressBytes().CopyTo(payload, AddressOffset);
        message.AsSpan(ChecksumOffset, sizeof(ushort)).Clear();
        var checksum = InternetChecksum.ComputeWithPseudoHeader(packet.Source, _known.HomeAddress, IpProtocol.Icmpv6, message);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(ChecksumOffset), checksum);
        message.CopyTo(payload, RoutingHeader);
        return packet with { Payload = payload };
    }

    private static Ipv6Packet OfCorrespondent(Ipv6Packet packet)
    {
        var message = packet.Payload.ToArray();
        MobilityHeader.FillChecksum(_known.Correspondent, packet.Destination, message);
        return packet with { Source = _known.Correspondent, Payload = message };
    }
}
