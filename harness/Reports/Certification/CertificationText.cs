using System.Diagnostics;

namespace Conformance.Reports.Certification;

/// <summary>The words of certification papers.</summary>
public static class CertificationText
{
    public static string Of(ClassStatus status) =>
        status switch
        {
            ClassStatus.Conformant => "conformant",
            ClassStatus.NotConformant => "not conformant",
            ClassStatus.NotClaimed => "not claimed",
            ClassStatus.NotExamined => "not examined",
            ClassStatus.NotExaminable => "not examinable (no scenario of a requirement applies)",
            _ => throw new UnreachableException(),
        };

    /// <summary>The conclusion in one sentence.</summary>
    public static string Of(Conclusions conclusions)
    {
        ArgumentNullException.ThrowIfNull(conclusions);
        var good = conclusions.Classes.Count(known => known.Status == ClassStatus.Conformant);
        var claimed = good + conclusions.Classes.Count(known => known.Status == ClassStatus.NotConformant);
        var failures = conclusions.StaticFailures.Count;
        var capabilities = failures == 1 ? "1 mandatory capability is not claimed" : $"{failures} mandatory capabilities are not claimed";
        return claimed == 0 ? "No class of conformance was claimed and examined."
            : conclusions.IsConformant ? $"Conformant in {(claimed == 1 ? "the class" : $"all {claimed} classes")} claimed and examined."
            : $"Not conformant: {good} of {claimed} {(claimed == 1 ? "class" : "classes")} claimed and examined "
                + $"{(good == 1 ? "is" : "are")} conformant{(failures == 0 ? "" : $", and {capabilities}")}.";
    }
}
