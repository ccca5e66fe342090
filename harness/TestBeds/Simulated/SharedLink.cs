using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// One link that emulates a point-to-point link to each of its mobile nodes, RFC 5213, Section 6.3: a frame arrives on the link of its
/// sender, and what is sent on that link has the link-layer address of its mobile node, even if it is for a group.
/// </summary>
public sealed class SharedLink(IReadOnlyList<LinkId> links)
{
    /// <summary>The links with their mobile nodes, of which the last was heard last.</summary>
    private readonly List<(LinkId Link, MacAddress? MobileNode)> _heard = [.. links.Select(link => (link, (MacAddress?)null))];

    public IReadOnlyList<LinkId> Links => links;

    /// <summary>
    /// The link of the sender of a frame. A new mobile node gets a link that none has, or that of the one that has been silent for longest.
    /// </summary>
    public LinkId LinkOf(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < EthernetFrame.HeaderLength)
        {
            return links[0];
        }

        var sender = new MacAddress(frame.Slice(MacAddress.Length, MacAddress.Length));
        var known = _heard.FindIndex(heard => heard.MobileNode == sender);
        var (link, _) = _heard[Math.Max(known, 0)];
        _heard.RemoveAt(Math.Max(known, 0));
        _heard.Add((link, sender));
        return link;
    }

    /// <summary>A frame with the address of the mobile node of its link; null if there is no mobile node.</summary>
    public ReadOnlyMemory<byte>? Addressed(OutgoingFrame outgoing) =>
        _heard.Find(heard => heard.Link == outgoing.Link).MobileNode is { } mobileNode
            ? new ReadOnlyMemory<byte>([.. mobileNode.ToArray(), .. outgoing.Bytes.Span[MacAddress.Length..]])
            : null;

    /// <summary>All mobile nodes have left.</summary>
    public void Clear()
    {
        _heard.Clear();
        _heard.AddRange(links.Select(link => (link, (MacAddress?)null)));
    }
}
