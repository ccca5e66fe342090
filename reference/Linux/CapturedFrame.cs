namespace Pmip.Linux;

/// <summary>A frame that reached a <see cref="PacketPort"/>.</summary>
/// <param name="Bytes">The whole Ethernet frame without its frame check sequence, with the VLAN tag reinserted.</param>
/// <param name="At">The time at which the kernel took the frame from the device.</param>
public sealed record CapturedFrame(ReadOnlyMemory<byte> Bytes, KernelTime At, ChecksumState Checksum);

/// <summary>The kernel's knowledge of the transport checksum in a frame.</summary>
public enum ChecksumState
{
    /// <summary>Not known to be correct: the checksum is as the sender wrote it.</summary>
    Unknown,

    /// <summary>The device or the kernel has verified the checksum.</summary>
    Valid,

    /// <summary>
    /// The field holds a partial sum that the sending device did not complete. To avoid this, switch
    /// <see cref="Offloads.TransmitChecksum"/> off at the sender.
    /// </summary>
    Unfinished,
}
