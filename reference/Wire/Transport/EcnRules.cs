namespace Pmip.Wire;

/// <summary>The ECN field of packets that enter and leave a tunnel.</summary>
/// <param name="Outer">The ECN field of the outer header for that of the packet that enters.</param>
/// <param name="Inner">
/// The ECN field of the packet that leaves, for that of the outer header and that of the packet. Null if the packet must be dropped,
/// because congestion was marked and its transport does not support ECN.
/// </param>
public sealed record EcnRules(Func<Ecn, Ecn> Outer, Func<Ecn, Ecn, Ecn?> Inner)
{
    /// <summary>
    /// The full functionality of RFC 3168, Section 9.1.1, summarized in RFC 5213, Section 5.6.3. ECT is copied, so that routers in the
    /// tunnel may mark packets instead of dropping them. If the packet already has CE, the outer header gets ECT(0).
    /// </summary>
    public static EcnRules Rfc3168 { get; } =
        new(
            inner => inner == Ecn.Ce ? Ecn.Ect0 : inner,
            (outer, inner) =>
                (outer, inner) switch
                {
                    (Ecn.Ce, Ecn.NotEct) => null,
                    (Ecn.Ce, _) => Ecn.Ce,
                    _ => inner,
                }
        );

    /// <summary>
    /// RFC 4301, Section 5.1.2, for tunnels under ESP: CE is copied, too, and a packet whose transport does not support ECN leaves the
    /// tunnel unchanged where congestion was marked.
    /// </summary>
    public static EcnRules Rfc4301 { get; } =
        new(inner => inner, (outer, inner) => outer == Ecn.Ce && inner != Ecn.NotEct ? Ecn.Ce : inner);

    /// <summary>
    /// RFC 6040, Sections 4.1 (normal mode) and 4.2: CE is copied, too, and an outer ECT(1) that may be a mark by a router stays.
    /// </summary>
    public static EcnRules Rfc6040 { get; } =
        new(
            inner => inner,
            (outer, inner) =>
                (outer, inner) switch
                {
                    (Ecn.Ect1, Ecn.Ect0) => Ecn.Ect1,
                    _ => Rfc3168.Inner(outer, inner),
                }
        );
}
