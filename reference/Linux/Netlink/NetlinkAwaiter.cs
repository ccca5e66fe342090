namespace Pmip.Linux.Netlink;

/// <summary>Waits for the kernel to finish what it has answered already: some of it is done by its worker threads later.</summary>
internal sealed class NetlinkAwaiter : IDisposable
{
    private readonly NetlinkSubscription _subscription = NetlinkSubscription.OpenUnjoined();
    private readonly Lock _lock = new();

    /// <param name="begin">Asks for it, and says whether it is done at once. What is told from then on is heard.</param>
    /// <param name="isDone">Whether what is told means that it is done.</param>
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
