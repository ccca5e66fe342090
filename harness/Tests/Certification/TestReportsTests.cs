using Conformance.Harness.Tests.Reports;
using Conformance.Reports.Certification;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed class TestReportsTests
{
    [Fact]
    public void ATestCase_LeadsToItsEvidence()
    {
        var html = TestReports.OfProtocols(Runs.Complete());

        html.Should()
            .Contain($"""<a href="report.html#{Runs.Failing}"><code>{Runs.Failing}</code></a>""")
            .And.Contain($"""<td>fail{'\n'}<a href="captures/{Runs.Failing}.pcapng">capture</a>""")
            .And.NotContain($"""href="captures/{Runs.NotApplicable}""");
    }
}
