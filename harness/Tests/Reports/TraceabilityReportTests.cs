using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class TraceabilityReportTests
{
    [Fact]
    public void Traceability_OfRun_HasOneRowPerStatement_QuotedWhereNeeded() =>
        TraceabilityReport
            .Create(Runs.Complete(), Runs.Register())
            .Split("\r\n")
            .Should()
            .Equal(
                "statement,level,roles,item,paraphrase,disposal,state,covering,scenarios,verdicts,shown,violated as purpose,"
                    + "violated in passing",
                "rfc5213-5.3.1-k1,MUST,LMA,1,A valid PBU is answered with a PBA.,,pass,,TC-LMA-REG-BV-01,1 pass,1 kept,0,0",
                "rfc5213-5.3.1-k12,SHOULD,LMA MAG,10,\"A PBU says \"\"600 s\"\", or less.\",pending,pending,,,,,0,0",
                "rfc5213-5.3.1-k13,MUST,LMA,11,A PBU without HI is answered with status 161.,,fail,,TC-LMA-REG-BI-07,1 fail,1 violated,1,0",
                "rfc5213-5.3.4-k2,MUST,LMA,11,After a handoff the session keeps its prefixes.,,inconclusive,,TC-LMA-HO-BV-02,"
                    + "1 inconclusive,1 not judged,0,0",
                "rfc5213-5.3.4-k3,MUST,LMA,11,The binding cache entry is updated.,not testable: internal.,not testable,,,,,0,0",
                "rfc5213-5.3.6-k4,MUST,LMA,11,The PBA repeats the MN-Id of the PBU.,pending,fail,,,,,0,1",
                "rfc5844-3.1-k1,MUST,LMA,11,An IPv4 home address is assigned.,,not run,,TC-LMA-V4-BV-01,,1 not run,0,0",
                string.Empty
            );
}
