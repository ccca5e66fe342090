using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>A frame of the capture with what the report says of it.</summary>
/// <param name="Index">Its place in the capture, from 0.</param>
/// <param name="Findings">Those that point at it and decide: of the purpose all, of others the violated ones.</param>
internal sealed record LadderFrame(int Index, Frame Frame, FrameOctets Octets, IReadOnlyList<Finding> Findings)
{
    public int Number => Frame.Number;

    public string Port => Frame.Port.Name;

    public bool IsReceived => Frame.Direction == Direction.Received;

    /// <summary>The class that colours it: <c>fail</c>, <c>pass</c> or none.</summary>
    public string Tone =>
        Findings.Count == 0 ? string.Empty
        : Findings.Any(finding => !finding.Ok) ? "fail"
        : "pass";
}
