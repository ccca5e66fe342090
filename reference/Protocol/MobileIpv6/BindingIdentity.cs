using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a Binding Identifier option of either edition says.</summary>
/// <param name="BindingId">The BID; 0 if the option is too short for one.</param>
public sealed record BindingIdentity(ushort BindingId)
{
    /// <summary>The Length is one that the edition permits, and agrees with the C flag of the draft.</summary>
    public bool HasRightLength { get; init; }

    /// <summary>The care-of address, of either family; null if the option has none.</summary>
    public IPAddress? CareOf { get; init; }

    /// <summary>The status of this binding alone in a Binding Acknowledgement; 0 if the option is too short for one.</summary>
    public BindingStatus Status { get; init; }

    /// <summary>H: the binding is for the interface on the home link.</summary>
    public bool Home { get; init; }

    /// <summary>The flag O of the draft, which stands in the Binding Update in RFC 5648.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The bits of all flags, for a comparison.</summary>
    public byte Flags { get; init; }
}
