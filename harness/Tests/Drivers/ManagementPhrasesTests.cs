using Conformance.TestBeds;
using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>An operator at a simulated device under test. What it does has an effect, which a deviating device does not show.</summary>
public sealed class ManagementPhrasesTests
{
    private const string TwoNodesOfAGateway = """
        Given MN1 is attached at link 1 and registered with LMA1
        And MN2 is attached at link 2 and registered with LMA1

        """;

    private static readonly IReadOnlyList<Deviation> _deviations = TestBeds.Deviations.Deviations.OfManagement;

    [Theory]
    [InlineData(
        "lma-baseline",
        "status",
        "Given the operator authorizes MAG3\nWhen MAG3 registers MN1\nThen the LMA accepts the registration",
        "lma-fixed-authorization"
    )]
    [InlineData(
        "lma-baseline",
        "status",
        "Given the operator no longer authorizes MAG2\nWhen MAG2 registers MN1\n"
            + "Then the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG",
        "lma-fixed-authorization"
    )]
    [InlineData(
        "lma-baseline",
        "status",
        "Given the operator sets TimestampValidityWindow to 5000\nWhen MAG1 registers MN1 with Timestamp = now - 3 s\n"
            + "Then the LMA accepts the registration",
        "lma-fixed-variables"
    )]
    [InlineData(
        "lma-baseline",
        "status",
        "Given the operator sets TimestampValidityWindow to 5000\nAnd the device restarts\n"
            + "When MAG1 registers MN1 with Timestamp = now - 3 s\nThen the LMA accepts the registration",
        "lma-forgets-variables"
    )]
    [InlineData(
        "lma-baseline",
        "forwarding",
        "Given MN2 is registered at MAG1\nAnd MN1 is registered at MAG1\nWhen the operator withdraws the prefix of MN1\n"
            + "Then packets for MN1 go nowhere\nAnd packets for MN2 arrive at MAG1 only",
        "lma-forwards-withdrawn-prefix"
    )]
    [InlineData(
        "lma-variables",
        "status",
        "When MAG1 registers MN1 with Timestamp = now - 3 s\nThen the LMA accepts the registration",
        "lma-window-for-mobile-nodes"
    )]
    [InlineData(
        "lma-defaults",
        "status",
        "When MAG1 registers MN1 with Timestamp = now - 2 s\nThen the LMA rejects it with status 156 TIMESTAMP_MISMATCH",
        "lma-wide-default-window"
    )]
    [InlineData(
        "lma-defaults",
        "session",
        "Given MN1 is registered at MAG1\nAnd MAG1 has de-registered MN1\nWhen 8 s passes\nAnd MN1 hands off to MAG2\n"
            + "Then the LMA accepts the registration\nAnd the session is the earlier one",
        "lma-short-default-delay"
    )]
    [InlineData(
        "mag-baseline",
        "forwarding",
        TwoNodesOfAGateway
            + "When the operator sets EnableMAGLocalRouting to 1\nAnd MN1 sends a packet to MN2\nThen packets for MN2 arrive at MN2",
        "mag-fixed-variables"
    )]
    [InlineData(
        "mag-baseline",
        "options",
        "When MN1 attaches at link 1 with hint 1\nThen the MAG sends a Proxy Binding Update for MN1 with:\n| Handoff Indicator | 1 |",
        "mag-no-new-interface"
    )]
    [InlineData(
        "mag-baseline",
        "options",
        "When MN1 attaches at link 1 with hint 2\nThen the MAG sends a Proxy Binding Update for MN1 with:\n| Handoff Indicator | 2 |",
        "mag-no-handoff-between-interfaces"
    )]
    [InlineData(
        "mag-baseline",
        "options",
        "When MN1 attaches at link 1 with hint 3\nThen the MAG sends a Proxy Binding Update for MN1 with:\n| Handoff Indicator | 3 |",
        "mag-no-handoff-between-gateways"
    )]
    [InlineData(
        "mag-baseline",
        "options,clock",
        "Given the operator sets TimestampBasedApproachInUse to 0\nAnd the device restarts\nWhen MN1 attaches at link 1\n"
            + "Then the MAG sends a Proxy Binding Update for MN1 with:\n| Timestamp | absent |",
        "mag-forgets-domain-variables"
    )]
    [InlineData(
        "mag-baseline",
        "options,clock",
        "Given the operator sets TimestampBasedApproachInUse to 0\nWhen MN1 attaches at link 1\n"
            + "Then the MAG sends a Proxy Binding Update for MN1 with:\n| Timestamp | absent |",
        "mag-fixed-domain-variables"
    )]
    [InlineData(
        "mag-baseline",
        "forwarding",
        TwoNodesOfAGateway
            + "When the operator withdraws the prefix of MN1\nThen packets from MN1 go nowhere\nAnd packets from MN2 reach CN1",
        "mag-forwards-withdrawn-prefix"
    )]
    [InlineData(
        "mag-baseline",
        "timing",
        TwoNodesOfAGateway + "When the operator terminates MN1\nThen the MAG sends a de-registration for MN1",
        "mag-terminates-without-a-word"
    )]
    [InlineData(
        "mag-baseline",
        "forwarding",
        TwoNodesOfAGateway
            + "And packets from MN1 reach CN1\nAnd the operator terminates MN1\nAnd the MAG sends a de-registration for MN1\n"
            + "When MN1 sends a packet to CN1\nThen packets from MN1 go nowhere\nAnd packets from MN2 reach CN1",
        "mag-serves-the-terminated"
    )]
    [InlineData(
        "mag-baseline",
        "timing",
        "Given LMA1 ignores registrations\nAnd MN1 attaches at link 1\nAnd the MAG sends a Proxy Binding Update for MN1\n"
            + "When LMA1 rejects the request with status 152 PROXY_REG_NOT_ENABLED\nAnd 500 ms passes\nAnd the operator reenables MN1\n"
            + "Then the MAG sends a registration for MN1",
        "mag-never-forgives"
    )]
    [InlineData(
        "mag-variables",
        "clock",
        "When MN1 attaches at link 1 with timestamp 5 s ago\nThen the MAG sends a Proxy Binding Update for MN1 with:\n"
            + "| Timestamp | that of the mobile node |",
        "mag-own-timestamps-only"
    )]
    [InlineData(
        "mag-baseline",
        "clock",
        "When MN1 attaches at link 1 with timestamp 5 s ago\nThen the MAG sends a Proxy Binding Update for MN1 with:\n"
            + "| Timestamp | the time of day |",
        "mag-default-of-mobile-node-timestamps"
    )]
    public void Phrase_HasItsEffect_AndADeviatingDeviceDoesNotShowIt(string configuration, string observed, string steps, string deviation)
    {
        var right = Run(Implementation.Reference, configuration, observed, steps);
        right.Verdict.Should().Be(Verdict.Pass, right.Reason);
        right.Incidental.Where(finding => !finding.Ok).Should().BeEmpty();

        Run(_deviations.Single(known => known.Name == deviation).Implementation, configuration, observed, steps)
            .Verdict.Should()
            .Be(Verdict.Fail);
    }

    [Fact]
    public void Variable_ThatCannotBeSet_KeepsTheScenarioFromItsPurpose()
    {
        var result = Run(
            Implementation.Reference,
            "lma-baseline",
            "status",
            "Given the operator sets EnableMAGLocalRouting to 1\nWhen MAG1 registers MN1\nThen the LMA accepts the registration"
        );

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("the operator cannot set EnableMAGLocalRouting to 1 at LMA1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deviation_CanBeBuilt(string name)
    {
        using var beds = new SimulatedBeds(_deviations.Single(known => known.Name == name).Implementation, seed: 1);

        foreach (var configuration in NamedConfiguration.All)
        {
            using var bed = beds.Open(configuration.Name);
            bed.Health.Should().Be(IutHealth.Running);
        }
    }

    [Fact]
    public void SharedImplementation_ThatWasReconfigured_IsReplacedByOneAsItWasSetUp()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1, shared: true);
        var first = beds.Open("lma-baseline");
        var restarted = new UpperTesterAction.Manage("LMA1", new DeviceCommand.Restart());
        first.UpperTester.Start(restarted).Result.Should().Be(Outcome.Ok);
        first.Dispose();
        beds.Open("lma-baseline").Should().BeSameAs(first, "a restart changes nothing for later scenarios");

        first.UpperTester.Start(new UpperTesterAction.Manage("LMA1", new DeviceCommand.SetVariable("TimestampValidityWindow", "7")));
        first.Dispose();

        beds.Open("lma-baseline").Should().NotBeSameAs(first);
    }

    public static TheoryData<string> Names() => [.. _deviations.Select(deviation => deviation.Name)];

    private static ScenarioResult Run(Implementation implementation, string configuration, string observed, string steps)
    {
        using var beds = new SimulatedBeds(implementation, seed: 1);
        using var bed = beds.Open(configuration);
        var id = configuration.StartsWith("lma", StringComparison.Ordinal) ? "TC-LMA-REG-BV-01" : "TC-MAG-REG-BV-01";
        return PhraseRuns.Run(bed, observed, steps, id).Result;
    }
}
