namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A deadline of a mobile access gateway for one of its access links, or for a mobile node that has left.</summary>
public abstract record GatewayDeadline
{
    private GatewayDeadline() { }

    /// <summary>The pending request is transmitted or retransmitted.</summary>
    public sealed record Transmission(LinkId Link) : GatewayDeadline;

    /// <summary>An extension of the lifetime is requested.</summary>
    public sealed record Extension(LinkId Link) : GatewayDeadline;

    /// <summary>The wait for a sign of the mobile node ends.</summary>
    public sealed record Probe(LinkId Link) : GatewayDeadline;

    /// <summary>The granted lifetime ends.</summary>
    public sealed record Expiry(LinkId Link) : GatewayDeadline;

    /// <summary>The wait for the answer to a de-registration ends.</summary>
    public sealed record EndOfDeRegistration(LinkId Link) : GatewayDeadline;

    /// <summary>The limit of the rate allows a de-registration that is not in the Binding Update List any more.</summary>
    public sealed record DelayedDeRegistration(MobileNodeInterface Departed) : GatewayDeadline;
}
