using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The answer to an Echo Request, with the IPv6 header fields as received.</summary>
public sealed record ReceivedEchoReply(
    IPAddress Source,
    IPAddress Destination,
    ushort Identifier,
    ushort SequenceNumber,
    OctetString Data,
    byte HopLimit,
    Ecn Ecn
);
