using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>A column of the ladder.</summary>
internal sealed record LadderColumn(string Name, string? Address, bool IsUnderTest);

/// <summary>A row of the ladder.</summary>
internal abstract record Rung
{
    /// <summary>The beginning of a step, or of the part before the first or after the last step.</summary>
    public sealed record Band(string Keyword, string Text, StepOutcome? Outcome, string? Message, TimeSpan? At) : Rung;

    /// <param name="To">The receiver's column; null if the frame is for all nodes on the link.</param>
    /// <param name="Note">States that the packet is a forwarded earlier packet, or was captured twice; null if neither.</param>
    public sealed record Arrow(LadderFrame Frame, MessageText Text, int From, int? To, string? Note, TimeSpan At) : Rung;

    /// <summary>Packets that are not drawn individually.</summary>
    public sealed record Fold(string Text, IReadOnlyList<int> Packets) : Rung;

    public sealed record Gap(TimeSpan Length) : Rung;

    /// <summary>An event other than a packet.</summary>
    public sealed record Event(string Text) : Rung;
}

/// <summary>A ladder, ready to be drawn.</summary>
/// <param name="Drawn">For every packet in the ladder, the number of the packet under which it is drawn.</param>
internal sealed record LadderModel(
    LadderNodes Nodes,
    IReadOnlyList<LadderColumn> Lanes,
    IReadOnlyList<Rung> Rungs,
    IReadOnlyDictionary<int, int> Drawn
);
