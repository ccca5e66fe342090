using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>What a line of the ladder is about, for its colour.</summary>
internal enum LineKind
{
    Signalling,
    Router,
    Data,
    Error,

    /// <summary>No message, but what has become of a node by them.</summary>
    Note,

    /// <summary>What every link hears all the time: shown to who asks for it.</summary>
    Quiet,
}

/// <summary>A message from one node to the next.</summary>
/// <param name="To">Null for all on the link.</param>
/// <param name="IsTunnelled">It went inside another packet.</param>
internal sealed record Hop(string From, string? To, bool IsTunnelled = false);

/// <summary>A line of the ladder: a message on its way, or a note at a node.</summary>
/// <param name="Hops">None for a note.</param>
internal sealed record LadderLine(KernelTime At, LineKind Kind, string Text, IReadOnlyList<Hop> Hops)
{
    /// <summary>Of a note.</summary>
    public string? Node { get; init; }

    /// <summary>It was seen on its way, but not, in due time, where it was going to.</summary>
    public bool IsLost { get; init; }
}
