using System.Diagnostics.CodeAnalysis;

namespace Pmip.Linux.Netlink;

/// <summary>The topics of a <see cref="NetlinkSubscription"/>.</summary>
[Flags]
public enum NetlinkTopics
{
    None = 0,
    Links = 1,
    Addresses = 2,
    Neighbors = 4,
}

/// <summary>
/// Reports changes of a namespace's configuration as they happen. Open it before listing the configuration, so that no change is
/// missed; wait for events with <see cref="Readiness"/>.
/// </summary>
public sealed class NetlinkSubscription : IReadable, IDisposable
{
    /// <summary>linux/rtnetlink.h: RTNLGRP_*.</summary>
    private const int LinkGroup = 1,
        NeighborGroup = 3,
        Ipv4AddressGroup = 5,
        Ipv6AddressGroup = 9;

    /// <summary>Room for some thousand events.</summary>
    private const int ReceiveBufferLength = 4 * 1024 * 1024;

    private readonly NetlinkSocket _socket;
    private readonly Queue<NetlinkEvent> _events = new();

    private NetlinkSubscription(NetlinkSocket socket) => _socket = socket;

    /// <summary>Ready when the kernel has sent an event. Call <see cref="TryTake"/> until it returns false before waiting.</summary>
    public FileDescriptor Descriptor => _socket.Descriptor;

    /// <summary>Opens a subscription in the calling thread's namespace.</summary>
    public static NetlinkSubscription Open(NetlinkTopics topics)
    {
        var subscription = OpenUnjoined();
        try
        {
            subscription._socket.SetReceiveBuffer(ReceiveBufferLength);
            subscription.Join(topics);
            return subscription;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    /// <summary>Opens a subscription without topics, with the default receive buffer; this needs no privilege.</summary>
    internal static NetlinkSubscription OpenUnjoined() => new(new NetlinkSocket(blocking: false));

    internal void Join(NetlinkTopics topics)
    {
        foreach (var group in Groups(topics))
        {
            _socket.Join(group);
        }
    }

    /// <summary>Ends the subscription to these topics, and drops all queued events.</summary>
    internal void Leave(NetlinkTopics topics)
    {
        foreach (var group in Groups(topics))
        {
            _socket.Leave(group);
        }
        while (TryTake(out _))
        {
            // Drops the event.
        }
    }

    /// <summary>Takes the oldest queued event. False if the queue is empty.</summary>
    public bool TryTake([NotNullWhen(true)] out NetlinkEvent? taken)
    {
        while (!_events.TryDequeue(out taken))
        {
            if (!TryReceive())
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _socket.Dispose();

    private static IEnumerable<int> Groups(NetlinkTopics topics)
    {
        if (topics.HasFlag(NetlinkTopics.Links))
        {
            yield return LinkGroup;
        }
        if (topics.HasFlag(NetlinkTopics.Neighbors))
        {
            yield return NeighborGroup;
        }
        if (!topics.HasFlag(NetlinkTopics.Addresses))
        {
            yield break;
        }
        yield return Ipv4AddressGroup;
        yield return Ipv6AddressGroup;
    }

    private bool TryReceive()
    {
        try
        {
            return _socket.TryReceive(Read);
        }
        catch (LinuxException overrun) when (overrun.ErrorNumber == Errno.NoBufferSpace)
        {
            _events.Enqueue(new NetlinkEvent.Overrun());
            return true;
        }
    }

    private void Read(ushort type, ReadOnlySpan<byte> payload)
    {
        NetlinkEvent? happened = type switch
        {
            Links.NewMessage => new NetlinkEvent.LinkChanged(Link.Read(payload)),
            Links.DeleteMessage => new NetlinkEvent.LinkRemoved(Link.Read(payload)),
            Addresses.NewMessage => KernelAddress.Read(payload) is { } address ? new NetlinkEvent.AddressChanged(address) : null,
            Addresses.DeleteMessage => KernelAddress.Read(payload) is { } address ? new NetlinkEvent.AddressRemoved(address) : null,
            Neighbors.NewMessage => KernelNeighbor.Read(payload) is { } neighbor ? new NetlinkEvent.NeighborChanged(neighbor) : null,
            Neighbors.DeleteMessage => KernelNeighbor.Read(payload) is { } neighbor ? new NetlinkEvent.NeighborRemoved(neighbor) : null,
            _ => null,
        };
        if (happened is not null)
        {
            _events.Enqueue(happened);
        }
    }
}
