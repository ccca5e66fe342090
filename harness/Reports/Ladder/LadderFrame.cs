using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>A frame of the capture with its findings.</summary>
/// <param name="Index">The position in the capture, from 0.</param>
/// <param name="Findings">
/// The deciding findings that refer to the frame: all findings of the purpose, and the incidental findings that a statement was violated.
/// </param>
internal sealed record LadderFrame(int Index, Frame Frame, PacketStack Stack, IReadOnlyList<Finding> Findings)
{
    public int Number => Frame.Number;

    public string Port => Frame.Port.Name;

    public bool IsReceived => Frame.Direction == Direction.Received;

    /// <summary>The CSS class that colours the frame: <c>fail</c>, <c>pass</c> or none.</summary>
    public string Tone =>
        Findings.Count == 0 ? string.Empty
        : Findings.Any(finding => !finding.Ok) ? "fail"
        : "pass";
}
