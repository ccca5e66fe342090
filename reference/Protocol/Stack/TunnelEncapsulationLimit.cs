using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>How many further tunnels a packet may enter, RFC 2473, Section 4.1.1.</summary>
/// <param name="Limit">The number of further tunnels; zero for none.</param>
/// <param name="Offset">The offset of the limit's octet from the start of the packet.</param>
internal readonly record struct TunnelEncapsulationLimit(byte Limit, int Offset)
{
    public const byte OptionType = 4;

    /// <summary>The length in octets of the header that carries the option.</summary>
    public const int HeaderLength = 8;

    private const int FirstOption = 2;
    private const byte Pad1 = 0;
    private const byte PadN = 1;

    /// <summary>The limit of a packet that is to enter a tunnel: the first one from left to right, or null.</summary>
    public static TunnelEncapsulationLimit? In(IpPacket packet)
    {
        if (packet is not Ipv6Packet ipv6 || !ipv6.TryGetUpperLayer(out var upper, out _))
        {
            return null;
        }

        return upper
            .Headers.Where(header => header.Type == IpProtocol.DestinationOptions)
            .Select(In)
            .FirstOrDefault(limit => limit is not null);
    }

    /// <summary>The destination options header after the outer header, with the limit decremented by one.</summary>
    public byte[] HeaderInTunnel() => [IpProtocol.Ipv6, 0, OptionType, 1, (byte)Math.Max(Limit - 1, 0), PadN, 1, 0];

    private static TunnelEncapsulationLimit? In(ExtensionHeader header)
    {
        var bytes = header.Bytes.Span;
        for (var at = FirstOption; at + 2 < bytes.Length; at += bytes[at] == Pad1 ? 1 : 2 + bytes[at + 1])
        {
            if (bytes[at] == OptionType && bytes[at + 1] == 1)
            {
                return new TunnelEncapsulationLimit(bytes[at + 2], header.Offset + at + 2);
            }
        }

        return null;
    }
}
