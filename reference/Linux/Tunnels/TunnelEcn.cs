using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// The ECN field at both ends of a tunnel: the full-functionality option of RFC 3168, Section 9.1.1, as RFC 5213, Section 5.6.3,
/// requires. RFC 6040 is not used, because it differs from RFC 5213, Section 5.6.3, in two cases: at encapsulation it copies CE to the
/// outer header; at decapsulation it changes an inner ECT(0) to ECT(1) if the outer header has ECT(1).
/// </summary>
internal static class TunnelEcn
{
    private const byte Mask = 3;

    /// <summary>
    /// The traffic class of the outer header. ECT is copied, so that routers in the tunnel may mark packets instead of dropping them. If
    /// the inner header already has CE, the outer header gets ECT(0).
    /// </summary>
    internal static byte OuterTrafficClass(byte inner) => (Ecn)(inner & Mask) == Ecn.Ce ? (byte)(inner & ~Mask | (byte)Ecn.Ect0) : inner;

    /// <summary>
    /// The traffic class of a packet that leaves a tunnel. Null if the packet must be dropped, because the outer header has CE and
    /// the inner header Not-ECT.
    /// </summary>
    internal static byte? InnerTrafficClass(byte outer, byte inner) =>
        ((Ecn)(outer & Mask), (Ecn)(inner & Mask)) switch
        {
            (Ecn.Ce, Ecn.NotEct) => null,
            (Ecn.Ce, _) => (byte)(inner | (byte)Ecn.Ce),
            _ => inner,
        };
}
