using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The pings of a node that are still out, and the answers that have come.</summary>
internal sealed class EchoClient
{
    private readonly HashSet<(ushort Identifier, ushort SequenceNumber)> _outstanding = [];
    private readonly Queue<ReceivedEchoReply> _replies = new();

    public void Expect(ushort identifier, ushort sequenceNumber) => _outstanding.Add((identifier, sequenceNumber));

    /// <summary>Takes note of a reply. One that answers no ping, or answers it again, is of no use to anybody.</summary>
    public void Receive(Ipv6Packet packet, EchoReply reply)
    {
        if (!_outstanding.Remove((reply.Identifier, reply.SequenceNumber)))
        {
            return;
        }

        _replies.Enqueue(
            new ReceivedEchoReply(
                packet.Source,
                packet.Destination,
                reply.Identifier,
                reply.SequenceNumber,
                reply.Data,
                packet.HopLimit,
                packet.Ecn
            )
        );
    }

    public bool TryTake([NotNullWhen(true)] out ReceivedEchoReply? reply) => _replies.TryDequeue(out reply);
}
