using System.Net;
using System.Net.Sockets;
using Pmip.Linux;
using Pmip.Wire;

namespace Conformance.TestBeds.Lanes;

/// <summary>The echo requests of a host over either family, and the replies to them.</summary>
internal sealed class EchoSockets : IDisposable
{
    /// <summary>RFC 4443, Section 4.2.</summary>
    internal const byte Icmpv6ReplyType = 129;

    private const ushort Identifier = 1;

    private readonly Ipv6RawSocket _ipv6 = Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass(Icmpv6ReplyType));
    private readonly Ipv4RawSocket _ipv4 = Ipv4RawSocket.OpenIcmp(Icmpv4Type.EchoReply);

    /// <summary>Opens the sockets in the calling thread's namespace.</summary>
    public static EchoSockets Open() => new();

    public void Send(IPAddress destination, ushort number)
    {
        try
        {
            if (destination.AddressFamily == AddressFamily.InterNetwork)
            {
                _ipv4.Send(source: null, destination, new Icmpv4EchoRequest(Identifier, number, default).ToBytes());
            }
            else
            {
                // The kernel completes the checksum, which depends on the source that it chooses.
                _ipv6.Send(source: null, destination, new EchoRequest(Identifier, number, default).ToBytes(IPAddress.IPv6Any, destination));
            }
        }
        catch (LinuxException)
        {
            // Without a route or an address nothing is sent, and so no reply comes.
        }
    }

    /// <summary>Takes the number of a reply. False if none has come.</summary>
    public bool TryReceive(out int number)
    {
        while (_ipv6.TryReceive(out var packet))
        {
            if (
                Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _) && message is EchoReply { Identifier: Identifier } reply
            )
            {
                number = reply.SequenceNumber;
                return true;
            }
        }

        while (_ipv4.TryReceive(out var packet))
        {
            if (
                Icmpv4Message.TryParse(packet.Payload.Span, out var message, out _)
                && message is Icmpv4EchoReply { Identifier: Identifier } reply
            )
            {
                number = reply.SequenceNumber;
                return true;
            }
        }

        number = 0;
        return false;
    }

    public void Dispose()
    {
        _ipv6.Dispose();
        _ipv4.Dispose();
    }
}
