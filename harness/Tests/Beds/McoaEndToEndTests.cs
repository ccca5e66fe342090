using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A real mobile node of Mobile IPv6 among its home agent, a correspondent node and a router, all of them real.</summary>
public sealed class McoaEndToEndTests
{
    private static readonly TimeSpan _awhile = TimeSpan.FromSeconds(12);
    private static readonly IPAddress _correspondent = McoaEndToEnd.Domain.Find("CN1")!.Address!;

    private int _pings;

    [Fact]
    public void EveryNode_IsReal_AndTheTesterListensOnEveryLink()
    {
        McoaEndToEnd.Domain.Nodes.Should().OnlyContain(node => node.IsReal);
        McoaEndToEnd
            .Domain.Links.Select(link => link.Port)
            .Should()
            .Equal(Ports.Core, Ports.Access(1), Ports.Access(2), Ports.Access(3), Ports.Home);
        McoaEndToEnd.Domain.Of(NodeRole.Router).Should().ContainSingle().Which.Player.Should().Be(NodePlayer.Bed);
    }

    [Theory]
    [InlineData("link1")]
    [InlineData("link2")]
    [InlineData("link3")]
    [InlineData("home")]
    public void MobileNode_ReachesTheCorrespondent_FromEveryLink(string link)
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open("e2e-mcoa");

        Reaches(bed).Should().BeFalse("no cable is plugged in");
        bed.SetCarrier(new PortId(link), up: true);
        Pass(bed);
        Reaches(bed).Should().BeTrue();
        bed.SetCarrier(new PortId(link), up: false);
        Reaches(bed).Should().BeFalse();
    }

    [Fact]
    public void MobileNode_ThatComesToASecondLink_GoesOnWhenItLosesTheFirst()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open("e2e-mcoa");
        bed.SetCarrier(Ports.Access(1), up: true);
        bed.SetCarrier(Ports.Access(2), up: true);
        Pass(bed);

        bed.SetCarrier(Ports.Access(1), up: false);
        Pass(bed);

        Reaches(bed).Should().BeTrue();
    }

    private bool Reaches(ITestBed bed)
    {
        var ping = bed.UpperTester.Start(new UpperTesterAction.Ping("MN1", _correspondent, ++_pings));
        Pass(bed);
        ping.IsComplete.Should().BeTrue();
        return ping.Result is Outcome.Replies { Count: 1 };
    }

    private static void Pass(ITestBed bed)
    {
        var until = bed.Now + _awhile;
        while (bed.TryReceive(until, out _)) { }
    }
}
