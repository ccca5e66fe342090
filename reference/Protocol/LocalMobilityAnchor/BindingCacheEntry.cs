namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A number by which the local mobility anchor identifies a mobility session internally.</summary>
public readonly record struct SessionId(int Number);

/// <summary>A mobility session in the Binding Cache: the binding, and when it expires or is deleted.</summary>
public abstract record BindingCacheEntry
{
    private BindingCacheEntry(SessionId session, Binding binding)
    {
        Session = session;
        Binding = binding;
    }

    public SessionId Session { get; }

    public Binding Binding { get; init; }

    /// <summary>When the session ends if no further request arrives.</summary>
    public abstract Instant EndsAt { get; }

    /// <summary>Served by the MAG at the binding's Proxy-CoA until the granted lifetime ends.</summary>
    public sealed record Registered(SessionId Session, Binding Binding, Instant ExpiresAt) : BindingCacheEntry(Session, Binding)
    {
        public override Instant EndsAt => ExpiresAt;
    }

    /// <summary>De-registered; can be registered again with the same values until it is deleted (RFC 5213, Section 5.3.5).</summary>
    public sealed record PendingDeletion(SessionId Session, Binding Binding, Instant DeleteAt) : BindingCacheEntry(Session, Binding)
    {
        public override Instant EndsAt => DeleteAt;
    }
}
