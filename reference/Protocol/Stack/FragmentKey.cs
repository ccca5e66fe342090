using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>What the fragments of one packet have in common: RFC 791, Section 3.2, and RFC 8200, Section 4.5.</summary>
/// <param name="Protocol">That of IPv4; for IPv6, that of the Fragment header.</param>
internal readonly record struct FragmentKey(IPAddress Source, IPAddress Destination, byte Protocol, uint Identification);
