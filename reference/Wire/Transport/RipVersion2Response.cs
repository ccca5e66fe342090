using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// A response of RIP version 2, RFC 2453, Section 4: routes of IPv4 over the sender, without a route tag.
/// <code>
///  0               1               2               3
/// |  Command = 2  |  Version = 2  |           zero                |
/// |   Address Family = 2          |           Route Tag           |   for each route
/// |                          IP Address                           |
/// |                          Subnet Mask                          |
/// |                          Next Hop = 0                         |
/// |                            Metric                             |
/// </code>
/// </summary>
public sealed record RipVersion2Response(IReadOnlyList<RipRoute> Routes) : RipResponse(Routes)
{
    /// <summary>RFC 2453, Section 3.6.</summary>
    public const int MaximumRoutes = 25;

    private const int HeaderLength = 4,
        RouteLength = 20,
        AddressOffset = 4,
        MaskOffset = 8,
        MetricOffset = 16;

    private const ushort ResponseOfVersion2 = 0x0202,
        FamilyOfIpv4 = 2;

    public override byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + (Routes.Count * RouteLength)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, ResponseOfVersion2);
        for (var i = 0; i < Routes.Count; i++)
        {
            var (prefix, metric) = Routes[i];
            var route = bytes.AsSpan(HeaderLength + (i * RouteLength), RouteLength);
            BinaryPrimitives.WriteUInt16BigEndian(route, FamilyOfIpv4);
            prefix.Network.TryWriteBytes(route[AddressOffset..], out _);
            BinaryPrimitives.WriteUInt32BigEndian(route[MaskOffset..], Mask(prefix.Length));
            BinaryPrimitives.WriteUInt32BigEndian(route[MetricOffset..], metric);
        }
        return bytes;
    }

    private static uint Mask(int length) => length == 0 ? 0 : uint.MaxValue << (32 - length);
}
