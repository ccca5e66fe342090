namespace Pmip.Linux.Netlink;

/// <summary>
/// Waits for the completion of requests that the kernel has already acknowledged: its worker threads complete some of them later.
/// </summary>
internal sealed class NetlinkAwaiter : IDisposable
{
    private readonly NetlinkSubscription _subscription = NetlinkSubscription.OpenUnjoined();
    private readonly Lock _lock = new();

    /// <param name="begin">
    /// Sends the request, and returns whether it is complete at once. Later events are passed to <paramref name="isDone"/>.
    /// </param>
    /// <param name="isDone">Whether an event shows that the request is complete.</param>
    /// <returns>False if <paramref name="until"/> came first.</returns>
    internal bool Await(NetlinkTopics topics, Func<bool> begin, Predicate<NetlinkEvent> isDone, KernelTime? until)
    {
        lock (_lock)
        {
            _subscription.Join(topics);
            try
            {
                if (begin())
                {
                    return true;
                }
                while (true)
                {
                    while (_subscription.TryTake(out var told))
                    {
                        if (isDone(told))
                        {
                            return true;
                        }
                    }

                    if (Readiness.Wait([_subscription], until).Count == 0)
                    {
                        return false;
                    }
                }
            }
            finally
            {
                _subscription.Leave(topics);
            }
        }
    }

    public void Dispose() => _subscription.Dispose();
}
