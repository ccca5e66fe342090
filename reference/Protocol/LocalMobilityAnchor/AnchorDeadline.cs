namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>What an anchor has to do at some time.</summary>
public abstract record AnchorDeadline
{
    private AnchorDeadline() { }

    /// <summary>The granted lifetime, or the wait before deletion, is over.</summary>
    public sealed record EndOfSession(SessionId Session) : AnchorDeadline;

    /// <summary>The wait of a request for a de-registration is over.</summary>
    public sealed record EndOfWait(WaitingRequestKey Request) : AnchorDeadline;
}
