using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// A RIPng response, RFC 2080, Section 2.1: routes of IPv6 over the sender, without a route tag.
/// <code>
///  0               1               2               3
/// |  Command = 2  |  Version = 1  |           zero                |
/// |                          Prefix (16)                          |   for each route
/// |           Route Tag           |  Prefix Len   |    Metric     |
/// </code>
/// </summary>
public sealed record RipngResponse(IReadOnlyList<RipRoute> Routes) : RipResponse(Routes)
{
    /// <summary>RFC 2080, Section 2.1: as many as fit into 1280 octets, which every link carries.</summary>
    public const int MaximumRoutes = (MinimumMtu - Ipv6Packet.HeaderLength - UdpHeaderLength - HeaderLength) / RouteLength;

    private const int MinimumMtu = 1280,
        UdpHeaderLength = 8,
        HeaderLength = 4,
        RouteLength = 20,
        PrefixLengthOffset = 18,
        MetricOffset = 19;

    private const ushort ResponseOfVersion1 = 0x0201;

    public override byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + Routes.Count * RouteLength];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, ResponseOfVersion1);
        for (var i = 0; i < Routes.Count; i++)
        {
            var route = bytes.AsSpan(HeaderLength + i * RouteLength, RouteLength);
            Routes[i].Prefix.Network.TryWriteBytes(route, out _);
            route[PrefixLengthOffset] = (byte)Routes[i].Prefix.Length;
            route[MetricOffset] = Routes[i].Metric;
        }
        return bytes;
    }
}
