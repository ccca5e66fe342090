namespace Pmip.Linux.Netlink;

/// <summary>An event of a <see cref="NetlinkSubscription"/>. The list is closed.</summary>
public abstract record NetlinkEvent
{
    private NetlinkEvent() { }

    /// <summary>An interface is new or has changed: name, flags, carrier.</summary>
    public sealed record LinkChanged(Link Link) : NetlinkEvent;

    public sealed record LinkRemoved(Link Link) : NetlinkEvent;

    /// <summary>An address is new or has changed: it is no longer tentative, or was found to be a duplicate.</summary>
    public sealed record AddressChanged(KernelAddress Address) : NetlinkEvent;

    public sealed record AddressRemoved(KernelAddress Address) : NetlinkEvent;

    public sealed record NeighborChanged(KernelNeighbor Neighbor) : NetlinkEvent;

    public sealed record NeighborRemoved(KernelNeighbor Neighbor) : NetlinkEvent;

    /// <summary>Events were lost because the socket's buffer was full: list the configuration again.</summary>
    public sealed record Overrun : NetlinkEvent;
}
