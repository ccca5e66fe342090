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

    private readonly OuterSocket _outer;
    private readonly TunnelStatistics _statistics = new();
    private readonly Encapsulator _encapsulator;
    private readonly Decapsulator _decapsulator;
    private readonly Dictionary<TunnelEnds, TunTunnel> _tunnels = [];
    private readonly WakeUp _wakeUp = new();
    private readonly FileDescriptor.Held _wakeUpHeld;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Queue<Request> _requests = new();

    private TunTunnel[] _order = [];
    private PollDescriptor[] _polls = [];
    private bool _isStopping;

    /// <param name="outer">Disposed of by <see cref="Stop"/>.</param>
    internal TunnelPump(OuterSocket outer)
    {
        _outer = outer;
        _wakeUpHeld = _wakeUp.Descriptor.Hold();
        _encapsulator = new Encapsulator(_wakeUpHeld.Number, _statistics);
        _decapsulator = new Decapsulator(outer, _statistics);
        ListDescriptors();
        _thread = new Thread(Work) { IsBackground = true, Name = "tunnels" };
        _thread.Start();
    }

    internal TunnelCounters Counters => _statistics.Read();

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
        _decapsulator.Forget();
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

            if (_polls[OuterPlace].Returned != 0) _decapsulator.Carry(_tunnels);
            for (var i = 0; i < _order.Length; i++)
            {
                ref var poll = ref _polls[FirstTunnelPlace + i];
                if ((poll.Returned & Libc.PollIn) != 0) _encapsulator.Carry(_order[i]);

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
