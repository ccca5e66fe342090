using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Sends an unsolicited multicast listener report (RFC 3810, Section 5.2) before every frame, as any node may.</summary>
internal sealed class ChatterFilter : IOutputFilter
{
    private const byte ListenerReportType = 143;

    /// <summary>RFC 3810, Section 5.2.14: the address of all routers that receive reports.</summary>
    private static readonly IPAddress _reportRouters = IPAddress.Parse("ff02::16");

    /// <summary>RFC 2711: a hop-by-hop header with a Router Alert option for listener messages, padded, before ICMPv6.</summary>
    private static readonly byte[] _routerAlert = [IpProtocol.Icmpv6, 0, 5, 2, 0, 0, 1, 0];

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
            ? [(TimeSpan.Zero, Report(ethernet.Source)), (TimeSpan.Zero, frame)]
            : [(TimeSpan.Zero, frame)];

    private static byte[] Report(MacAddress sender)
    {
        const byte ChangeToExclude = 4;
        var source = sender.LinkLocalAddress();
        byte[] record = [ChangeToExclude, 0, 0, 0, .. Ipv6Multicast.AllRouters.GetAddressBytes()];
        var report = new UnknownIcmpv6Message(ListenerReportType, 0, new OctetString([0, 0, 0, 1, .. record]));
        var packet = new Ipv6Packet(
            source,
            _reportRouters,
            IpProtocol.HopByHop,
            (byte[])[.. _routerAlert, .. report.ToBytes(source, _reportRouters)]
        )
        {
            HopLimit = 1,
        };
        return new EthernetFrame(MacAddress.ForMulticast(_reportRouters), sender, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes();
    }
}
