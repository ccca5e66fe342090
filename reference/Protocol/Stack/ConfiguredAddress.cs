using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>An address of an interface; the other addresses of its prefix are neighbours on that link.</summary>
/// <param name="Address">A unicast address.</param>
/// <param name="PrefixLength">0 to 128, or to 32 for IPv4; with the largest, the prefix has no other addresses.</param>
public sealed record ConfiguredAddress(IPAddress Address, int PrefixLength = 64);
