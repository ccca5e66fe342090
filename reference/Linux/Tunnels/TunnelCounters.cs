namespace Pmip.Linux.Tunnels;

/// <summary>Packet counters of a data path that this program implements itself, since it was opened.</summary>
/// <param name="Encapsulated">Outer packets sent; fragments for a path of small MTU count each.</param>
/// <param name="Decapsulated">Outer packets whose content was handed to the kernel.</param>
/// <param name="Foreign">
/// Outer packets dropped because no tunnel has their addresses, and ports, as its ends; those under ESP also because they are not authentic
/// packets of a tunnel, for example signals.
/// </param>
/// <param name="Refused">
/// Packets dropped for their content. From a tunnel: content that is not a packet of the announced version, a packet that no router
/// forwards, or a Not-ECT packet marked CE. Into a tunnel: a packet that the tunnel itself has sent.
/// </param>
/// <param name="Lost">Packets that the kernel did not accept, to send or to receive, for lack of a route or of buffer space.</param>
public readonly record struct TunnelCounters(long Encapsulated, long Decapsulated, long Foreign, long Refused, long Lost);
