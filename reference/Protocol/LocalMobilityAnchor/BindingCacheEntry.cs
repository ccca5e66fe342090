namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The number an anchor gives a mobility session for its own use.</summary>
public readonly record struct SessionId(int Number);

/// <summary>A mobility session in the binding cache: what is registered, and what will become of it when.</summary>
public abstract record BindingCacheEntry
{
    private BindingCacheEntry(SessionId session, Binding binding)
    {
        Session = session;
        Binding = binding;
    }

    public SessionId Session { get; }

    public Binding Binding { get; init; }

    /// <summary>When the session ends if nothing more is heard of it.</summary>
    public abstract Instant EndsAt { get; }

    /// <summary>Served by the gateway at the binding's Proxy-CoA until the granted lifetime is over.</summary>
    public sealed record Registered(SessionId Session, Binding Binding, Instant ExpiresAt) : BindingCacheEntry(Session, Binding)
    {
        public override Instant EndsAt => ExpiresAt;
    }

    /// <summary>De-registered; can be taken up again with the same values until it is deleted (RFC 5213, Section 5.3.5).</summary>
    public sealed record PendingDeletion(SessionId Session, Binding Binding, Instant DeleteAt) : BindingCacheEntry(Session, Binding)
    {
        public override Instant EndsAt => DeleteAt;
    }
}
