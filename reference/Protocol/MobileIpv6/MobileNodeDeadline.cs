namespace Pmip.Protocol.MobileIpv6;

/// <summary>A deadline of a mobile node.</summary>
public abstract record MobileNodeDeadline
{
    private MobileNodeDeadline() { }

    /// <summary>An update has not been acknowledged, or was held back by its rate.</summary>
    public sealed record Retransmission(MobileNodeUpdate Update) : MobileNodeDeadline;

    /// <summary>A test init has not been answered, or was held back by its rate.</summary>
    public sealed record TestRetransmission(TestInitExchange Test) : MobileNodeDeadline;

    /// <summary>The lifetime of a binding ends soon.</summary>
    public sealed record Refresh(MobileNodePeer Peer, MobileNodeBinding Binding) : MobileNodeDeadline;

    /// <summary>The acknowledged lifetime of a binding ends.</summary>
    public sealed record EndOfBinding(MobileNodePeer Peer, MobileNodeBinding Binding) : MobileNodeDeadline;

    /// <summary>No more care-of addresses are awaited for a registration in bulk.</summary>
    public sealed record EndOfGathering : MobileNodeDeadline;
}
