namespace Pmip.Wire;

/// <summary>How many further tunnels a packet may enter, RFC 2473, Section 4.1.1.</summary>
/// <param name="Limit">The number of further tunnels; zero for none.</param>
/// <param name="Offset">The offset of the limit's octet from the start of the packet.</param>
public readonly record struct TunnelEncapsulationLimit(byte Limit, int Offset)
{
    public const byte OptionType = 4;

    /// <summary>The length in octets of the header that carries the option in a tunnel.</summary>
    public const int HeaderLength = 8;

    private const int FirstOption = 2;
    private const byte Pad1 = 0;
    private const byte PadN = 1;

    /// <summary>The limit in a tunnel that the packet enters: one less.</summary>
    public byte InTunnel => (byte)Math.Max(Limit - 1, 0);

    /// <summary>The limit of a packet that is to enter a tunnel: the first one from left to right, or null.</summary>
    public static TunnelEncapsulationLimit? In(IpPacket packet)
    {
        if (packet is not Ipv6Packet ipv6 || !ipv6.TryGetUpperLayer(out var upper, out _))
        {
            return null;
        }

        return upper
            .Headers.Where(header => header.Type == IpProtocol.DestinationOptions)
            .Select(header => In(header.Bytes.Span, header.Offset))
            .FirstOrDefault(limit => limit is not null);
    }

    /// <summary>The first limit in a Destination Options header, or null.</summary>
    /// <param name="offset">The offset of the header from the start of the packet.</param>
    public static TunnelEncapsulationLimit? In(ReadOnlySpan<byte> header, int offset)
    {
        for (var at = FirstOption; at + 2 < header.Length; at += header[at] == Pad1 ? 1 : 2 + header[at + 1])
        {
            if (header[at] == OptionType && header[at + 1] == 1)
            {
                return new TunnelEncapsulationLimit(header[at + 2], offset + at + 2);
            }
        }

        return null;
    }

    /// <summary>The Destination Options header between the outer header of a tunnel and the IPv6 packet in it.</summary>
    public static byte[] Header(byte limit) => [IpProtocol.Ipv6, 0, OptionType, 1, limit, PadN, 1, 0];
}
