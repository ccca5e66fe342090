using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>
/// struct virtio_net_hdr, linux/virtio_net.h: the work still to be done on a packet. The header precedes the packet, in host byte
/// order.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VirtioHeader
{
    internal const int Length = 10;

    /// <summary>VIRTIO_NET_HDR_F_NEEDS_CSUM: the checksum field holds the sum of the pseudo-header alone.</summary>
    internal const byte NeedsChecksum = 1;

    /// <summary>VIRTIO_NET_HDR_GSO_*; the last is a flag added to the others.</summary>
    internal const byte NoSegments = 0,
        TcpSegmentsOfIpv4 = 1,
        TcpSegmentsOfIpv6 = 4,
        UdpSegments = 5,
        EcnFlag = 0x80;

    internal byte Flags;
    internal byte SegmentType;

    /// <summary>Octets up to the payload of the transport protocol.</summary>
    internal ushort HeadersLength;

    /// <summary>Payload octets of each packet that this packet is to be cut into, except the last.</summary>
    internal ushort SegmentSize;

    /// <summary>The offset of the transport header.</summary>
    internal ushort ChecksumStart;

    /// <summary>The offset of the checksum field in the transport header.</summary>
    internal ushort ChecksumOffset;
}
