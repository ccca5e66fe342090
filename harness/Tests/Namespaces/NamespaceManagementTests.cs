using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Node;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Namespaces;

/// <summary>The management of nodes in namespaces. Requires root for namespaces and processes.</summary>
public sealed class NamespaceManagementTests
{
    [Fact]
    public void Node_ThatWasReconfigured_IsNotUsedByTheNextScenario_AndItsRestartIsNoFault()
    {
        Privilege.Require();
        NodeProgram.Prepare();
        using var beds = new NamespaceBeds(seed: 1, parallelism: 1);
        IUpperTester used;
        using (var bed = beds.Open("mag-baseline"))
        {
            used = bed.UpperTester;
            Wait(bed, bed.SetCarrier(Ports.Access(1), up: true)).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.SetHint(Ports.Access(1), 2)).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.Terminate("mn7@dynamic.pmip.example")).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.Reenable("mn7@dynamic.pmip.example")).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.Restart()).Should().Be(Outcome.Ok);
            bed.Health.Should().Be(IutHealth.Running);
            Tell(bed, new DeviceCommand.SetVariable("MinDelayBeforeBCEDelete", "1")).Should().BeOfType<Outcome.Failed>();
            Wait(bed, bed.SetCarrier(Ports.Access(1), up: false)).Should().Be(Outcome.Ok);
        }

        using (var bed = beds.Open("mag-baseline"))
        {
            bed.UpperTester.Should().NotBeSameAs(used, "the node was told to set a variable, whatever came of it");
        }
    }

    private static Outcome Tell(ITestBed bed, DeviceCommand command) =>
        Wait(bed, bed.UpperTester.Start(new UpperTesterAction.Manage("MAG1", command)));

    private static Outcome Wait(ITestBed bed, IPending pending)
    {
        while (!pending.IsComplete)
        {
            bed.TryReceive(bed.Now + TimeSpan.FromMilliseconds(20), out _);
        }
        return pending.Result;
    }
}
