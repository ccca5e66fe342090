using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Node;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Namespaces;

/// <summary>Mobile nodes of Mobile IPv6 in namespaces. Requires root for namespaces and processes.</summary>
public sealed class NamespaceMobileNodeTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private int _pings;

    /// <summary>The router of a link and the home agent are there all the time; only the mobile node comes and goes.</summary>
    [Fact]
    public void MobileNode_EndToEnd_ReachesItsCorrespondent_OverTheLinksThatItHas()
    {
        Privilege.Require();
        NodeProgram.Prepare();
        using var beds = new NamespaceBeds(seed: 1, parallelism: 1);
        using var bed = beds.Open("e2e-mcoa");

        Plug(bed, Ports.Access(1), up: true);
        Reaches(bed).Should().BeTrue("link 1 has a router");
        Plug(bed, Ports.Access(2), up: true);
        Pass(bed, TimeSpan.FromSeconds(5));
        Plug(bed, Ports.Access(1), up: false);
        Reaches(bed).Should().BeTrue("link 2 is left");
        Plug(bed, Ports.Access(2), up: false);
        Plug(bed, Ports.Home, up: true);
        Reaches(bed).Should().BeTrue("the home agent is the router of the home link");
        bed.Health.Should().Be(IutHealth.Running);
    }

    /// <summary>A restart takes the links of the device down for a moment, which is no fault.</summary>
    [Fact]
    public void MobileNode_UnderTest_IsRestartedByItsManagement()
    {
        Privilege.Require();
        NodeProgram.Prepare();
        using var beds = new NamespaceBeds(seed: 1, parallelism: 1);
        using var bed = beds.Open("mn-mcoa");
        Plug(bed, Ports.Access(1), up: true);

        Wait(bed, bed.UpperTester.Start(new UpperTesterAction.Manage("MN1", new DeviceCommand.Restart()))).Should().Be(Outcome.Ok);

        bed.Health.Should().Be(IutHealth.Running);
        Plug(bed, Ports.Access(1), up: false);
    }

    private static void Plug(ITestBed bed, PortId link, bool up) => Wait(bed, bed.SetCarrier(link, up)).Should().Be(Outcome.Ok);

    private bool Reaches(ITestBed bed)
    {
        var until = bed.Now + _patience;
        while (bed.Now < until)
        {
            var ping = new UpperTesterAction.Ping("MN1", McoaEndToEnd.Domain.Find("CN1")!.Address!, ++_pings);
            if (Wait(bed, bed.UpperTester.Start(ping)) is Outcome.Replies { Count: 1 })
            {
                return true;
            }

            Pass(bed, TimeSpan.FromMilliseconds(200));
        }

        return false;
    }

    private static void Pass(ITestBed bed, TimeSpan time)
    {
        var until = bed.Now + time;
        while (bed.TryReceive(until, out _)) { }
    }

    private static Outcome Wait(ITestBed bed, IPending pending)
    {
        while (!pending.IsComplete)
        {
            bed.TryReceive(bed.Now + TimeSpan.FromMilliseconds(20), out _);
        }
        return pending.Result;
    }
}
