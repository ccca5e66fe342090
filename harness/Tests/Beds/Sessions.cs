using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Sessions and their facts for tests, made in one place.</summary>
internal static class Sessions
{
    public static BedFacts Facts(TimeSpan tolerance = default, params string[] claims) => new("scripted", 1, tolerance, Ixit(), claims);

    public static Ixit Ixit() =>
        new()
        {
            Addresses = new Dictionary<string, string>
            {
                ["LMA1"] = "2001:db8:100::1",
                ["LMA1-home"] = "2001:db8:200::1",
                ["MAG1"] = "2001:db8:100::a1",
                ["MAG2"] = "2001:db8:100::a2",
                ["CN1"] = "2001:db8:200::c1",
            },
            Ports = ["core", "home", "link1", "link2", "link4"],
            IdentifierPattern = "{mac}@{kind}.pmip.example",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = "2001:db8:8000::/48",
            ForeignPrefix = "2001:db8:dead::/64",
            Timers = new Dictionary<string, int>
            {
                ["MinDelayBeforeBCEDelete"] = 10000,
                ["MaxDelayBeforeNewBCEAssign"] = 1500,
                ["TimestampValidityWindow"] = 300,
                ["INITIAL_BINDACK_TIMEOUT"] = 1000,
                ["InitialBindackTimeoutFirstReg"] = 1500,
            },
        };

    public static PurposeStatement Must(string id, params Observation[] observed) => new(new StatementId(id), false, observed);

    public static TestSession On(ITestBed bed, params PurposeStatement[] purpose) =>
        new(new ScenarioFacts("TC-LMA-REG-BV-01", "LMA", "BV", purpose), new TracedBed(bed)) { Phase = Phase.Body };
}
