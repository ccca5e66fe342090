using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.Dhcp;

/// <summary>The datagram of IPv4 that carries a DHCP message.</summary>
internal static class DhcpDatagram
{
    /// <summary>The octets of the longest message that fits.</summary>
    private const int LongestMessage = Ipv4Packet.MaximumLength - Ipv4Packet.MinimumHeaderLength - UdpDatagram.HeaderLength;

    /// <summary>
    /// The octets of a message; false if they fit into no datagram, as they may if a server or relay agent has added to what is long
    /// already, or if the options of other fields have become part of the options field.
    /// </summary>
    /// <param name="actions">Where it is logged that the message does not fit.</param>
    public static bool TryWrite(DhcpMessage message, ActionQueue actions, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = message.Length <= LongestMessage ? message.ToBytes() : null;
        if (bytes is null)
        {
            actions.Log("DhcpTooLong", $"{message.Type} of {message.Length} octets fits into no datagram");
        }
        return bytes is not null;
    }
}
