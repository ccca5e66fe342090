using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Pmip.Wire;

/// <summary>A 48-bit IEEE 802 address. The default value is 00:00:00:00:00:00.</summary>
public readonly record struct MacAddress
{
    /// <summary>Length of an address in octets.</summary>
    public const int Length = 6;

    private const ulong GroupBit = 0x0100_0000_0000;
    private readonly ulong _value;

    /// <exception cref="ArgumentException"><paramref name="octets"/> does not have six octets.</exception>
    public MacAddress(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != Length)
        {
            throw new ArgumentException($"A MAC address has 6 octets, not {octets.Length}.", nameof(octets));
        }
        _value = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(octets) << 32) | BinaryPrimitives.ReadUInt32BigEndian(octets[2..]);
    }

    public static MacAddress Broadcast { get; } = new([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    /// <summary>Whether this is a group address; true for the broadcast address.</summary>
    public bool IsMulticast => (_value & GroupBit) != 0;

    /// <summary>Six pairs of hexadecimal digits separated by colons.</summary>
    /// <exception cref="FormatException">The text is not a MAC address.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a MAC address.");

    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        if (text is not { Length: 3 * Length - 1 })
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[Length];
        for (var i = 0; i < Length; i++)
        {
            if (i > 0 && text[3 * i - 1] != ':')
            {
                return false;
            }
            if (!byte.TryParse(text.AsSpan(3 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[i]))
            {
                return false;
            }
        }

        address = new MacAddress(octets);
        return true;
    }

    /// <summary>
    /// The address of a group: 33:33 and its last four octets, RFC 2464, Section 7, or for IPv4 01:00:5e and its last 23 bits, RFC 1112,
    /// Section 6.4.
    /// </summary>
    public static MacAddress ForMulticast(IPAddress group) =>
        group.GetAddressBytes() is [_, var second, var third, var fourth]
            ? new MacAddress([0x01, 0x00, 0x5e, (byte)(second & 0x7f), third, fourth])
            : new MacAddress([0x33, 0x33, .. group.GetAddressBytes().AsSpan(12)]);

    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than six octets.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException("A MAC address needs 6 octets.", nameof(destination));
        }
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(_value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], (uint)_value);
    }

    public byte[] ToArray()
    {
        var octets = new byte[Length];
        CopyTo(octets);
        return octets;
    }

    /// <summary>The modified EUI-64 of the address, eight octets: RFC 4291, Appendix A; RFC 2464, Section 4.</summary>
    public byte[] InterfaceIdentifier()
    {
        var mac = ToArray();
        return [(byte)(mac[0] ^ 0x02), mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]];
    }

    /// <summary>fe80::/64 with the modified EUI-64, RFC 2464, Section 5.</summary>
    public IPAddress LinkLocalAddress() => new([0xfe, 0x80, 0, 0, 0, 0, 0, 0, .. InterfaceIdentifier()]);

    /// <summary>For instance <c>02:5e:00:00:00:01</c>.</summary>
    public override string ToString() =>
        $"{(byte)(_value >> 40):x2}:{(byte)(_value >> 32):x2}:{(byte)(_value >> 24):x2}:"
        + $"{(byte)(_value >> 16):x2}:{(byte)(_value >> 8):x2}:{(byte)_value:x2}";
}
