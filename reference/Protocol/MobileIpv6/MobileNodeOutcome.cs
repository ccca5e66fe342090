using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a Binding Acknowledgement says of one binding, RFC 6275, Section 11.7.3, and RFC 5648, Section 5.7.</summary>
/// <param name="acknowledgement">The message, whose update is known.</param>
/// <param name="update">The update.</param>
/// <param name="item">The binding; null in the removal of all.</param>
/// <param name="status">The status that counts for the binding.</param>
public sealed class MobileNodeOutcome(
    MobileNodeAcknowledgement acknowledgement,
    MobileNodeUpdate update,
    MobileNodeUpdateItem? item,
    BindingStatus status
)
{
    public MobileNodeAcknowledgement Acknowledgement { get; } = acknowledgement;

    public MobileNodeState Node => Acknowledgement.Node;

    public MobileNodePeer Peer => Update.Peer;

    public MobileNodeUpdate Update { get; } = update;

    public MobileNodeUpdateItem? Item { get; } = item;

    public BindingStatus Status { get; } = status;

    public bool IsAccepted => (byte)Status < 128;

    /// <summary>The care-of address that the peer has now: the source of the message where the peer does not know the option.</summary>
    public IPAddress? CareOf { get; } = item?.CareOf?.Address;

    /// <summary>Says what follows from a refusal, and ends the rules of the list.</summary>
    public RuleOutcome Log(string text)
    {
        Node.Actions.Log("Refused", $"{Peer.Address}, {(Item?.Binding.BindingId is { } bid ? $"BID {bid}, " : "")}{Status}: {text}");
        return RuleOutcome.Stop;
    }
}
