using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The result of processing the extension headers of a packet for this node.</summary>
public abstract record ExtensionHeaderVerdict
{
    private ExtensionHeaderVerdict() { }

    /// <summary>
    /// The packet is passed to the upper layer. The addresses are those for its checksum: <paramref name="HomeAddress"/> of a Home
    /// Address option, <paramref name="FinalDestination"/> of a type 2 routing header with a segment left.
    /// </summary>
    public sealed record Accepted(IPAddress? HomeAddress, IPAddress? FinalDestination) : ExtensionHeaderVerdict
    {
        /// <summary>The path of a Mobility Header in the packet.</summary>
        public Ipv6Signaling PathOf(Ipv6Packet packet) =>
            new(packet.Source, packet.Destination) { HomeAddress = HomeAddress, RoutedTo = FinalDestination };
    }

    public sealed record Discarded(string Reason) : ExtensionHeaderVerdict;

    /// <summary>Discarded with a Parameter Problem that points to an octet of the packet.</summary>
    public sealed record Rejected(PacketError Error) : ExtensionHeaderVerdict;
}
