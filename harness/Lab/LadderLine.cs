using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>The kind of a ladder line, which determines its colour.</summary>
internal enum LineKind
{
    Signalling,

    /// <summary>What a router, or a DHCP server, and a host tell each other on an access link.</summary>
    Router,
    Data,
    Error,

    /// <summary>Not a message, but a change of the state of a node.</summary>
    Note,

    /// <summary>Background traffic of the links; shown only on request.</summary>
    Quiet,
}

/// <summary>A message from one node to the next.</summary>
/// <param name="To">The receiver; null for all nodes on the link.</param>
/// <param name="IsTunnelled">True if the message was tunnelled.</param>
internal sealed record Hop(string From, string? To, bool IsTunnelled = false);

/// <summary>A line of the ladder: a message on its way, or a note at a node.</summary>
/// <param name="Hops">The hops of the message; empty for a note.</param>
internal sealed record LadderLine(KernelTime At, LineKind Kind, string Text, IReadOnlyList<Hop> Hops)
{
    /// <summary>The node of a note; null for a message.</summary>
    public string? Node { get; init; }

    /// <summary>True if the message was seen on its path, but did not reach its destination in time.</summary>
    public bool IsLost { get; init; }
}
