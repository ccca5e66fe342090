using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The result of the Binding Cache lookup, RFC 5213, Section 5.4.1.</summary>
public abstract record LookupOutcome
{
    private LookupOutcome() { }

    public sealed record NewSession : LookupOutcome;

    public sealed record Update(BindingCacheEntry Entry) : LookupOutcome;

    /// <summary>The request may update the session, but the previous MAG has not de-registered it yet.</summary>
    public sealed record WaitForDeRegistration(BindingCacheEntry Entry) : LookupOutcome;

    public sealed record Rejected(BindingStatus Status) : LookupOutcome;

    /// <summary>A de-registration without a session.</summary>
    public sealed record Ignored : LookupOutcome;
}
