namespace Pmip.Linux.Tunnels;

/// <summary>What a data path of this program's own has done with packets since it was opened.</summary>
/// <param name="Encapsulated">Outer packets sent.</param>
/// <param name="Decapsulated">Outer packets whose content was handed to the kernel.</param>
/// <param name="Foreign">Outer packets dropped that no tunnel leads from their source to their destination for.</param>
/// <param name="Refused">
/// Dropped for what they hold: out of a tunnel no IPv6 packet, one that no router forwards, or CE marked on Not-ECT; into one what
/// it has itself sent.
/// </param>
/// <param name="Lost">What the kernel did not take, to send or to receive, for want of a route or of room.</param>
public readonly record struct TunnelCounters(long Encapsulated, long Decapsulated, long Foreign, long Refused, long Lost);
