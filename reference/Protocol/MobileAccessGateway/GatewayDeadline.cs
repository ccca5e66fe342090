namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What a gateway has to do at some time, for one of its access links.</summary>
public abstract record GatewayDeadline
{
    private GatewayDeadline() { }

    /// <summary>The pending request is sent, or sent again.</summary>
    public sealed record Transmission(LinkId Link) : GatewayDeadline;

    /// <summary>The lifetime is extended.</summary>
    public sealed record Extension(LinkId Link) : GatewayDeadline;

    /// <summary>The granted lifetime is over.</summary>
    public sealed record Expiry(LinkId Link) : GatewayDeadline;

    /// <summary>A de-registration is not waited for any longer.</summary>
    public sealed record EndOfDeRegistration(LinkId Link) : GatewayDeadline;
}
