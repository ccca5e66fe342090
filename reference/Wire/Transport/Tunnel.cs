using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>
/// One end of a tunnel: packets leave with source <paramref name="Local"/> and destination <paramref name="Remote"/>, and only
/// packets of the same mode from <paramref name="Remote"/> to <paramref name="Local"/> are decapsulated.
/// </summary>
/// <param name="Local">An address of the family of the mode.</param>
/// <param name="Remote">An address of the family of the mode.</param>
/// <param name="Mode">The headers between the ends.</param>
/// <param name="Ports">The UDP ports in a mode with UDP; otherwise null.</param>
/// <exception cref="ArgumentException">The addresses or the ports do not fit the mode.</exception>
public sealed record Tunnel(IPAddress Local, IPAddress Remote, TunnelMode Mode = TunnelMode.Ipv6, TunnelPorts? Ports = null)
{
    public IPAddress Local { get; } = Require(Local, Mode);

    public IPAddress Remote { get; } = Require(Remote, Mode);

    public TunnelMode Mode { get; } = Mode;

    public TunnelPorts? Ports { get; } =
        Mode.IsInUdp() == (Ports is not null)
            ? Ports
            : throw new ArgumentException("Only a tunnel in UDP has ports, and always.", nameof(Ports));

    /// <summary>
    /// The node under whose security association the packets are, in a tunnel under ESP, if it is not known by its address
    /// <see cref="Remote"/>: a mobile node by its home address (RFC 5648, Section 9.3.2); otherwise null.
    /// </summary>
    public IPAddress? ProtectedFor { get; init; }

    /// <summary>The peer of the security association in a tunnel under ESP.</summary>
    public IPAddress SecurityPeer => ProtectedFor ?? Remote;

    public override string ToString() => Ports is { } ports ? $"{Local}:{ports.Local} -> {Remote}:{ports.Remote}" : $"{Local} -> {Remote}";

    private static IPAddress Require(IPAddress address, TunnelMode mode)
    {
        ArgumentNullException.ThrowIfNull(address);
        return mode.IsOverIpv6() == (address.AddressFamily == AddressFamily.InterNetworkV6)
            ? address
            : throw new ArgumentException($"{address} is not an address of a tunnel of the mode {mode}.", nameof(address));
    }
}
