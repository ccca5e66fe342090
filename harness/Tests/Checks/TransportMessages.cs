using System.Buffers.Binary;
using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Checks;

/// <summary>The network of <see cref="HandMade"/> with IPv4 addresses, and updates over IPv4 in each edition.</summary>
internal sealed record TransportMessages(Edition Edition)
{
    public static readonly IPAddress Mag = IPAddress.Parse("192.0.2.161"),
        Lma = IPAddress.Parse("192.0.2.1"),
        Lma2 = IPAddress.Parse("192.0.2.2");

    public static readonly IPAddress Mag6 = IPAddress.Parse(HandMade.Mag),
        Lma6 = IPAddress.Parse(HandMade.Lma);

    public static IReadOnlyList<string> Claims { get; } = ["ipv4-transport", "ipv4-draft-04-transport", "ipv4-draft-02-transport"];

    public static Ixit Ixit { get; } =
        HandMade.Ixit with
        {
            Domain = HandMade.Ixit.Domain with
            {
                Nodes =
                [
                    .. HandMade.Ixit.Domain.Nodes.Select(WithIpv4),
                    WithIpv4(
                        new DomainNode(
                            "LMA2",
                            NodeRole.Lma,
                            [new DomainInterface(new PortId("core")) { Addresses = [IPAddress.Parse("2001:db8:100::2")] }]
                        )
                    ),
                ],
            },
        };

    /// <summary>The IPv4 header of the packet.</summary>
    public IPAddress Source { get; init; } = Mag;

    public IPAddress Destination { get; init; } = Lma;

    public IPAddress InnerSource { get; init; } = Mag6;

    public IPAddress InnerDestination { get; init; } = Lma6;

    public ushort SourcePort { get; init; } = 49152;

    public ushort Port { get; init; } = (ushort)(Edition.Name == "rfc5844" ? 5436 : 4191);

    /// <summary>The IPv4 Care-of Address option; null for none.</summary>
    public IPAddress? CareOf { get; init; } = Edition.Name == "rfc5844" ? null : Mag;

    public BindingUpdateFlags Flags { get; init; } = BindingUpdateFlags.ProxyRegistration | BindingUpdateFlags.Acknowledge;

    public ushort Lifetime { get; init; } = 150;

    public ushort Number { get; init; } = 0x1234;

    public bool HasTlv { get; init; }

    /// <summary>The Checksum of the Mobility Header right behind UDP.</summary>
    public ushort Checksum { get; init; }

    /// <summary>Whether the message is in the IPv6 packet of the drafts.</summary>
    public bool IsInIpv6 { get; init; } = Edition.Name != "rfc5844";

    public string UdpChecksum { get; init; } = "right";

    /// <summary>The packet before ESP around UDP.</summary>
    public Ipv4Packet Packet(Func<Ipv6Packet, Ipv6Packet>? inside = null)
    {
        var message = Message();
        byte[] content;
        if (IsInIpv6)
        {
            var packet = new Ipv6Packet(
                InnerSource,
                InnerDestination,
                IpProtocol.MobilityHeader,
                message.ToBytes(InnerSource, InnerDestination)
            );
            content = (inside?.Invoke(packet) ?? packet).ToBytes();
        }
        else
        {
            content = message.ToBytes(Mag6, Lma6);
            BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(4), Checksum);
        }

        byte[] carried = HasTlv ? [2, (byte)content.Length, 0, 0, .. content] : content;
        var datagram = new UdpDatagram(SourcePort, Port, carried).ToBytes(Source, Destination);
        if (UdpChecksum != "right")
        {
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(UdpDatagram.ChecksumOffset), (ushort)(UdpChecksum == "0" ? 0 : 0x5a5a));
        }

        return new Ipv4Packet(Source, Destination, Ipv4Protocol.Udp, datagram);
    }

    public byte[] Frame() => Messages.Frame(Packet());

    /// <summary>The same message over IPv6.</summary>
    public byte[] FrameOverIpv6() => Messages.Frame(new Ipv6Packet(Mag6, Lma6, IpProtocol.MobilityHeader, Message().ToBytes(Mag6, Lma6)));

    private BindingUpdate Message()
    {
        List<MobilityOption> options =
        [
            MobileNodeIdentifierOption.ForNai("m025e00000001"),
            new HomeNetworkPrefixOption(Ipv6Prefix.Parse("::/0")),
            new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
            new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
            new MobileNodeLinkLayerIdentifierOption(new OctetString([0x02, 0x5e, 0, 0, 0, 1])),
            new TimestampOption(new Timestamp(0x69a3_8180_0000)),
        ];
        if (CareOf is not null)
        {
            options.Add(new Ipv4CareOfAddressOption(CareOf));
        }

        return new BindingUpdate(Number, Flags, Lifetime, new MobilityOptionList(options));
    }

    private static DomainNode WithIpv4(DomainNode node) =>
        node with
        {
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    known with
                    {
                        Addresses = [.. known.Addresses, new IPAddress([192, 0, 2, known.Addresses[0].GetAddressBytes()[^1]])],
                    }
                ),
            ],
        };
}
