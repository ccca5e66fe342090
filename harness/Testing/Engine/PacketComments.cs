using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Engine;

/// <summary>The comments on the deciding packets in a capture: clause, verdict and, for a violation, the expectation.</summary>
internal static class PacketComments
{
    public static IReadOnlyDictionary<int, string> For(ScenarioResult result) =>
        result
            .Purpose.Select(finding => (Finding: finding, Kind: "purpose"))
            .Concat(result.Incidental.Where(finding => !finding.Ok).Select(finding => (Finding: finding, Kind: "incidental")))
            .Where(entry => entry.Finding.Packet is not null)
            .GroupBy(entry => entry.Finding.Packet!.Value)
            .ToDictionary(group => group.Key, group => string.Join('\n', group.Select(entry => Text(entry.Finding, entry.Kind))));

    private static string Text(Finding finding, string kind) =>
        finding.Ok
            ? $"{finding.Statement} holds ({kind})"
            : $"{finding.Statement} VIOLATED ({kind}): expected {finding.Expected}; {finding.Actual}"
                + (finding.Octet is { } octet ? $" (octet {octet})" : string.Empty);
}
