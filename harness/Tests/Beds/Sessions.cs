using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Sessions and their facts for tests, made in one place.</summary>
internal static class Sessions
{
    public static BedFacts Facts(TimeSpan tolerance = default, params string[] claims) => new("scripted", 1, tolerance, Ixit(), claims);

    public static Ixit Ixit() =>
        new()
        {
            Domain = ReferenceDomains.Lma.WithoutLinkLayerAddresses() with
            {
                Links =
                [
                    .. ReferenceDomains.Lma.Links,
                    new DomainLink(Ports.Access(1), LinkKind.Access),
                    new DomainLink(Ports.Access(2), LinkKind.Access),
                    new DomainLink(Ports.Access(4), LinkKind.Access) { IsForBookends = true },
                ],
            },
            IdentifierPattern = "{mac}@{kind}.pmip.example",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = ReferenceSetup.PrefixPool,
            ForeignPrefix = Ipv6Prefix.Parse("2001:db8:dead::/64"),
            Timers = new Dictionary<string, TimeSpan>
            {
                ["MinDelayBeforeBCEDelete"] = TimeSpan.FromMilliseconds(10000),
                ["MaxDelayBeforeNewBCEAssign"] = TimeSpan.FromMilliseconds(1500),
                ["TimestampValidityWindow"] = TimeSpan.FromMilliseconds(300),
                ["INITIAL_BINDACK_TIMEOUT"] = TimeSpan.FromMilliseconds(1000),
                ["InitialBindackTimeoutFirstReg"] = TimeSpan.FromMilliseconds(1500),
            },
        };

    public static PurposeStatement Must(string id, params Observation[] observed) => new(new StatementId(id), false, observed);

    public static TestSession On(ITestBed bed, params PurposeStatement[] purpose) =>
        new(new ScenarioFacts("TC-LMA-REG-BV-01", "LMA", ScenarioKind.BV, purpose), new TracedBed(bed)) { Phase = Phase.Body };
}
