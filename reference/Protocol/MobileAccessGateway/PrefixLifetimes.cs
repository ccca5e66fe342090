namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The lifetimes with which prefixes are advertised, in whole seconds up to 4294967295 s, RFC 4861, Section 4.6.2.</summary>
/// <param name="Valid">How long addresses from the prefixes may be used.</param>
/// <param name="Preferred">How long new communication may use them; at most <paramref name="Valid"/>.</param>
public sealed record PrefixLifetimes(TimeSpan Valid, TimeSpan Preferred)
{
    /// <summary>RFC 4861, Section 6.2.1: the defaults of AdvValidLifetime and AdvPreferredLifetime.</summary>
    public static PrefixLifetimes Default { get; } = new(TimeSpan.FromDays(30), TimeSpan.FromDays(7));

    /// <summary>True if the lifetimes are in their range.</summary>
    internal bool IsInRange =>
        Preferred >= TimeSpan.Zero
        && Preferred <= Valid
        && Valid <= TimeSpan.FromSeconds(uint.MaxValue)
        && IsWhole(Valid)
        && IsWhole(Preferred);

    private static bool IsWhole(TimeSpan lifetime) => lifetime.Ticks % TimeSpan.TicksPerSecond == 0;
}
