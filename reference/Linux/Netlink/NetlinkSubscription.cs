using System.Diagnostics.CodeAnalysis;

namespace Pmip.Linux.Netlink;

/// <summary>What a <see cref="NetlinkSubscription"/> is about.</summary>
[Flags]
public enum NetlinkTopics
{
    None = 0,
    Links = 1,
    Addresses = 2,
    Neighbors = 4,
}

/// <summary>
/// The changes of a namespace's configuration as they happen. Open it before listing what there is, then nothing is missed;
/// wait for it with <see cref="Readiness"/>.
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

    /// <summary>Ready when the kernel has told something; <see cref="TryTake"/> until there is no more before waiting for it.</summary>
    public FileDescriptor Descriptor => _socket.Descriptor;

    /// <summary>In the calling thread's namespace.</summary>
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

    /// <summary>One that is told nothing yet, with the room that every socket has; this needs no privilege.</summary>
    internal static NetlinkSubscription OpenUnjoined() => new(new NetlinkSocket(blocking: false));

    internal void Join(NetlinkTopics topics)
    {
        foreach (var group in Groups(topics))
        {
            _socket.Join(group);
        }
    }

    /// <summary>Is told no more of these, and lets go of all it was told.</summary>
    internal void Leave(NetlinkTopics topics)
    {
        foreach (var group in Groups(topics))
        {
            _socket.Leave(group);
        }
        while (TryTake(out _))
        {
            // Nobody has asked for it any longer.
        }
    }

    /// <summary>The oldest event not yet taken. False if there is none now.</summary>
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
