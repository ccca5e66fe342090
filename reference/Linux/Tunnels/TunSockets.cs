using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>The sockets that send the outer packets of a tunnel, by the family of the packets in them.</summary>
/// <param name="Release">Called when the tunnel does not need the sockets any more.</param>
internal sealed record TunSockets(OuterSocket Ipv6Content, OuterSocket Ipv4Content, Action Release) : IDisposable
{
    /// <summary>Sends outer packets of IPv6 that are fragments already; null for a tunnel over IPv4.</summary>
    internal OuterSocket? Fragments { get; private init; }

    /// <summary>Opens sockets of a tunnel over IPv6, in the calling thread's namespace.</summary>
    internal static TunSockets OpenIpv6(UInt128 local) => Open(local, IpProtocol.Ipv6, Ipv4Protocol.Ipv4);

    /// <summary>Opens sockets of a tunnel under ESP, in the calling thread's namespace.</summary>
    internal static TunSockets OpenEsp(UInt128 local) => Open(local, IpProtocol.Esp);

    private static TunSockets Open(UInt128 local, params IReadOnlyList<byte> contents)
    {
        var opened = new List<OuterSocket>();
        try
        {
            foreach (var protocol in (byte[])[.. contents, IpProtocol.Fragment])
            {
                opened.Add(OuterSocket.OpenSender(local, protocol));
            }
            return new TunSockets(opened[0], opened[^2], Close) { Fragments = opened[^1] };
        }
        catch
        {
            Close();
            throw;
        }

        void Close() => opened.ForEach(socket => socket.Dispose());
    }

    public void Dispose() => Release();
}
