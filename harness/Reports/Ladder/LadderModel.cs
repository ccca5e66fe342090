using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>A column.</summary>
internal sealed record LadderColumn(string Name, string? Address, bool IsUnderTest);

/// <summary>What stands below each other in a ladder, from first to last.</summary>
internal abstract record Rung
{
    /// <summary>A step begins, or what comes before the first or after the last one.</summary>
    public sealed record Band(string Keyword, string Text, StepOutcome? Outcome, string? Message, TimeSpan? At) : Rung;

    /// <param name="To">The column it points at; null if it is for all on the link.</param>
    /// <param name="Note">That it is an earlier packet on its way, or was captured twice; null if neither.</param>
    public sealed record Arrow(LadderFrame Frame, MessageText Text, int From, int? To, string? Note, TimeSpan At) : Rung;

    /// <summary>What is not drawn each by itself.</summary>
    public sealed record Fold(string Text, IReadOnlyList<int> Packets) : Rung;

    public sealed record Gap(TimeSpan Length) : Rung;

    /// <summary>Something that happened other than by a packet.</summary>
    public sealed record Event(string Text) : Rung;
}

/// <summary>A ladder, ready to be drawn.</summary>
/// <param name="Drawn">For every packet that stands in the ladder, the number its place there is named by.</param>
internal sealed record LadderModel(
    LadderNodes Nodes,
    IReadOnlyList<LadderColumn> Lanes,
    IReadOnlyList<Rung> Rungs,
    IReadOnlyDictionary<int, int> Drawn
);
