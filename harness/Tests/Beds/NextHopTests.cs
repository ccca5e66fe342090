using System.Diagnostics.CodeAnalysis;
using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

public sealed class NextHopTests
{
    [Fact]
    public void PacketsOfAPortWithANextHop_GoToItsLinkLayerAddress()
    {
        const string Scenario = "TC-LMA-FWD-BV-01";
        var router = ReferenceDomains.Lma.Tested!.On(Ports.Home)!.LinkLayer!.Value.LinkLocalAddress();
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var direct = beds.Open("lma-baseline");
        var ixit = direct.Facts.Ixit with
        {
            Domain = ReferenceDomains.Lma with
            {
                Links = [.. ReferenceDomains.Lma.Links.Select(link => link.Port == Ports.Home ? link with { NextHop = router } : link)],
            },
        };
        var scenario = ReferenceSuite.Suite.Library.Scenarios.Single(scenario => scenario.Id.ToString() == Scenario);

        var run = new ScenarioEngine(ReferenceSuite.Suite.Bindings, ReferenceSuite.Suite.Register).Run(
            scenario,
            new Elsewhere(direct, direct.Facts with { Ixit = ixit })
        );

        run.Result.Verdict.Should().Be(Verdict.Pass, run.Result.Reason);
        run.Trace.Frames.Where(frame => frame.Port == Ports.Home && frame.Direction == Direction.Sent)
            .Select(frame => Packet.Of(frame).Neighbor)
            .Where(message => message?.Type == NeighborDiscoveryLayer.NeighborSolicitation)
            .Select(message => message!.Target)
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(target => target.Equals(router));
    }

    /// <summary>A bed with different facts.</summary>
    private sealed class Elsewhere(ITestBed bed, BedFacts facts) : ITestBed
    {
        public BedFacts Facts => facts;

        public DateTimeOffset Now => bed.Now;

        public IutHealth Health => bed.Health;

        public string? Crash => bed.Crash;

        public IUpperTester UpperTester => bed.UpperTester;

        public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame) => bed.Send(port, frame);

        public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame) => bed.TryReceive(until, out frame);

        public IPending SetCarrier(PortId port, bool up) => bed.SetCarrier(port, up);

        public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => bed.TryTakeIdentity(out identity, out usableFrom);

        public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => bed.ReturnIdentity(identity, usableFrom);

        public void Dispose() { }
    }
}
