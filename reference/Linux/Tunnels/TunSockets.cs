using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>The sockets that send the outer packets of a tunnel, by the family of the packets in them.</summary>
/// <param name="Release">Called when the tunnel does not need the sockets any more.</param>
internal sealed record TunSockets(OuterSocket Ipv6Content, OuterSocket Ipv4Content, Action Release) : IDisposable
{
    /// <summary>Opens sockets of a tunnel over IPv6, in the calling thread's namespace.</summary>
    internal static TunSockets OpenIpv6(UInt128 local)
    {
        var ipv6 = OuterSocket.OpenSender(local, IpProtocol.Ipv6);
        try
        {
            var ipv4 = OuterSocket.OpenSender(local, Ipv4Protocol.Ipv4);
            return new TunSockets(
                ipv6,
                ipv4,
                () =>
                {
                    ipv6.Dispose();
                    ipv4.Dispose();
                }
            );
        }
        catch
        {
            ipv6.Dispose();
            throw;
        }
    }

    public void Dispose() => Release();
}
