using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// A binding that a mobile node has or wants to have at a peer: an entry of the Binding Update List, RFC 6275, Section 11.1, and RFC 5648,
/// Section 4.1.
/// </summary>
/// <param name="bindingId">The BID; null for a binding without one.</param>
public sealed class MobileNodeBinding(ushort? bindingId)
{
    public ushort? BindingId { get; } = bindingId;

    /// <summary>What is to be registered; null if the binding is to be removed.</summary>
    public CareOfAddress? Wanted { get; private set; }

    /// <summary>The binding is for the interface on the home link (RFC 5648, Section 5.6.3).</summary>
    public bool IsHome { get; private set; }

    /// <summary>The care-of address that the peer has acknowledged; null if it has none.</summary>
    public IPAddress? Registered { get; private set; }

    /// <summary>Whether the acknowledged binding is for the home link.</summary>
    public bool IsRegisteredHome { get; private set; }

    /// <summary>The home address is used without Neighbor Discovery on the home link (status 5).</summary>
    public bool IsSilent { get; set; }

    /// <summary>When the acknowledged lifetime ends; null for a home binding that stays until it is removed.</summary>
    public Instant? EndsAt { get; private set; }

    /// <summary>The update that waits for its acknowledgement.</summary>
    public MobileNodeUpdate? Pending { get; set; }

    /// <summary>The binding is to be registered again, although it is there.</summary>
    public bool NeedsRefresh { get; set; }

    /// <summary>The peer is not known to have the care-of address: the next update names it.</summary>
    public bool NeedsCareOfAddress { get; set; } = true;

    /// <summary>The peer has refused what is wanted; it is not asked again.</summary>
    public bool IsRefused { get; set; }

    /// <summary>
    /// Until when the peer may have the binding although nothing was acknowledged: an update was given up on its way. Null if it cannot.
    /// </summary>
    public Instant? MayExistUntil { get; set; }

    /// <summary>The peer has what is wanted.</summary>
    public bool IsRegistered => Wanted is { } wanted && IsRegisteredHome == IsHome && wanted.Address.Equals(Registered);

    /// <summary>The peer has the binding, or may have it.</summary>
    public bool MayExist(Instant now) => Registered is not null || MayExistUntil > now;

    /// <summary>An update is to be sent for the binding.</summary>
    public bool IsDue(Instant now) => Pending is null && !IsRefused && (Wanted is null ? MayExist(now) : NeedsRefresh || !IsRegistered);

    /// <summary>
    /// Asks for another registration, or for the removal. What comes back is registered again: the peer may have lost it meanwhile.
    /// </summary>
    public void Want(CareOfAddress? careOf, bool isHome)
    {
        if (Wanted is { } wanted && wanted.Address.Equals(careOf?.Address) && IsHome == isHome)
        {
            return;
        }

        (Wanted, IsHome, IsRefused) = (careOf, isHome, false);
        (NeedsRefresh, NeedsCareOfAddress) = (careOf is not null, true);
    }

    /// <summary>The peer has registered or renewed the binding.</summary>
    public void Acknowledge(IPAddress careOf, bool isHome, Instant? endsAt) =>
        (Registered, IsRegisteredHome, EndsAt, MayExistUntil, NeedsRefresh, NeedsCareOfAddress) = (
            careOf,
            isHome,
            endsAt,
            null,
            false,
            false
        );

    /// <summary>The peer has the binding no more.</summary>
    public void End() => (Registered, IsRegisteredHome, EndsAt, MayExistUntil, NeedsCareOfAddress) = (null, false, null, null, true);
}
