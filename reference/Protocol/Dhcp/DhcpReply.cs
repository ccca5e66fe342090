using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Dhcp;

/// <summary>What the DHCP servers of both roles have in common: RFC 2131, Section 4.3.</summary>
internal static class DhcpReply
{
    /// <summary>The address that a client asks for or has; null if the message names none.</summary>
    public static IPAddress? RequestedAddress(DhcpMessage request) =>
        request.Options.First<DhcpRequestedAddressOption>()?.Address
        ?? (request.ClientAddress.Equals(IPAddress.Any) ? null : request.ClientAddress);

    /// <summary>Whether a lease is a whole number of seconds that an option can have, at least one.</summary>
    public static bool IsLease(TimeSpan time) =>
        time >= TimeSpan.FromSeconds(1) && time.Ticks % TimeSpan.TicksPerSecond == 0 && time.TotalSeconds < uint.MaxValue;

    /// <summary>The answer to a message, with the fields that a server returns (RFC 2131, Table 3).</summary>
    /// <param name="options">The options after the message type.</param>
    public static DhcpMessage To(DhcpMessage request, DhcpMessageType type, IEnumerable<DhcpOption> options) =>
        new(DhcpOperation.BootReply, request.TransactionId, new DhcpOptionList([new DhcpMessageTypeOption(type), .. options]))
        {
            HardwareType = request.HardwareType,
            HardwareAddress = request.HardwareAddress,
            Broadcast = request.Broadcast,
            ClientAddress = type == DhcpMessageType.Ack ? request.ClientAddress : IPAddress.Any,
            RelayAddress = request.RelayAddress,
        };
}
