using System.Net;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Capture;

/// <summary>Frames of a small exchange between MAG1 and LMA1.</summary>
internal static class CapturedPackets
{
    public static readonly IPAddress Lma = IPAddress.Parse("2001:db8:100::1");
    public static readonly IPAddress Mag = IPAddress.Parse("2001:db8:100::a1");

    public static BindingUpdate Update(params IEnumerable<MobilityOption> options) =>
        new(7, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration, 150, new MobilityOptionList(options));

    public static BindingAcknowledgement Acknowledgement(BindingStatus status, params IEnumerable<MobilityOption> options) =>
        new(
            status,
            BindingAcknowledgementFlags.ProxyRegistration,
            7,
            (ushort)(status == BindingStatus.ACCEPTED ? 150 : 0),
            new MobilityOptionList(options)
        );

    public static byte[] Frame(IPAddress source, IPAddress destination, MobilityMessage message) =>
        Frame(source, destination, IpProtocol.MobilityHeader, message.ToBytes(source, destination));

    public static byte[] Frame(IPAddress source, IPAddress destination, Icmpv6Message message) =>
        Frame(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination));

    public static byte[] Frame(IPAddress source, IPAddress destination, byte protocol, ReadOnlyMemory<byte> payload) =>
        new EthernetFrame(
            MacAddress.Parse("02:5e:00:00:00:01"),
            MacAddress.Parse("02:5e:00:00:00:02"),
            EthernetFrame.Ipv6EtherType,
            new Ipv6Packet(source, destination, protocol, payload).ToBytes()
        ).ToBytes();
}
