namespace Pmip.Linux;

/// <summary>A frame that reached a <see cref="PacketPort"/>.</summary>
/// <param name="Bytes">The whole Ethernet frame without its check sequence, the VLAN tag back in its place.</param>
/// <param name="At">When the kernel took it from the device.</param>
public sealed record CapturedFrame(ReadOnlyMemory<byte> Bytes, KernelTime At, ChecksumState Checksum);

/// <summary>What the kernel knows of the transport checksum in a frame.</summary>
public enum ChecksumState
{
    /// <summary>Nothing: it is as the sender left it.</summary>
    Unknown,

    /// <summary>Device or kernel have found it right.</summary>
    Valid,

    /// <summary>The field holds a partial sum that the sender's device was to finish. Switch <see cref="Offloads.TransmitChecksum"/> off there.</summary>
    Unfinished,
}
