using System.Buffers.Binary;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>A frame as the tester reads it, as far as it can be read. Nothing here throws, whatever the octets.</summary>
/// <remarks>Destination, Source, EtherType; a VLAN tag (IEEE 802.1Q) between the last two.</remarks>
public sealed class FrameOctets
{
    public const int Ipv6Type = 0x86dd;

    private const int AddressesLength = 12;
    private const int VlanType = 0x8100;
    private const int VlanTagLength = 4;

    /// <param name="frame">From the Ethernet header on.</param>
    public FrameOctets(ReadOnlyMemory<byte> frame)
    {
        Octets = frame;
        var octets = frame.Span;
        if (octets.Length < AddressesLength + 2)
        {
            HeaderLength = octets.Length;
            return;
        }

        Destination = new MacAddress(octets[..6]);
        Source = new MacAddress(octets[6..AddressesLength]);
        var at = AddressesLength;
        while (BinaryPrimitives.ReadUInt16BigEndian(octets[at..]) == VlanType && octets.Length >= at + VlanTagLength + 2)
        {
            at += VlanTagLength;
        }

        EtherType = BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
        HeaderLength = at + 2;
        Packet = EtherType == Ipv6Type ? PacketOctets.Read(frame, HeaderLength, frame.Length, depth: 0) : null;
    }

    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Null if the frame ends before.</summary>
    public MacAddress? Source { get; }

    /// <summary>Null if the frame ends before.</summary>
    public MacAddress? Destination { get; }

    /// <summary>Null if the frame ends before.</summary>
    public int? EtherType { get; }

    /// <summary>Octets before what is carried; all of them if the header is cut off.</summary>
    public int HeaderLength { get; }

    /// <summary>The IPv6 packet; null if it is none, or ends inside its header.</summary>
    public PacketOctets? Packet { get; }
}
