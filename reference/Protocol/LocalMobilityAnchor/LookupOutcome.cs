using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>What a request is about, RFC 5213, Section 5.4.1.</summary>
public abstract record LookupOutcome
{
    private LookupOutcome() { }

    public sealed record NewSession : LookupOutcome;

    public sealed record Update(BindingCacheEntry Entry) : LookupOutcome;

    /// <summary>The session may become the request's, but is still with the gateway it was at.</summary>
    public sealed record WaitForDeRegistration(BindingCacheEntry Entry) : LookupOutcome;

    public sealed record Rejected(BindingStatus Status) : LookupOutcome;

    /// <summary>A de-registration of nothing.</summary>
    public sealed record Ignored : LookupOutcome;
}
