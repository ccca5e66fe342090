using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The unanswered Echo Requests of a node, and the replies received.</summary>
internal sealed class EchoClient
{
    private readonly HashSet<(ushort Identifier, ushort SequenceNumber)> _outstanding = [];
    private readonly Queue<ReceivedEchoReply> _replies = new();

    public void Expect(ushort identifier, ushort sequenceNumber) => _outstanding.Add((identifier, sequenceNumber));

    /// <summary>Records a reply. False for a reply without a request of this node, and for a second reply to a request.</summary>
    public bool Receive(IpPacket packet, ushort identifier, ushort sequenceNumber, OctetString data)
    {
        if (!_outstanding.Remove((identifier, sequenceNumber)))
        {
            return false;
        }

        _replies.Enqueue(
            new ReceivedEchoReply(packet.Source, packet.Destination, identifier, sequenceNumber, data, packet.HopLimit, packet.Ecn)
        );
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out ReceivedEchoReply? reply) => _replies.TryDequeue(out reply);
}
