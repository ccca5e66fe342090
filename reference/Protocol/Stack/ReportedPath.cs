using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A router's report of a packet that was too large for the path, while the rules about such reports are applied.</summary>
/// <param name="sent">The packet that the report is about, or its beginning.</param>
/// <param name="mtu">The reported MTU, in octets.</param>
/// <param name="isOwn">The source of the packet is an address of this node.</param>
/// <param name="known">The MTU of that path as reported before, in octets; null without a report.</param>
public sealed class ReportedPath(IpPacket sent, uint mtu, bool isOwn, uint? known)
{
    public bool IsOwn { get; } = isOwn;

    public uint? Known { get; } = known;

    /// <summary>The other end of the path.</summary>
    public IPAddress Destination { get; set; } = sent.Destination;

    /// <summary>The MTU that the node will use, in octets.</summary>
    public uint Mtu { get; set; } = mtu;
}
