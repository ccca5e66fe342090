using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The answer to an Echo Request, with the fields of the IP header as received.</summary>
public sealed record ReceivedEchoReply(
    IPAddress Source,
    IPAddress Destination,
    ushort Identifier,
    ushort SequenceNumber,
    OctetString Data,
    byte HopLimit,
    Ecn Ecn
);
