namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>What an anchor has and knows between two inputs: what its rules read and change.</summary>
public sealed class AnchorState
{
    internal AnchorState(LocalMobilityAnchorSettings settings, LocalMobilityAnchorRules rules, Random random)
    {
        Settings = settings;
        Rules = rules;
        Random = random;
        Forwarding = new Forwarding<SessionId>(Actions);
        Prefixes = new PrefixAllocator(settings.PrefixPool, Bindings);
    }

    public LocalMobilityAnchorSettings Settings { get; }

    public LocalMobilityAnchorRules Rules { get; }

    public Random Random { get; }

    public ActionQueue Actions { get; } = new();

    public BindingCache Bindings { get; } = new();

    public Forwarding<SessionId> Forwarding { get; }

    /// <summary>Requests that wait for the de-registration of a session, by whose they are.</summary>
    public Dictionary<WaitingRequestKey, WaitingRequest> Waiting { get; } = [];

    public DeadlineQueue<AnchorDeadline> Deadlines { get; } = new();

    internal PrefixAllocator Prefixes { get; }

    /// <summary>Puts an entry into the cache and watches its end.</summary>
    public void Put(BindingCacheEntry entry)
    {
        Bindings.Put(entry);
        Deadlines.Set(new AnchorDeadline.EndOfSession(entry.Session), entry.EndsAt);
    }

    /// <summary>Takes a session out of the cache.</summary>
    public void Remove(SessionId session)
    {
        Bindings.Remove(session);
        Deadlines.Cancel(new AnchorDeadline.EndOfSession(session));
    }

    /// <summary>Forgets a waiting request that a newer one of the same attachment has taken the place of.</summary>
    public void StopWaiting(WaitingRequestKey key)
    {
        Waiting.Remove(key);
        Deadlines.Cancel(new AnchorDeadline.EndOfWait(key));
    }
}
