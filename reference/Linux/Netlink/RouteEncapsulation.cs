using System.Net;

namespace Pmip.Linux.Netlink;

/// <summary>The encapsulation or decapsulation of packets that take a route: RTA_ENCAP_TYPE, RTA_ENCAP.</summary>
internal abstract record RouteEncapsulation
{
    /// <summary>linux/lwtunnel.h: LWTUNNEL_ENCAP_SEG6, LWTUNNEL_ENCAP_SEG6_LOCAL.</summary>
    private const ushort Seg6 = 5,
        Seg6Local = 7;

    private protected abstract ushort Type { get; }

    internal void AddTo(NetlinkRequest request) =>
        request.Add(KernelRoute.EncapsulationTypeAttribute, Type).AddNested(KernelRoute.EncapsulationAttribute, AddContent);

    private protected abstract void AddContent(NetlinkRequest encapsulation);

    /// <summary>
    /// Sends the packet in an outer IPv6 header. There is no Segment Routing Header because there is only one segment: H.Encaps.Red
    /// of RFC 8986, Section 5.2.
    /// </summary>
    internal sealed record Outer(IPAddress Destination) : RouteEncapsulation
    {
        /// <summary>linux/seg6_iptunnel.h: SEG6_IPTUNNEL_SRH, SEG6_IPTUN_MODE_ENCAP_RED.</summary>
        private const ushort HeaderAttribute = 1;
        private const int ReducedMode = 3;

        /// <summary>RFC 8754, Section 2: Hdr Ext Len of one segment, Routing Type.</summary>
        private const byte HeaderLength = 2,
            RoutingType = 4;

        private protected override ushort Type => Seg6;

        private protected override void AddContent(NetlinkRequest encapsulation) =>
            encapsulation.Add(
                HeaderAttribute,
                [.. BitConverter.GetBytes(ReducedMode), 0, HeaderLength, RoutingType, 0, 0, 0, 0, 0, .. Destination.GetAddressBytes()]
            );
    }

    /// <summary>Removes the outer header, and looks up the packet inside in a table: End.DT6 of RFC 8986, Section 4.6.</summary>
    internal sealed record Inner(uint Table) : RouteEncapsulation
    {
        /// <summary>linux/seg6_local.h: SEG6_LOCAL_ACTION, SEG6_LOCAL_TABLE, SEG6_LOCAL_ACTION_END_DT6.</summary>
        private const ushort ActionAttribute = 1,
            TableAttribute = 3;
        private const uint EndDt6 = 7;

        private protected override ushort Type => Seg6Local;

        private protected override void AddContent(NetlinkRequest encapsulation) =>
            encapsulation.Add(ActionAttribute, EndDt6).Add(TableAttribute, Table);
    }
}
