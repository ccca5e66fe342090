using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Comparison;

/// <summary>The words of a comparison of two runs.</summary>
internal static class DiffText
{
    public static string Of(Judgement judgement) =>
        judgement switch
        {
            Judgement.NoResult => "no result",
            Judgement.NotJudged => "not judged",
            Judgement.Held => "held",
            _ => "violated",
        };

    public static string Of(StatementChange change) =>
        change switch
        {
            StatementChange.NewlyViolated => "newly violated",
            StatementChange.NoLongerViolated => "no longer violated",
            _ => "judged differently",
        };

    /// <summary>The verdict of a scenario, or that it has none.</summary>
    public static string VerdictOf(ScenarioResult? result) => result is null ? Of(Judgement.NoResult) : ReportText.Of(result.Verdict);

    /// <summary>The device or the implementation, and where it was tested.</summary>
    public static string NameOf(Run run)
    {
        var (header, device) = (run.Header, run.Header.Device);
        var details = new[] { device?.Model, device?.Firmware }.OfType<string>().Where(detail => detail.Length > 0).ToList();
        return $"{header.Implementation}{(details.Count > 0 ? $" ({string.Join(", ", details)})" : "")}, {header.Bed} bed";
    }
}
