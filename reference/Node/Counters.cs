namespace Pmip.Node;

/// <summary>What a node has received, sent and lost in control messages.</summary>
internal sealed class Counters
{
    public long SignalsReceived { get; set; }

    public long SignalsSent { get; set; }

    public long IcmpReceived { get; set; }

    public long IcmpSent { get; set; }

    /// <summary>What the kernel refused to do for the role.</summary>
    public long ActionsFailed { get; set; }
}
