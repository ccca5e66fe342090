using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// A thread that carries packets as they arrive. Only this thread accesses its data; other threads change them by <see cref="Ask"/>.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Stop disposes of the fields when the thread has ended."
)]
internal abstract unsafe class PacketThread
{
    private readonly WakeUp _wakeUp = new();
    private readonly FileDescriptor.Held _wakeUpHeld;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Queue<Request> _requests = new();

    /// <summary>The first entry is the wake-up.</summary>
    private PollDescriptor[] _polls = [];
    private bool _isStopping;

    private protected PacketThread(string name)
    {
        _wakeUpHeld = _wakeUp.Descriptor.Hold();
        Watch([]);
        _thread = new Thread(Work) { IsBackground = true, Name = name };
    }

    /// <summary>The ECN field of a traffic class (RFC 3168, Section 5).</summary>
    private protected const byte EcnMask = 3;

    private protected static Ecn EcnOf(byte trafficClass) => (Ecn)(trafficClass & EcnMask);

    /// <summary>Becomes ready when there is a request to the thread.</summary>
    private protected int WakeUpDescriptor => _wakeUpHeld.Number;

    /// <summary>Ends the thread.</summary>
    internal void Stop()
    {
        Ask(() => _isStopping = true);
        _thread.Join();
        _wakeUpHeld.Dispose();
        _wakeUp.Dispose();
    }

    private protected void Start() => _thread.Start();

    /// <summary>Runs an action on the thread, between two packets, and returns when it is done.</summary>
    private protected void Ask(Action action)
    {
        using var request = new Request(action);
        lock (_lock)
        {
            _requests.Enqueue(request);
        }
        _wakeUp.Set();
        request.Wait();
    }

    /// <summary>Sets the descriptors to wait for, from now on.</summary>
    private protected void Watch(IReadOnlyList<int> descriptors)
    {
        _polls = GC.AllocateArray<PollDescriptor>(1 + descriptors.Count, pinned: true);
        _polls[0] = new PollDescriptor { Descriptor = WakeUpDescriptor, Events = Libc.PollIn };
        for (var i = 0; i < descriptors.Count; i++)
        {
            _polls[1 + i] = new PollDescriptor { Descriptor = descriptors[i], Events = Libc.PollIn };
        }
    }

    /// <summary>Carries packets that have arrived on a descriptor, up to a limit, so that other descriptors have their turn.</summary>
    /// <param name="place">The index among the watched descriptors.</param>
    private protected abstract void Carry(int place);

    private void Work()
    {
        while (!_isStopping)
        {
            // If a signal interrupts the call, the result says nothing about the descriptors.
            if (Libc.Poll((PollDescriptor*)Unsafe.AsPointer(ref _polls[0]), (nuint)_polls.Length, null, null) < 0)
            {
                continue;
            }

            for (var i = 1; i < _polls.Length; i++)
            {
                if ((_polls[i].Returned & Libc.PollIn) != 0)
                {
                    Carry(i - 1);
                }
                // The device was deleted. The kernel ignores entries with a negative descriptor.
                else if (_polls[i].Returned != 0)
                {
                    _polls[i].Descriptor = -1;
                }
            }

            if (_polls[0].Returned != 0)
            {
                DoRequests();
            }
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
                if (!_requests.TryDequeue(out request))
                {
                    return;
                }
            }

            request.Do();
        }
    }

    /// <summary>An action to run on the thread, for a caller that waits for it.</summary>
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
#pragma warning disable CA1031 // Rethrown on the caller's thread.
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
