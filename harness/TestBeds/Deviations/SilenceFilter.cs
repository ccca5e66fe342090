using System.Buffers.Binary;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Suppresses some or all outgoing frames.</summary>
internal sealed class SilenceFilter(Func<ReadOnlyMemory<byte>, bool> isKept) : IOutputFilter
{
    private const byte EchoRequestType = 128;
    private const byte EchoReplyType = 129;
    private const byte Icmpv4EchoReplyType = 0;
    private const byte Icmpv4EchoRequestType = 8;
    private const int LastWellKnownPort = 1023;

    /// <summary>The indices of the associations for packets of mobile nodes.</summary>
    private static readonly HashSet<uint> _tunnels =
    [
        .. new[] { ReferenceDomains.LmaWithEsp, ReferenceDomains.MagWithEsp, McoaDomains.HomeAgentWithPayloadEsp }
            .SelectMany(domain => domain.Associations)
            .Where(known => known.IsTunnel)
            .Select(known => known.SecurityParametersIndex),
    ];

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        isKept(frame) ? [] : [(TimeSpan.Zero, frame)];

    public static IOutputFilter OfEverything() => new SilenceFilter(_ => true);

    /// <summary>Suppresses echo messages and tunnelled packets of both families; signalling, Neighbor Discovery and DHCP pass.</summary>
    public static IOutputFilter OfData() =>
        new SilenceFilter(frame =>
            FrameEditor.Carries(
                frame,
                packet =>
                    packet.NextHeader switch
                    {
                        IpProtocol.Ipv6 or Ipv4Protocol.Ipv4 or IpProtocol.DestinationOptions or IpProtocol.Fragment => true,
                        IpProtocol.Esp => _tunnels.Contains(BinaryPrimitives.ReadUInt32BigEndian(packet.Payload.Span)),
                        IpProtocol.Icmpv6 => packet.Payload.Span[0] is EchoRequestType or EchoReplyType,
                        Ipv4Protocol.Udp => IsOfApplications(packet.Payload.Span),
                        _ => false,
                    }
            )
            || FrameEditor.CarriesIpv4(
                frame,
                packet =>
                    Ipv4PacketRewriter.IsTunnelled(packet)
                    || (packet.Protocol == Ipv4Protocol.Icmp && packet.Payload.Span is [Icmpv4EchoRequestType or Icmpv4EchoReplyType, ..])
            )
        );

    /// <summary>DHCPv6 and RIPng have well-known ports (RFC 6335, Section 6); packets of the tester's hosts have none.</summary>
    private static bool IsOfApplications(ReadOnlySpan<byte> datagram) =>
        BinaryPrimitives.ReadUInt16BigEndian(datagram) > LastWellKnownPort
        && BinaryPrimitives.ReadUInt16BigEndian(datagram[sizeof(ushort)..]) > LastWellKnownPort;
}
