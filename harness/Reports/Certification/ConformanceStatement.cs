using System.Globalization;
using Conformance.Reports.Html;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Certification;

/// <summary>The statement of conformance: one page for print, which says what was concluded about which device, and who says so.</summary>
public static class ConformanceStatement
{
    public const string FileName = "conformance.html";

    /// <summary>More mandatory capabilities that are not claimed would need a second page; the report has all of them.</summary>
    private const int StaticFailuresShown = 4;

    /// <summary>As many statements as fit into a line; the report has all of them.</summary>
    private const int NotFollowedShown = 4;

    /// <param name="journalHash">The SHA-256 of the journal, which ties a printed statement to its bundle.</param>
    public static string Create(Run run, Conclusions conclusions, string journalHash)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(conclusions);
        var html = new Markup();
        Paper.Begin(html, $"Statement of conformance – {run.Header.Implementation}");
        html.AddLiteral("<main>");
        html.Add(
            $"""
            <p class="kind">Statement of conformance, Proxy Mobile IPv6 and Mobile IPv6</p>
            <h1>{run.Header.Implementation}</h1>
            <p class="conclusion {(conclusions.IsConformant ? "good" : "bad")}">{CertificationText.Of(conclusions)}</p>
            """
        );
        Device(html, run);
        Classes(html, conclusions);
        StaticFailures(html, conclusions);
        Basis(html, run, journalHash);
        html.AddLiteral(
            """
            <div class="sign"><div>Tested by: name, date, signature</div><div>Witness: name, date, signature</div></div>
            </main>
            """
        );
        html.Add(
            $"""
            <footer>A class is conformant if every scenario that applies to the claims passed, and no requirement was seen violated.
            Tests show faults, never that there are none. To verify this statement: <code>{run.Header.Product} verify BUNDLE.zip
            --signer CERTIFICATE</code>.</footer>
            """
        );
        return Paper.End(html);
    }

    private static void Device(Markup html, Run run)
    {
        var device = run.Header.Device;
        html.AddLiteral("<h2>Implementation under test</h2>\n<dl>");
        Paper.Fact(html, "Device", device is null ? $"none: the {run.Header.Bed} bed tests the reference" : device.Model);
        if (device is not null)
        {
            Paper.Fact(html, "Serial number", device.Serial);
            Paper.Fact(html, "Firmware", device.Firmware);
            Paper.Fact(html, "Tested by", device.Operator);
            Paper.Fact(html, "Laboratory", device.Lab);
        }

        Paper.Fact(
            html,
            "Tested",
            $"{Paper.Time(run.Header.Started)} to {(run.End is { } end ? Paper.Time(end.Ended) : "an unknown time")}"
        );
        html.AddLiteral("</dl>");
    }

    private static void Classes(Markup html, Conclusions conclusions)
    {
        var examined = conclusions.Classes.Where(known => known.Status is ClassStatus.Conformant or ClassStatus.NotConformant).ToList();
        html.AddLiteral("<h2>Classes of conformance</h2>");
        if (examined.Count > 0)
        {
            html.AddLiteral(
                """
                <div class="wide"><table>
                <thead><tr><th>Role</th><th>Class</th><th>Specification</th><th>Conclusion</th><th>Scenarios passed</th></tr></thead>
                <tbody>
                """
            );
            foreach (var known in examined)
            {
                html.Add(
                    $"""
                    <tr><td>{known.Role}</td><td>{known.Title}</td><td>{known.Edition.Document}</td>
                    <td class="{(known.Status == ClassStatus.Conformant ? "good" : "bad")}"><b>{CertificationText.Of(known.Status)}</b></td>
                    <td>{known.Pass} of {known.Applicable}{WhyNot(known)}</td></tr>
                    """
                );
            }

            html.AddLiteral("</tbody></table></div>");
        }

        Others(html, conclusions, ClassStatus.NotClaimed, "Not claimed");
        Others(html, conclusions, ClassStatus.NotExamined, "Claimed and not examined");
        Others(html, conclusions, ClassStatus.NotExaminable, "Claimed, and not examinable, because no scenario of a requirement applies");
    }

    private static void Others(Markup html, Conclusions conclusions, ClassStatus status, string label)
    {
        var classes = conclusions
            .Classes.Where(known => known.Status == status)
            .GroupBy(known => known.Title)
            .Select(known => $"{known.Key} ({string.Join(", ", known.Select(one => one.Edition.Name).Distinct())})")
            .ToList();
        if (classes.Count > 0)
        {
            html.Add($"""<p class="dim">{label}: {string.Join("; ", classes)}.</p>""");
        }
    }

    private static string WhyNot(ClassConclusion known)
    {
        string[] reasons =
        [
            .. Some(known.Fail, "failed"),
            .. Some(known.Inconclusive, "inconclusive"),
            .. Some(known.Error, known.Error == 1 ? "error" : "errors"),
            .. Some(known.NotTested, "not tested"),
            .. Some(known.Violated.Count, known.Violated.Count == 1 ? "requirement violated" : "requirements violated"),
        ];
        return reasons.Length > 0 ? $"; {string.Join(", ", reasons)}" : string.Empty;

        static IEnumerable<string> Some(int count, string what) => count == 0 ? [] : [$"{count} {what}"];
    }

    private static void StaticFailures(Markup html, Conclusions conclusions)
    {
        if (conclusions.StaticFailures.Count == 0)
        {
            return;
        }

        html.AddLiteral("<h2>Mandatory capabilities that are not claimed</h2>");
        foreach (var failure in conclusions.StaticFailures.Take(StaticFailuresShown))
        {
            html.Add($"""<p class="bad">{failure}</p>""");
        }

        if (conclusions.StaticFailures.Count > StaticFailuresShown)
        {
            html.Add($"<p>{conclusions.StaticFailures.Count - StaticFailuresShown} more, see {HtmlReport.FileName}.</p>");
        }
    }

    private static void Basis(Markup html, Run run, string journalHash)
    {
        var header = run.Header;
        html.AddLiteral("<h2>Basis</h2>\n<dl>");
        Paper.Fact(html, "Test suite", $"{header.Product} {header.Version}; {header.Suite}");
        Paper.Fact(html, "Test bed", $"{header.Bed}; time: {header.TimeSource}");
        Paper.Fact(html, "Tester", header.Host is { } host ? $"{host.Name}, {host.Kernel}" : null);
        Paper.Fact(
            html,
            "Results",
            $"{RunSummary.Plural(run.Results.Count, "scenario")}; {RepeatedOf(run)} of them repeated because the first attempt failed"
        );
        Paper.Fact(html, "Recommendations not followed", NotFollowed(run));
        html.Add($"<dt>Journal, SHA-256</dt><dd><code>{journalHash}</code></dd>");
        if (header.Signer is { } signer)
        {
            Paper.Fact(html, "Signer", signer.Subject);
            html.Add($"<dt>Certificate, SHA-256</dt><dd><code>{signer.Fingerprint}</code></dd>");
        }

        html.AddLiteral("</dl>");
    }

    /// <summary>A scenario passes although its purpose is a recommendation that the device does not follow: only this says so.</summary>
    private static string NotFollowed(Run run)
    {
        var all = new RunSummary(run).StatementsNotFollowed;
        var shown = string.Join(", ", all.Take(NotFollowedShown));
        return all.Count == 0 ? "none"
            : all.Count <= NotFollowedShown ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{all.Count}, among them {shown}");
    }

    private static int RepeatedOf(Run run) => run.Attempts.Select(attempt => attempt.Key).Distinct().Count();
}
