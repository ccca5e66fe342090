using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Carries packets between TUN devices and the outer socket, on a thread of its own. Tunnels are that thread's alone: others
/// ask it to change them.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Stop disposes of them, on the thread.")]
internal sealed unsafe class TunnelPump
{
    /// <summary>What comes before tunnels in the list of descriptors to wait for.</summary>
    private const int WakeUpPlace = 0, OuterPlace = 1, FirstTunnelPlace = 2;

    /// <summary>As long as a packet can be.</summary>
    private const int MaximumPacket = 64 * 1024;

    /// <summary>Packets read before they are sent together.</summary>
    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(4 * MaximumPacket, pinned: true);

    private readonly OuterSocket _outer;
    private readonly OuterSendBatch _sending = new();
    private readonly OuterReceiveBatch _receiving = new();
    private readonly Dictionary<TunnelEnds, TunTunnel> _tunnels = [];
    private readonly WakeUp _wakeUp = new();
    private readonly FileDescriptor.Held _wakeUpHeld;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Queue<Request> _requests = new();

    private TunTunnel[] _order = [];
    private PollDescriptor[] _polls = [];
    private TunTunnel? _last;
    private bool _isStopping;
    private long _encapsulated, _decapsulated, _foreign, _refused, _lost;

    /// <param name="outer">Disposed of by <see cref="Stop"/>.</param>
    internal TunnelPump(OuterSocket outer)
    {
        _outer = outer;
        _wakeUpHeld = _wakeUp.Descriptor.Hold();
        ListDescriptors();
        _thread = new Thread(Work) { IsBackground = true, Name = "tunnels" };
        _thread.Start();
    }

    internal TunnelCounters Counters => new(
        Volatile.Read(ref _encapsulated), Volatile.Read(ref _decapsulated), Volatile.Read(ref _foreign), Volatile.Read(ref _refused), Volatile.Read(ref _lost));

    internal void Add(TunTunnel tunnel) => Ask(() =>
    {
        _tunnels.Add(tunnel.Ends, tunnel);
        ListDescriptors();
    });

    /// <summary>Carries nothing by the tunnel any more, and disposes of it.</summary>
    internal void Remove(TunTunnel tunnel) => Ask(() =>
    {
        _tunnels.Remove(tunnel.Ends);
        ListDescriptors();
        tunnel.Dispose();
    });

    /// <summary>Ends the thread, with all tunnels.</summary>
    internal void Stop()
    {
        Ask(() => _isStopping = true);
        _thread.Join();
        foreach (var tunnel in _tunnels.Values) tunnel.Dispose();
        _outer.Dispose();
        _wakeUpHeld.Dispose();
        _wakeUp.Dispose();
    }

    /// <summary>Has something done on the thread, between two packets, and returns when it is done.</summary>
    private void Ask(Action action)
    {
        using var request = new Request(action);
        lock (_lock) _requests.Enqueue(request);
        _wakeUp.Set();
        request.Wait();
    }

    private void ListDescriptors()
    {
        _last = null;
        _order = [.. _tunnels.Values];
        _polls = GC.AllocateArray<PollDescriptor>(FirstTunnelPlace + _order.Length, pinned: true);
        _polls[WakeUpPlace] = new PollDescriptor { Descriptor = _wakeUpHeld.Number, Events = Libc.PollIn };
        _polls[OuterPlace] = new PollDescriptor { Descriptor = _outer.Descriptor, Events = Libc.PollIn };
        for (var i = 0; i < _order.Length; i++) _polls[FirstTunnelPlace + i] = new PollDescriptor { Descriptor = _order[i].Descriptor, Events = Libc.PollIn };
    }

    private void Work()
    {
        while (!_isStopping)
        {
            // Interrupted by a signal it says nothing about any of them.
            if (Libc.Poll((PollDescriptor*)Unsafe.AsPointer(ref _polls[0]), (nuint)_polls.Length, null, null) < 0) continue;

            if (_polls[OuterPlace].Returned != 0) Decapsulate();
            for (var i = 0; i < _order.Length; i++)
            {
                ref var poll = ref _polls[FirstTunnelPlace + i];
                if ((poll.Returned & Libc.PollIn) != 0) Encapsulate(_order[i]);

                // Somebody has deleted the device: there is nothing to wait for any more, and a negative number says so.
                else if (poll.Returned != 0) poll.Descriptor = -1;
            }

            if (_polls[WakeUpPlace].Returned != 0) DoRequests();
        }
    }

    private void DoRequests()
    {
        _wakeUp.Reset();
        while (true)
        {
            Request? request;
            lock (_lock)
            {
                if (!_requests.TryDequeue(out request)) return;
            }

            request.Do();
        }
    }

    private void Encapsulate(TunTunnel tunnel)
    {
        var start = (byte*)Unsafe.AsPointer(ref _octets[0]);
        var used = 0;
        while (!_sending.IsFull && used + MaximumPacket <= _octets.Length)
        {
            var octets = Libc.Read(tunnel.Descriptor, start + used, MaximumPacket);
            if (octets <= 0) break;

            var packet = new ReadOnlySpan<byte>(start + used, octets);
            var length = InnerPacket.Measure(packet);
            if (length == 0 || LeadsBack(packet, tunnel.Ends))
            {
                Count(ref _refused);
                continue;
            }

            _sending.Add(tunnel.Ends, TunnelEcn.OuterTrafficClass(InnerPacket.TrafficClass(packet)), start + used, length, null, 0);
            used += length;
        }

        Send();
    }

    /// <summary>RFC 2473, Section 4.1.2: what this very tunnel has sent has been routed into it again.</summary>
    private static bool LeadsBack(ReadOnlySpan<byte> packet, TunnelEnds ends) =>
        TunnelEnds.Read(packet[InnerPacket.DestinationOffset..]) == ends.Remote && TunnelEnds.Read(packet[InnerPacket.SourceOffset..]) == ends.Local;

    private void Send()
    {
        var sent = 0;
        while (sent < _sending.Count)
        {
            var result = _sending.Send(_outer, sent);
            if (result > 0)
            {
                Count(ref _encapsulated, result);
                sent += result;
            }
            else if (result == -Errno.TryAgain)
            {
                if (WaitForRoom()) continue;
                Count(ref _lost, _sending.Count - sent);
                break;
            }
            else if (result != -Errno.Interrupted)
            {
                // No route, no such address, too long: the next may have a better one.
                Count(ref _lost);
                sent++;
            }
        }

        _sending.Clear();
    }

    /// <summary>False if the thread is asked for something first: packets may be lost, requests wait for an answer.</summary>
    private bool WaitForRoom()
    {
        var polls = stackalloc PollDescriptor[]
        {
            new PollDescriptor { Descriptor = _wakeUpHeld.Number, Events = Libc.PollIn },
            new PollDescriptor { Descriptor = _outer.Descriptor, Events = Libc.PollOut },
        };
        return Libc.Poll(polls, 2, null, null) < 0 || polls[0].Returned == 0;
    }

    private void Decapsulate()
    {
        var received = _receiving.Receive(_outer);
        for (var i = 0; i < received; i++)
        {
            var ends = _receiving.Ends(i, out var outerTrafficClass);
            if (Find(ends) is not { } tunnel)
            {
                Count(ref _foreign);
                continue;
            }

            var packet = _receiving.Content(i);
            var length = InnerPacket.Measure(packet);
            if (length == 0 || TunnelEcn.InnerTrafficClass(outerTrafficClass, InnerPacket.TrafficClass(packet)) is not { } trafficClass)
            {
                Count(ref _refused);
                continue;
            }

            InnerPacket.SetTrafficClass(packet, trafficClass);
            Deliver(tunnel, packet[..length]);
        }
    }

    private void Deliver(TunTunnel tunnel, ReadOnlySpan<byte> packet)
    {
        fixed (byte* octets = packet)
        {
            var piece = new IoVector { Base = octets, Length = (nuint)packet.Length };
            Count(ref _decapsulated);
            if (Libc.Write(tunnel.Descriptor, &piece, 1) < 0) Count(ref _lost);
        }
    }

    /// <summary>Most packets come by the tunnel that the one before came by.</summary>
    private TunTunnel? Find(TunnelEnds ends)
    {
        if (_last?.Ends == ends) return _last;
        return _tunnels.TryGetValue(ends, out var tunnel) ? _last = tunnel : null;
    }

    /// <summary>Only this thread writes them; others read.</summary>
    private static void Count(ref long counter, int packets = 1) => Volatile.Write(ref counter, counter + packets);

    /// <summary>Something to be done on the thread, for one that waits for it.</summary>
    private sealed class Request(Action action) : IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private ExceptionDispatchInfo? _failure;

        internal void Do()
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // It is thrown again to who has asked.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }

            _done.Set();
        }

        internal void Wait()
        {
            _done.Wait();
            _failure?.Throw();
        }

        public void Dispose() => _done.Dispose();
    }
}
