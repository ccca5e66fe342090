namespace Pmip.Linux.Tunnels;

/// <summary>Counts packets: one thread writes, any may read.</summary>
internal sealed class TunnelStatistics
{
    internal long Encapsulated, Decapsulated, Foreign, Refused, Lost;

    internal TunnelCounters Read() => new(
        Volatile.Read(ref Encapsulated), Volatile.Read(ref Decapsulated), Volatile.Read(ref Foreign), Volatile.Read(ref Refused), Volatile.Read(ref Lost));

    internal static void Count(ref long counter, int packets = 1) => Volatile.Write(ref counter, counter + packets);
}
