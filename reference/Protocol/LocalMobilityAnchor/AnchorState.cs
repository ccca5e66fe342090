namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The state of a local mobility anchor between two inputs, read and changed by its rules.</summary>
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

    /// <summary>The settings in force, which system management changes.</summary>
    public LocalMobilityAnchorSettings Settings { get; set; }

    public LocalMobilityAnchorRules Rules { get; }

    public Random Random { get; }

    public ActionQueue Actions { get; } = new();

    public BindingCache Bindings { get; } = new();

    public Forwarding<SessionId> Forwarding { get; }

    /// <summary>Requests that wait for the de-registration of a session, by attachment.</summary>
    public Dictionary<WaitingRequestKey, WaitingRequest> Waiting { get; } = [];

    public DeadlineQueue<AnchorDeadline> Deadlines { get; } = new();

    internal PrefixAllocator Prefixes { get; }

    /// <summary>Puts an entry into the Binding Cache and sets its deadline.</summary>
    public void Put(BindingCacheEntry entry)
    {
        Bindings.Put(entry);
        Deadlines.Set(new AnchorDeadline.EndOfSession(entry.Session), entry.EndsAt);
    }

    /// <summary>Removes a session from the Binding Cache.</summary>
    public void Remove(SessionId session)
    {
        Bindings.Remove(session);
        Deadlines.Cancel(new AnchorDeadline.EndOfSession(session));
    }

    /// <summary>Removes a waiting request that a newer request of the same attachment replaces.</summary>
    public void StopWaiting(WaitingRequestKey key)
    {
        Waiting.Remove(key);
        Deadlines.Cancel(new AnchorDeadline.EndOfWait(key));
    }
}
