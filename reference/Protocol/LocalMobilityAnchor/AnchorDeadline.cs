namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A deadline of a local mobility anchor.</summary>
public abstract record AnchorDeadline
{
    private AnchorDeadline() { }

    /// <summary>The granted lifetime, or the delay before deletion, ends.</summary>
    public sealed record EndOfSession(SessionId Session) : AnchorDeadline;

    /// <summary>The wait of a request for a de-registration ends.</summary>
    public sealed record EndOfWait(WaitingRequestKey Request) : AnchorDeadline;
}
