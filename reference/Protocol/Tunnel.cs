using System.Net;

namespace Pmip.Protocol;

/// <summary>
/// One end of an IPv6-in-IPv6 tunnel (RFC 2473): packets leave with source <paramref name="Local"/> and destination
/// <paramref name="Remote"/>, and only packets from <paramref name="Remote"/> to <paramref name="Local"/> are decapsulated.
/// </summary>
public sealed record Tunnel(IPAddress Local, IPAddress Remote)
{
    public override string ToString() => $"{Local} -> {Remote}";
}
