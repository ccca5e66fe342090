using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>An address on a link that a node uses, or is to use when its uniqueness has been verified.</summary>
public readonly record struct AddressClaim(LinkId Link, IPAddress Address);

/// <summary>What <see cref="AddressConflictDetection"/> requires of the node whose addresses it tests and defends.</summary>
public interface IAddressHost
{
    /// <summary>Whether the link has a carrier.</summary>
    bool IsUp(LinkId link);

    /// <summary>The state of an address; null if the node does not have it.</summary>
    AddressState? StateOf(AddressClaim claim);

    /// <summary>Sets the state of an address. The node uses it only in the state <see cref="AddressState.Assigned"/>.</summary>
    void Set(AddressClaim claim, AddressState state);

    /// <summary>A test has ended, or another node uses the address later.</summary>
    void Tested(AddressClaim claim, bool isUnique, Now now);

    /// <summary>Broadcasts an ARP request; the sender 0.0.0.0 makes it a probe.</summary>
    void Ask(LinkId link, IPAddress sender, IPAddress target);

    /// <summary>Calls <see cref="AddressConflictDetection.HandleTimeout"/> at this time. One timer for each claim.</summary>
    void SetTimer(AddressClaim claim, Instant at);

    void CancelTimer(AddressClaim claim);
}
