namespace Pmip.Linux.Tunnels;

/// <summary>Counts the packets of one direction: one thread writes, any thread may read.</summary>
internal sealed class TunnelStatistics
{
    internal long Carried,
        Foreign,
        Refused,
        Lost;

    internal static void Count(ref long counter, int packets = 1) => Volatile.Write(ref counter, counter + packets);
}
