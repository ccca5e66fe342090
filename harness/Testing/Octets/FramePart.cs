using System.Buffers.Binary;
using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>A part of a frame. Octets past its end read as zero, so that a reader needs no check before each field.</summary>
/// <param name="Octets">The octets of this part alone.</param>
/// <param name="Offset">The offset of the first octet in the frame.</param>
public readonly record struct FramePart(ReadOnlyMemory<byte> Octets, int Offset)
{
    private const int BitsPerOctet = 8;

    public int Length => Octets.Length;

    /// <summary>The offset in the frame of the first octet after the part.</summary>
    public int End => Offset + Octets.Length;

    public ReadOnlySpan<byte> Span => Octets.Span;

    public byte Octet(int at) => at < Octets.Length ? Octets.Span[at] : (byte)0;

    public ushort Word(int at) => (ushort)Number(at, sizeof(ushort));

    /// <summary>A number of up to eight octets.</summary>
    public ulong Number(int at, int length)
    {
        ulong number = 0;
        for (var i = at; i < at + length; i++)
        {
            number = (number << BitsPerOctet) | Octet(i);
        }

        return number;
    }

    /// <summary>A field of up to 56 bits that may start at any bit, or of 64 bits that starts at an octet.</summary>
    public ulong Bits(int first, int width)
    {
        var at = first / BitsPerOctet;
        var octets = ((first + width - 1) / BitsPerOctet) - at + 1;
        return (Number(at, octets) >> ((octets * BitsPerOctet) - (first % BitsPerOctet) - width)) & (ulong.MaxValue >> (64 - width));
    }

    public IPAddress Ipv6Address(int at)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(octets, Number(at, 8));
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Number(at + 8, 8));
        return new IPAddress(octets);
    }

    public IPAddress Ipv4Address(int at) => new([Octet(at), Octet(at + 1), Octet(at + 2), Octet(at + 3)]);

    public MacAddress LinkLayerAddress(int at) =>
        new([Octet(at), Octet(at + 1), Octet(at + 2), Octet(at + 3), Octet(at + 4), Octet(at + 5)]);

    /// <summary>The rest from an octet on; empty if the part ends before it.</summary>
    public FramePart From(int at) => Slice(at, int.MaxValue);

    /// <summary>At most <paramref name="length"/> octets from an octet on, as far as they are present.</summary>
    public FramePart Slice(int at, int length)
    {
        var start = Math.Clamp(at, 0, Octets.Length);
        return new FramePart(Octets.Slice(start, Math.Clamp(length, 0, Octets.Length - start)), Offset + start);
    }
}
