namespace Pmip.Protocol;

/// <summary>The Lifetime field of Binding Updates and Acknowledgements, RFC 6275, Sections 6.1.7 and 6.1.8.</summary>
internal static class LifetimeField
{
    public static readonly TimeSpan Unit = TimeSpan.FromSeconds(4);

    /// <summary><paramref name="lifetime"/> in units, rounded down so that the encoded lifetime is never longer.</summary>
    public static ushort Units(TimeSpan lifetime) => (ushort)Math.Clamp(lifetime.Ticks / Unit.Ticks, 0, ushort.MaxValue);
}
