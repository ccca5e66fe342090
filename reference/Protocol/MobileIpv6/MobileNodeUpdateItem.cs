namespace Pmip.Protocol.MobileIpv6;

/// <summary>A binding in a Binding Update.</summary>
/// <param name="Binding">The entry of the Binding Update List.</param>
/// <param name="CareOf">What the update registers; null in a removal.</param>
/// <param name="IsHome">The update makes it a home binding.</param>
public sealed record MobileNodeUpdateItem(MobileNodeBinding Binding, CareOfAddress? CareOf, bool IsHome)
{
    public static MobileNodeUpdateItem Of(MobileNodeBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return new(binding, binding.Wanted, binding.IsHome);
    }

    /// <summary>The binding is still wanted as the update has it.</summary>
    public bool IsCurrent => Binding.IsHome == IsHome && Equals(Binding.Wanted?.Address, CareOf?.Address);
}
