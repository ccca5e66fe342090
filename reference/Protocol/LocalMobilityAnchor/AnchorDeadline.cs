namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A deadline of a local mobility anchor: <see cref="EndOfSession"/> or <see cref="EndOfWait"/>.</summary>
public readonly record struct AnchorDeadline
{
    /// <summary>The session whose granted lifetime, or delay before deletion, ends; of no meaning at the end of a wait.</summary>
    internal SessionId Session { get; private init; }

    /// <summary>The request whose wait ends; null at the end of a session.</summary>
    internal WaitingRequestKey? Request { get; private init; }

    public static implicit operator AnchorDeadline(EndOfSession end) => FromEndOfSession(end);

    public static implicit operator AnchorDeadline(EndOfWait end) => FromEndOfWait(end);

    public static AnchorDeadline FromEndOfSession(EndOfSession end) => new() { Session = end.Session };

    public static AnchorDeadline FromEndOfWait(EndOfWait end) => new() { Request = end.Request };

    public bool Equals(AnchorDeadline other) => Session == other.Session && Request == other.Request;

    public override int GetHashCode() => Request is null ? Session.Number : Request.GetHashCode();

    /// <summary>The granted lifetime, or the delay before deletion, ends.</summary>
    public readonly record struct EndOfSession(SessionId Session);

    /// <summary>The wait of a request for a de-registration ends.</summary>
    public readonly record struct EndOfWait(WaitingRequestKey Request);
}
