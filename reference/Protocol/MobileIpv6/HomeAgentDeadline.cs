namespace Pmip.Protocol.MobileIpv6;

/// <summary>A deadline of a home agent.</summary>
public abstract record HomeAgentDeadline
{
    private HomeAgentDeadline() { }

    /// <summary>The granted lifetime of a binding ends.</summary>
    public sealed record EndOfBinding(BindingKey Binding) : HomeAgentDeadline;

    /// <summary>The mobile node is asked to refresh a binding.</summary>
    public sealed record RefreshDue(BindingKey Binding) : HomeAgentDeadline;

    /// <summary>The sequence number of a removed binding is forgotten (RFC 6275, Section 10.3.2).</summary>
    public sealed record EndOfSequenceNumber(BindingKey Scope) : HomeAgentDeadline;
}
