using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>struct virtio_net_hdr, linux/virtio_net.h: what is still to be done to a packet. It stands before it, in host order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VirtioHeader
{
    internal const int Length = 10;

    /// <summary>VIRTIO_NET_HDR_F_NEEDS_CSUM: the checksum field holds the sum of the pseudo-header alone.</summary>
    internal const byte NeedsChecksum = 1;

    /// <summary>VIRTIO_NET_HDR_GSO_*; the last is a flag besides.</summary>
    internal const byte NoSegments = 0,
        TcpSegments = 4,
        UdpSegments = 5,
        EcnFlag = 0x80;

    internal byte Flags;
    internal byte SegmentType;

    /// <summary>Octets up to the payload of the transport.</summary>
    internal ushort HeadersLength;

    /// <summary>Payload octets of each packet that this one is to be cut into, but the last.</summary>
    internal ushort SegmentSize;

    /// <summary>Where the transport begins.</summary>
    internal ushort ChecksumStart;

    /// <summary>From there to the checksum field.</summary>
    internal ushort ChecksumOffset;
}
