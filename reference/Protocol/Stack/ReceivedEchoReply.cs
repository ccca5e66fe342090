using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The answer to a ping, with what the way left in its header.</summary>
public sealed record ReceivedEchoReply(
    IPAddress Source,
    IPAddress Destination,
    ushort Identifier,
    ushort SequenceNumber,
    OctetString Data,
    byte HopLimit,
    Ecn Ecn
);
