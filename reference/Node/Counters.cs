namespace Pmip.Node;

/// <summary>The counters of control messages that a node has received, sent and lost.</summary>
internal sealed class Counters
{
    public long SignalsReceived { get; set; }

    public long SignalsSent { get; set; }

    public long IcmpReceived { get; set; }

    public long IcmpSent { get; set; }

    /// <summary>The number of actions that the kernel refused.</summary>
    public long ActionsFailed { get; set; }
}
