using System.Buffers.Binary;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>A frame as the tester reads it, as far as it is readable. The class does not throw on any octets.</summary>
/// <remarks>The fields are Destination, Source and EtherType; a VLAN tag (IEEE 802.1Q) may precede EtherType.</remarks>
public sealed class FrameOctets
{
    public const int Ipv6Type = 0x86dd;

    private const int AddressesLength = 12;
    private const int VlanType = 0x8100;
    private const int VlanTagLength = 4;

    /// <param name="frame">The frame, from the Ethernet header on.</param>
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

    /// <summary>The source address; null if the frame ends before it is complete.</summary>
    public MacAddress? Source { get; }

    /// <summary>The destination address; null if the frame ends before it is complete.</summary>
    public MacAddress? Destination { get; }

    /// <summary>The EtherType; null if the frame ends before it is complete.</summary>
    public int? EtherType { get; }

    /// <summary>The number of octets before the payload; the length of the frame if the header is cut off.</summary>
    public int HeaderLength { get; }

    /// <summary>The IPv6 packet; null if the payload is not IPv6 or ends inside the IPv6 header.</summary>
    public PacketOctets? Packet { get; }
}
