using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// The ECN field at both ends of a tunnel: the full-functionality option of RFC 3168, Section 9.1.1, as RFC 5213, Section 5.6.3,
/// demands it. RFC 6040 differs in two cases, and both are against that section: it copies CE outward, and an outer ECT(1)
/// onto an inner ECT(0).
/// </summary>
internal static class TunnelEcn
{
    private const byte Mask = 3;

    /// <summary>ECT is copied, so that routers in the tunnel may mark instead of drop; a CE of before the tunnel stays inside.</summary>
    internal static byte OuterTrafficClass(byte inner) => (Ecn)(inner & Mask) == Ecn.Ce ? (byte)(inner & ~Mask | (byte)Ecn.Ect0) : inner;

    /// <summary>
    /// The traffic class of a packet that leaves a tunnel. Null: it is to be dropped, because congestion was marked and its
    /// transport would not understand.
    /// </summary>
    internal static byte? InnerTrafficClass(byte outer, byte inner) =>
        ((Ecn)(outer & Mask), (Ecn)(inner & Mask)) switch
        {
            (Ecn.Ce, Ecn.NotEct) => null,
            (Ecn.Ce, _) => (byte)(inner | (byte)Ecn.Ce),
            _ => inner,
        };
}
