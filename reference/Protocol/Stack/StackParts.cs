namespace Pmip.Protocol.Stack;

/// <summary>What the parts of a node share.</summary>
internal sealed class StackParts(IpNodeSettings settings, Random random, Action<string, string> log)
{
    public IpNodeSettings Settings => settings;

    public Random Random => random;

    /// <summary>Takes the rule and the reason of a packet that is dropped silently.</summary>
    public Action<string, string> Log => log;

    public IReadOnlyDictionary<LinkId, NodeInterface> Interfaces { get; } =
        settings.Interfaces.ToDictionary(i => i.Link, i => new NodeInterface(i));

    public DeadlineQueue<StackTimer> Timers { get; } = new();

    public RoutingTable Routes { get; } = new();

    public LinkOutput Output { get; } = new();
}
